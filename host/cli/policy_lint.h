// SPDX-License-Identifier: MPL-2.0
// lastlook policy lint: is this policy accepted, and does it say what its author meant?
#pragma once

#include <string>
#include <vector>

#include "base/timestamp.h"
#include "cli/streams.h"
#include "policy/policy.h"

namespace lastlook {

struct PolicyLintOptions {
  std::vector<std::string> files;  // layered in this order; none: the files of the machine's policy directory
  bool with_built_in = true;
};

// Returns kExitOk, kExitFindings or kExitPolicyRefused.
int RunPolicyLint(const PolicyLintOptions& options, const Streams& streams);

// What an accepted policy says that its author will hardly have meant: place, message and remedy each.
std::vector<Error> LintFindings(const Policy& policy, const Timestamp& now);

}  // namespace lastlook
