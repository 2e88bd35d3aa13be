// SPDX-License-Identifier: MPL-2.0
// Dates that name their day of the week: "11月22日(月)", "Monday, Nov 22", "令和8年11月22日(日)", "11月22日 星期一".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct DatedWeekday {
  std::size_t begin = 0;  // date and weekday, in bytes of the text
  std::size_t end = 0;
  std::optional<int> year;  // written; eras counted (令和8年 is 2026)
  int month = 0;            // 1 to 12
  int day = 0;              // 1 to 31; it need not exist in that month
  int weekday = 0;          // as written; 0 = Sunday
};

// `folded` is a folded text. In order. Linear time.
std::vector<DatedWeekday> FindDatedWeekdays(std::string_view folded);

// Days since 1970-01-01 in the Gregorian calendar; nothing for a day that is not.
std::optional<std::int64_t> DaysSince1970(int year, int month, int day);

// 0 = Sunday.
int WeekdayOf(std::int64_t days_since_1970);

}  // namespace lastlook::detect
