// SPDX-License-Identifier: MPL-2.0
// lastlook policy test: does a policy do what its author says it does, and would its tests notice if it did not?
#pragma once

#include <string>
#include <vector>

#include "cli/check.h"
#include "cli/streams.h"

namespace lastlook {

struct PolicyTestOptions {
  std::vector<std::string> policy_files;  // layers below each of `files`
  bool with_built_in = true;
  OutputFormat format = OutputFormat::kText;
  std::vector<std::string> files;  // each is tested alone
};

// Returns kExitOk when all tests pass and each rule of the files is noticed when it is switched off; else
// kExitFindings, or kExitPolicyRefused.
int RunPolicyTest(const PolicyTestOptions& options, const Streams& streams);

}  // namespace lastlook
