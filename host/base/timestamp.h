// SPDX-License-Identifier: MPL-2.0
// Moments in time as they are written: RFC 3339.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lastlook {

struct Timestamp {
  std::int64_t unix_seconds = 0;
  int offset_minutes = 0;  // east of UTC, as written

  // Minutes since midnight and day of the week (0 = Sunday) on the clock of whoever wrote it.
  int LocalMinuteOfDay() const;
  int LocalWeekday() const;
};

// "2026-11-20T09:00:00+09:00" (RFC 3339 section 5.6), or a date alone, which is its first moment in UTC.
// The error's code is kParseError.
Result<Timestamp> ParseTimestamp(std::string_view text);

// In UTC, with "Z".
std::string FormatTimestamp(std::int64_t unix_seconds);

// The machine's clock; the only place that reads it. Everything else is given the time.
Timestamp SystemNow();

}  // namespace lastlook
