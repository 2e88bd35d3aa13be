// SPDX-License-Identifier: MPL-2.0
// A moment on two clocks: the one on the wall, which people and servers may set, and one that only runs.
#pragma once

#include <cstdint>
#include <string>

namespace lastlook {

struct Moment {
  std::int64_t unix_ms = 0;  // UTC
  std::string boot;          // this run of the machine; "" where that cannot be told
  std::int64_t boot_ms = 0;  // since the machine was started, also while it sleeps

  friend bool operator==(const Moment&, const Moment&) = default;
};

// The machine's clocks.
Moment MomentNow();

// How much of `length_ms`, begun at `start`, is left at `now`; 0 or less when it is over. Within one run of the machine
// the clock on the wall has no say. After a restart it has, and it may have been set back: never more than
// `length_ms`.
std::int64_t RemainingMs(const Moment& start, std::int64_t length_ms, const Moment& now);

}  // namespace lastlook
