// SPDX-License-Identifier: MPL-2.0
// lastlook policy lint: is this policy accepted, and does it say what its author meant?
#pragma once

#include <string>
#include <vector>

#include "cli/check.h"
#include "cli/policy_input.h"
#include "cli/streams.h"

namespace lastlook {

struct PolicyLintOptions {
  std::vector<std::string> files;  // layered in this order; none: the machine's policy
  bool with_built_in = true;
  UserLayerOption user = {.left_out = true};  // looked at where it is named
  OutputFormat format = OutputFormat::kText;
};

// Returns kExitOk for nothing but notes, kExitFindings for a warning, or kExitPolicyRefused.
int RunPolicyLint(const PolicyLintOptions& options, const Streams& streams);

}  // namespace lastlook
