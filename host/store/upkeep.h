// SPDX-License-Identifier: MPL-2.0
// Keeps the store within the time and the size that the policy gives it.
#pragma once

#include <cstdint>

#include "policy/policy.h"
#include "store/store.h"

namespace lastlook {

struct StoreLimits {
  std::int64_t retention_days = 365;  // of decisions; 0: for ever
  std::int64_t megabytes = 256;       // of the whole database
};

StoreLimits LimitsOf(const Settings& settings);

struct UpkeepReport {
  bool due = false;  // false: it was done today already
  std::int64_t decisions_erased = 0;
  std::int64_t people_forgotten = 0;
};

// Once a day: erases decisions over their time; where the database is over its size still, forgets the people who were
// not written to for longest, and only then the oldest decisions. A record in the chain says what was erased.
Result<UpkeepReport> KeepUp(Store& store, const StoreLimits& limits, std::int64_t now);

}  // namespace lastlook
