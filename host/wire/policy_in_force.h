// SPDX-License-Identifier: MPL-2.0
// The policy by which this machine decides now: the built-in one and what the administrator put above it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/prepared_policy.h"
#include "policy/policy_files.h"

namespace lastlook {

enum class PolicyState {
  kOk,
  kLastGood,  // a newer policy was refused; the former one stays in force
  kFallback,  // refused, and there is no former one: built-in, and every outside mail is confirmed
};

std::string_view PolicyStateName(PolicyState state);  // "last_good"

struct PolicyView {
  std::shared_ptr<const PreparedPolicy> prepared;
  PolicyState state = PolicyState::kOk;
  std::vector<Error> problems;  // why it was refused
};

// Not safe to share between threads.
class PolicyInForce {
 public:
  // Opens nothing yet.
  PolicyInForce(std::string directory, FileTrust trust) : directory_(std::move(directory)), trust_(trust) {}

  // Looks at the directory (names, times, sizes, owners) and reads it again when something changed. Errors:
  // kInternalError, when not even the built-in policy can be used.
  Result<PolicyView> Now();

 private:
  Result<PolicyView> Read();

  std::string directory_;
  FileTrust trust_;
  std::optional<std::string> fingerprint_;  // of the directory when `view_` was made; absent: never
  PolicyView view_;
  std::shared_ptr<const PreparedPolicy> last_good_;  // holds a machine layer; null: there is none
};

}  // namespace lastlook
