// SPDX-License-Identifier: MPL-2.0
// How much a mail counts by its age: half as much as one that was sent half a year later.
#pragma once

#include <cstdint>

namespace lastlook {

// What one mail of that time (Unix seconds) counts. Only the ratio of two weights means something: that of a mail to
// that of the moment at which it is asked. Sums of them may be kept and added to in any order, and need no time beside
// them. Times that no mail has, before 1970 and after 2200, count as those.
double RecencyWeight(std::int64_t unix_seconds);

}  // namespace lastlook
