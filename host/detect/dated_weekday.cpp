// SPDX-License-Identifier: MPL-2.0
#include "detect/dated_weekday.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <utility>

#include "detect/word_finder.h"

namespace lastlook::detect {
namespace {

using std::string_view;

struct Named {
  string_view name;
  int number;
};

constexpr std::array<Named, 58> kWeekdays = {{
    {"(日)", 0},     {"(月)", 1},   {"(火)", 2},   {"(水)", 3},    {"(木)", 4},      {"(金)", 5},     {"(土)", 6},
    {"(日・", 0},    {"(月・", 1},  {"(火・", 2},  {"(水・", 3},   {"(木・", 4},     {"(金・", 5},    {"(土・", 6},
    {"日曜", 0},     {"月曜", 1},   {"火曜", 2},   {"水曜", 3},    {"木曜", 4},      {"金曜", 5},     {"土曜", 6},
    {"星期日", 0},   {"星期天", 0}, {"星期一", 1}, {"星期二", 2},  {"星期三", 3},    {"星期四", 4},   {"星期五", 5},
    {"星期六", 6},   {"周日", 0},   {"周一", 1},   {"周二", 2},    {"周三", 3},      {"周四", 4},     {"周五", 5},
    {"周六", 6},     {"sunday", 0}, {"monday", 1}, {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5},
    {"saturday", 6}, {"sun", 0},    {"mon", 1},    {"tue", 2},     {"tues", 2},      {"wed", 3},      {"thu", 4},
    {"thur", 4},     {"thurs", 4},  {"fri", 5},    {"sat", 6},     {"(日祝", 0},     {"(月祝", 1},    {"(火祝", 2},
    {"(金祝", 5},    {"(土祝", 6},
}};

constexpr std::array<Named, 24> kMonths = {{
    {"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
    {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
    {"jan", 1},     {"feb", 2},      {"mar", 3},       {"apr", 4},      {"jun", 6},       {"jul", 7},
    {"aug", 8},     {"sept", 9},     {"sep", 9},       {"oct", 10},     {"nov", 11},      {"dec", 12},
}};

// The year before the first of each era (令和1年 is 2019).
constexpr std::array<Named, 8> kEras = {{{"令和", 2018},
                                         {"平成", 1988},
                                         {"昭和", 1925},
                                         {"大正", 1911},
                                         {"r", 2018},
                                         {"h", 1988},
                                         {"s", 1925},
                                         {"t", 1911}}};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
  return c >= 'a' && c <= 'z';
}

struct Date {
  std::optional<int> year;
  int month = 0;
  int day = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Reads backwards from a place in the text.
class Backward {
 public:
  Backward(string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void Skip(string_view any) {
    while (at_ > 0 && any.find(text_[at_ - 1]) != string_view::npos) {
      --at_;
    }
  }
  bool Take(string_view word) {
    if (!text_.substr(0, at_).ends_with(word)) {
      return false;
    }
    at_ -= word.size();
    return true;
  }
  // Up to `most` digits; none: nothing. More digits before them: nothing.
  std::optional<int> Number(std::size_t most) {
    std::size_t digits = 0;
    while (digits < most && at_ > digits && IsDigit(text_[at_ - 1 - digits])) {
      ++digits;
    }
    if (digits == 0 || (at_ > digits && IsDigit(text_[at_ - 1 - digits]))) {
      return std::nullopt;
    }
    int number = 0;
    for (const char c : text_.substr(at_ - digits, digits)) {
      number = number * 10 + (c - '0');
    }
    at_ -= digits;
    return number;
  }
  // A month's or an era's name, whole.
  std::optional<int> Name(std::span<const Named> names) {
    for (const Named& named : names) {
      if (text_.substr(0, at_).ends_with(named.name)) {
        const std::size_t begin = at_ - named.name.size();
        if (begin == 0 || !IsLetter(named.name.front()) || !IsLetter(text_[begin - 1])) {
          at_ = begin;
          return named.number;
        }
      }
    }
    return std::nullopt;
  }
  char Last() const { return at_ > 0 ? text_[at_ - 1] : '\0'; }

 private:
  string_view text_;
  std::size_t at_;
};

bool IsPossible(const Date& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31;
}

// The year in front of "11月22日" or "11/22"; the reader stays where it is if there is none.
std::optional<int> YearBefore(Backward* reader) {
  Backward trial = *reader;
  trial.Skip(" ");
  const bool is_written = trial.Take("年");
  if (!is_written && !trial.Take("/") && !trial.Take("-") && !trial.Take(".")) {
    return std::nullopt;
  }
  std::optional<int> year = is_written && trial.Take("元") ? std::optional(1) : trial.Number(4);
  if (!year) {
    return std::nullopt;
  }
  if (*year < 100) {
    trial.Skip(" .'");
    const std::optional<int> before_era = trial.Name(kEras);
    if (!before_era) {
      return std::nullopt;
    }
    year = *year + *before_era;
  }
  if (*year < 1900 || *year > 2200) {
    return std::nullopt;
  }
  *reader = trial;
  return year;
}

// "2026年11月22日", "11/22", "R8.11.22", ending at `end`.
std::optional<Date> NumericBefore(string_view text, std::size_t end) {
  Date date;
  date.end = end;
  Backward reader(text, end);
  reader.Skip(" ,");
  const bool is_written = reader.Take("日") || reader.Take("号") || reader.Take("號");
  const std::optional<int> day = reader.Number(2);
  if (!day) {
    return std::nullopt;
  }
  reader.Skip(" ");
  const bool is_month =
      is_written ? reader.Take("月") : reader.Take("/") || reader.Take("-") || reader.Take(".") || reader.Take("月");
  if (!is_month) {
    return std::nullopt;
  }
  reader.Skip(" ");
  const std::optional<int> month = reader.Number(2);
  if (!month) {
    return std::nullopt;
  }
  date.day = *day;
  date.month = *month;
  date.year = YearBefore(&reader);
  date.begin = reader.at();
  // A number goes on: "1.11.22" is no date, "/11/22" may be an address.
  const bool joined =
      !date.year && (string_view("/.-").find(reader.Last()) != string_view::npos && reader.Last() != '\0');
  return IsPossible(date) && !joined ? std::optional(date) : std::nullopt;
}

// "Nov 22", "November 22nd, 2026", "22 Nov 2026", ending at `end`.
std::optional<Date> EnglishBefore(string_view text, std::size_t end) {
  Backward reader(text, end);
  reader.Skip(" ,(");
  Date date;
  date.end = reader.at();
  if (Backward with_year = reader; const std::optional<int> year = with_year.Number(4)) {
    if (*year >= 1900 && *year <= 2200) {
      date.year = year;
      reader = with_year;
      reader.Skip(" ,");
    }
  }
  Backward day_last = reader;
  for (const string_view ordinal : {"st", "nd", "rd", "th"}) {
    if (day_last.Take(ordinal)) {
      break;
    }
  }
  if (const std::optional<int> day = day_last.Number(2)) {  // Nov 22
    day_last.Skip(" .");
    if (const std::optional<int> month = day_last.Name(kMonths)) {
      date.day = *day;
      date.month = *month;
      date.begin = day_last.at();
      return IsPossible(date) ? std::optional(date) : std::nullopt;
    }
  }
  reader.Skip(".");
  if (const std::optional<int> month = reader.Name(kMonths)) {  // 22 Nov
    reader.Skip(" ");
    for (const string_view ordinal : {"st of", "nd of", "rd of", "th of", "st", "nd", "rd", "th"}) {
      if (reader.Take(ordinal)) {
        break;
      }
    }
    if (const std::optional<int> day = reader.Number(2)) {
      date.day = *day;
      date.month = *month;
      date.begin = reader.at();
      return IsPossible(date) ? std::optional(date) : std::nullopt;
    }
  }
  return std::nullopt;
}

// The English date that begins at `begin`: tried at each place where one may end.
std::optional<Date> EnglishAfter(string_view text, std::size_t begin) {
  constexpr std::size_t kLongest = 28;
  const std::size_t first = text.find_first_not_of(" ,.", begin);
  if (first == string_view::npos || first > begin + 3) {
    return std::nullopt;
  }
  std::optional<Date> longest;
  for (std::size_t end = first + 4; end <= text.size() && end <= first + kLongest; ++end) {
    const bool is_border = end == text.size() || (!IsDigit(text[end]) && !IsLetter(text[end]));
    if (!is_border) {
      continue;
    }
    const std::optional<Date> date = EnglishBefore(text, end);
    if (date && date->begin == first && date->end == end) {
      longest = date;
    }
  }
  return longest;
}

std::vector<string_view> Names(std::span<const Named> named) {
  std::vector<string_view> names;
  names.reserve(named.size());
  for (const Named& one : named) {
    names.push_back(one.name);
  }
  return names;
}

}  // namespace

std::optional<std::int64_t> DaysSince1970(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date).time_since_epoch().count();
}

int WeekdayOf(std::int64_t days_since_1970) {
  return static_cast<int>(((days_since_1970 + 4) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
}

std::vector<DatedWeekday> FindDatedWeekdays(string_view folded) {
  static const std::vector<string_view> names = Names(kWeekdays);
  static const WordFinder finder{std::span<const string_view>(names)};
  std::vector<DatedWeekday> found;
  finder.ForEach(folded, [&](std::size_t index, std::size_t at) {
    const string_view name = names[index];
    std::size_t end = at + name.size();
    if (IsLetter(name.front()) && !StandsAlone(folded, at, end)) {
      return;
    }
    const bool is_english = IsLetter(name.front());
    const std::size_t before = at > 0 && folded[at - 1] == '(' ? at - 1 : at;
    std::optional<Date> date = NumericBefore(folded, before);
    if (!date && is_english) {
      date = EnglishBefore(folded, before);
    }
    std::size_t begin = date ? date->begin : at;
    if (!date && is_english) {
      date = EnglishAfter(folded, end);
      end = date ? date->end : end;
    }
    if (!date || (!found.empty() && begin < found.back().end)) {
      return;
    }
    if (name.front() == '(' && name.back() != ')') {  // "(月・祝)"
      const std::size_t bracket = folded.substr(end, 12).find(')');
      end += bracket == string_view::npos ? 0 : bracket + 1;
    } else if (folded.substr(end).starts_with("日")) {
      end += string_view("日").size();
    }
    end +=
        folded.substr(end).starts_with(')') && (before < at || folded.substr(begin, at - begin).ends_with('(')) ? 1 : 0;
    found.push_back({begin, end, date->year, date->month, date->day, kWeekdays[index].number});
  });
  return found;
}

}  // namespace lastlook::detect
