// SPDX-License-Identifier: MPL-2.0
#include "detect/dated_weekday.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/text_fold.h"

namespace lastlook::detect {
namespace {

// "2026-11-22 0", "?-11-22 1"; several with ", " between.
std::string Dates(const std::string& text) {
  std::string said;
  const std::string folded = Fold(text);
  for (const DatedWeekday& date : FindDatedWeekdays(folded)) {
    EXPECT_LT(date.begin, date.end);
    EXPECT_LE(date.end, folded.size());
    said += (said.empty() ? "" : ", ") + (date.year ? std::to_string(*date.year) : "?") + "-" +
            std::to_string(date.month) + "-" + std::to_string(date.day) + " " + std::to_string(date.weekday);
  }
  return said;
}

TEST(DatedWeekday, AsPeopleWriteThem) {
  EXPECT_EQ(Dates("11月22日(日)に伺います"), "?-11-22 0");
  EXPECT_EQ(Dates("２０２６年１１月２２日（日）"), "2026-11-22 0");
  EXPECT_EQ(Dates("令和8年11月22日（日曜日）"), "2026-11-22 0");
  EXPECT_EQ(Dates("11/24(火) 10:00"), "?-11-24 2");
  EXPECT_EQ(Dates("Monday, Nov 23"), "?-11-23 1");
  EXPECT_EQ(Dates("Tuesday, November 24, 2026"), "2026-11-24 2");
  EXPECT_EQ(Dates("11月22日 星期日"), "?-11-22 0");
  EXPECT_EQ(Dates("12月1日(火)か12月2日(水)"), "?-12-1 2, ?-12-2 3");
}

TEST(DatedWeekday, NothingWithoutADayOfTheWeek) {
  EXPECT_EQ(Dates(""), "");
  EXPECT_EQ(Dates("11月22日に伺います"), "");
  EXPECT_EQ(Dates("毎週月曜日と木曜日"), "");
  EXPECT_EQ(Dates("11月22日(祝)"), "");
  EXPECT_EQ(Dates("Monday morning, then a sunny week"), "");
}

TEST(DatedWeekday, TheCalendar) {
  EXPECT_EQ(DaysSince1970(1970, 1, 1), 0);
  EXPECT_EQ(WeekdayOf(0), 4);  // a Thursday
  EXPECT_EQ(WeekdayOf(*DaysSince1970(2026, 11, 22)), 0);
  EXPECT_EQ(WeekdayOf(*DaysSince1970(1969, 12, 31)), 3);
  EXPECT_TRUE(DaysSince1970(2024, 2, 29));
  EXPECT_TRUE(DaysSince1970(2000, 2, 29));
  EXPECT_EQ(DaysSince1970(2023, 2, 29), std::nullopt);
  EXPECT_EQ(DaysSince1970(1900, 2, 29), std::nullopt);
  EXPECT_EQ(DaysSince1970(2026, 4, 31), std::nullopt);
  EXPECT_EQ(DaysSince1970(2026, 13, 1), std::nullopt);
  EXPECT_EQ(DaysSince1970(2026, 0, 1), std::nullopt);
  EXPECT_EQ(DaysSince1970(2026, 1, 0), std::nullopt);
}

TEST(DatedWeekday, HostileText) {
  EXPECT_EQ(Dates(std::string(1'000'000, '1')), "");
  EXPECT_EQ(Dates(std::string("11月22日(\0日)", 15)), "");
  std::string many;
  for (int i = 0; i < 20'000; ++i) {
    many += "11月22日(";
  }
  EXPECT_EQ(Dates(many), "");
}

}  // namespace
}  // namespace lastlook::detect
