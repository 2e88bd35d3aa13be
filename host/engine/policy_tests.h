// SPDX-License-Identifier: MPL-2.0
// Runs a policy's own tests: the host refuses a policy whose tests fail, `lastlook policy test` says which.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "conditions/context.h"
#include "engine/prepared_policy.h"
#include "mail/draft.h"
#include "policy/policy.h"

namespace lastlook {

// One expectation that was not met.
struct TestDifference {
  std::string key;  // of "expect"
  OrderedJson expected;
  OrderedJson seen;
};

struct PolicyTestOutcome {
  std::string name;
  Origin origin;
  std::vector<TestDifference> differences;

  bool ok() const { return differences.empty(); }
};

// Runs all tests of `policy`, or those that were written in the layer `only`. A test sees no clock and no history
// beyond its own context, so it says the same next year. Errors: kPolicyRefused with the place of a mail or context
// that cannot be read, or of an expected rule that does not exist.
Result<std::vector<PolicyTestOutcome>> RunPolicyTests(const PreparedPolicy& policy, const PolicySource* only = nullptr);

// The two halves of it, for running the same tests on many variants of a policy.
struct PreparedTest {
  std::string name;
  Origin origin;
  Draft draft;
  Context context;
  PolicyExpectation expect;
};
Result<std::vector<PreparedTest>> PrepareTests(const Policy& policy, const PolicySource* only);
PolicyTestOutcome RunTest(const PreparedPolicy& policy, const PreparedTest& test);

}  // namespace lastlook
