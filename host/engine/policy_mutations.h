// SPDX-License-Identifier: MPL-2.0
// Are a policy's tests any good? Each rule is changed in small ways, and a change that no test notices is named.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/policy_tests.h"
#include "engine/prepared_policy.h"
#include "policy/policy.h"

namespace lastlook {

enum class MutationKind {
  kSwitchedOff,
  kSwitchedOn,
  kOtherMode,
  kNoCondition,
  kConditionRemoved,
  kConditionNegated,
  kThreshold,
  kNoUnless,
  kNoScope,
  kEffectRemoved,
  kExemptionRemoved,
};

// A change that all tests let pass.
struct UnnoticedMutation {
  std::string rule;  // or the exemption's id
  MutationKind kind = MutationKind::kSwitchedOff;
  std::string change;  // in words, English: "\"recipients\": \"min\" 10 → 11"
  Origin origin;       // of what was changed
};

struct MutationReport {
  std::size_t tried = 0;
  std::vector<UnnoticedMutation> unnoticed;  // in the policy's order
};

// Changes what stands in the layer `written_in`, one thing at a time, and runs the tests of that layer.
// REQUIRES: RunPolicyTests(policy, written_in) found no difference. Errors: as RunPolicyTests.
Result<MutationReport> TryMutations(const PreparedPolicy& policy, const PolicySource& written_in);

}  // namespace lastlook
