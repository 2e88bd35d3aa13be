// SPDX-License-Identifier: MPL-2.0
// What an accepted policy says that its author will hardly have meant.
#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/timestamp.h"
#include "policy/policy.h"

namespace lastlook {

struct LintFinding {
  std::string_view code;  // "never-matches": stays the same from version to version, for scripts
  bool warning = true;    // else a note, which may well be meant
  Error error;            // place, message and remedy
};

// Ordered by kind, then as the policy is. The built-in policy's own rules are passed over.
std::vector<LintFinding> LintFindings(const Policy& policy, const Timestamp& now);

}  // namespace lastlook
