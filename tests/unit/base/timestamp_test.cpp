// SPDX-License-Identifier: MPL-2.0
#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(ParseTimestamp, ReadsRfc3339) {
  EXPECT_EQ(ParseTimestamp("1970-01-01T00:00:00Z")->unix_seconds, 0);
  EXPECT_EQ(ParseTimestamp("2026-11-20T09:00:00+09:00")->unix_seconds,
            ParseTimestamp("2026-11-20T00:00:00Z")->unix_seconds);
  EXPECT_EQ(ParseTimestamp("2026-11-20t09:00:00.123+09:00")->offset_minutes, 540);
  EXPECT_EQ(ParseTimestamp("2027-03-31")->unix_seconds, ParseTimestamp("2027-03-31T00:00:00Z")->unix_seconds);
}

TEST(ParseTimestamp, RefusesTheRest) {
  for (const char* text :
       {"", "2026", "2026-02-30", "2026-13-01", "2026-11-20T24:00:00Z", "2026-11-20T09:00:00",
        "2026-11-20T09:00:00+9:00", "2026-11-20T09:00Z", "2026-11-20T09:00:00Zx", "20261120", "2026-1-1"}) {
    EXPECT_FALSE(ParseTimestamp(text).ok()) << text;
  }
}

TEST(FormatTimestamp, IsReadBack) {
  const std::string text = FormatTimestamp(1763600000);
  EXPECT_EQ(ParseTimestamp(text)->unix_seconds, 1763600000);
}

TEST(Timestamp, KnowsTheLocalClock) {
  const auto late = ParseTimestamp("2026-11-22T23:30:00+09:00");
  EXPECT_EQ(late->LocalMinuteOfDay(), 23 * 60 + 30);
  EXPECT_EQ(late->LocalWeekday(), 0);  // a Sunday
  EXPECT_EQ(ParseTimestamp("1969-12-31T23:59:00Z")->LocalMinuteOfDay(), 23 * 60 + 59);
  EXPECT_EQ(ParseTimestamp("1969-12-31T23:59:00Z")->LocalWeekday(), 3);
}

}  // namespace
}  // namespace lastlook
