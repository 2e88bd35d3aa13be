// SPDX-License-Identifier: MPL-2.0
// A policy's own tests: mails, and what its author expects to happen to them. engine/policy_tests.h runs them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"

namespace lastlook {

// Reads "tests": [ { "name", "mail", "context", "expect" } ]. `origin` is where `json` stands; errors point inside it.
// The mail and the context are read when the test runs: what conditions know of a context is not known here.
Result<std::vector<PolicyTest>> ReadPolicyTests(const Json& json, const Origin& origin);

}  // namespace lastlook
