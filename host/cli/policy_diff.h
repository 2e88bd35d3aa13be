// SPDX-License-Identifier: MPL-2.0
// lastlook policy diff: what does the new policy mean that the old one did not?
#pragma once

#include <string>
#include <vector>

#include "cli/check.h"
#include "cli/streams.h"

namespace lastlook {

struct PolicyDiffOptions {
  std::vector<std::string> policy_files;  // layers below both
  bool with_built_in = true;
  OutputFormat format = OutputFormat::kText;
  std::string before;
  std::string after;
};

// As diff(1): returns kExitOk for no difference, kExitFindings for some; or kExitPolicyRefused.
int RunPolicyDiff(const PolicyDiffOptions& options, const Streams& streams);

}  // namespace lastlook
