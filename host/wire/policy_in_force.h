// SPDX-License-Identifier: MPL-2.0
// The policy by which this machine decides now: the built-in one and what the administrator put above it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "engine/prepared_policy.h"
#include "policy/organisation_layers.h"
#include "policy/own_domains.h"

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
  // Why it was refused; with kOk, what was left out: a user's own file that is not allowed, an override that has ended.
  std::vector<Error> problems;
  std::optional<Timestamp> since;        // from when on there are these problems
  bool managed = true;                   // an organisation says what is in force, or tried to
  std::vector<std::string> own_domains;  // what the person calls theirs, where it is not managed
};

// Not safe to share between threads.
class PolicyInForce {
 public:
  using Clock = std::function<Timestamp()>;

  // Opens nothing yet.
  PolicyInForce(LayerPlaces places, Clock clock) : places_(std::move(places)), clock_(std::move(clock)) {}
  // The machine's directory alone.
  PolicyInForce(std::string directory, FileTrust trust)
      : PolicyInForce(LayerPlaces{std::move(directory), "", "", "", trust}, &SystemNow) {}

  // Where a person's own domains are kept; "" without a home.
  std::string OwnDomainsPlace() const { return OwnDomainsFile(places_.user_file); }

  // Looks at the places (names, times, sizes, owners; list files stand beside the policies) and reads them again when
  // something changed, or when an override ends. Errors: kInternalError, when not even the built-in policy can be used.
  Result<PolicyView> Now();

 private:
  Result<PolicyView> Read(const Timestamp& now);
  Result<PolicyView> ReadLayers(const Timestamp& now);

  LayerPlaces places_;
  Clock clock_;
  std::optional<std::string> fingerprint_;   // of the places when `view_` was made; absent: never
  std::optional<Timestamp> override_until_;  // of the override in force
  PolicyView view_;
  std::shared_ptr<const PreparedPolicy> last_good_;  // holds a layer of the organisation; null: there is none
};

}  // namespace lastlook
