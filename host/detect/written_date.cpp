// SPDX-License-Identifier: MPL-2.0
// Dates as people write them: western, Japanese eras, kanji numerals, English months.
#include <algorithm>
#include <array>
#include <cstdio>

#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"
#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

struct Era {
  std::string_view name;
  int before;  // the year before its first
  int years;   // how many it had, generously for the present one
};
constexpr Era kEras[] = {{"明治", 1867, 45}, {"大正", 1911, 15}, {"昭和", 1925, 64}, {"平成", 1988, 31},
                         {"令和", 2018, 60}, {"㍾", 1867, 45},   {"㍽", 1911, 15},   {"㍼", 1925, 64},
                         {"㍻", 1988, 31},   {"㋿", 2018, 60},  {"M", 1867, 45},    {"T", 1911, 15},
                         {"S", 1925, 64},    {"H", 1988, 31},    {"R", 2018, 60}};

class DateReader {
 public:
  DateReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }

  void SkipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') {
      ++at_;
    }
  }
  bool Take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) {
      return false;
    }
    at_ += word.size();
    return true;
  }
  // Up to `most` digits, ASCII or kanji ("六十", "一九八五", "元"); -1 if there are none.
  int Number(std::size_t most) {
    SkipBlanks();
    if (Take("元")) {
      return 1;
    }
    const std::size_t begin = at_;
    int number = 0;
    while (at_ < text_.size() && IsDigit(text_[at_]) && at_ - begin < most) {
      number = number * 10 + (text_[at_++] - '0');
    }
    if (at_ > begin) {
      return at_ < text_.size() && IsDigit(text_[at_]) ? -1 : number;
    }
    return KanjiNumber();
  }
  // 年 and the like, or one of the marks that stand between the parts of a date.
  bool Between(std::initializer_list<std::string_view> units, char* mark) {
    SkipBlanks();
    for (const std::string_view unit : units) {
      if (Take(unit)) {
        *mark = 0;
        return true;
      }
    }
    if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == '/' || text_[at_] == '-')) {
      *mark = text_[at_++];
      return true;
    }
    return false;
  }
  // An English month, whole or its first three letters; 0 if none.
  int Month() {
    constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};
    std::string word;
    std::size_t end = at_;
    while (end < text_.size() && IsAsciiLetter(text_[end]) && word.size() < 10) {
      word += LowerAscii(text_[end++]);
    }
    for (std::size_t month = 0; month < kMonths.size(); ++month) {
      const bool whole = word == kMonths[month];
      const bool cut = word == kMonths[month].substr(0, 3) || (month == 8 && word == "sept");
      if (whole || cut) {
        at_ = end;
        if (!whole) {
          Take(".");
        }
        return static_cast<int>(month) + 1;
      }
    }
    return 0;
  }

 private:
  int KanjiNumber() {
    constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
    int whole = 0;
    int digit = -1;
    bool any = false;
    while (at_ < text_.size()) {
      const CodePoint c = DecodeAt(text_, at_);
      const std::size_t value = kDigits.find(c.value);
      if (value != std::u32string_view::npos) {
        digit = (digit < 0 ? 0 : digit * 10) + static_cast<int>(value);
        if (digit > 9999) {
          return -1;
        }
      } else if (c.value == U'十') {
        whole += (digit < 0 ? 1 : digit) * 10;
        digit = -1;
      } else {
        break;
      }
      any = true;
      at_ += c.bytes;
    }
    return any ? whole + std::max(digit, 0) : -1;
  }

  std::string_view text_;
  std::size_t at_;
};

std::optional<WrittenDate> Checked(int year, int month, int day, std::size_t end) {
  // Nobody alive was born before 1905, nor will be long after this was written.
  if (year < 1900 || year > 2039 || !IsDate(year, month, day)) {
    return std::nullopt;
  }
  return WrittenDate{year, month, day, end};
}

// Month and day behind a year, up to the end of the date.
std::optional<WrittenDate> MonthAndDay(DateReader reader, int year, char first_mark) {
  const int month = reader.Number(2);
  char mark = 0;
  if (month < 0 || !reader.Between({"月", "월"}, &mark) || (first_mark != 0) != (mark != 0)) {
    return std::nullopt;
  }
  const int day = reader.Number(2);
  if (day < 0) {
    return std::nullopt;
  }
  DateReader behind = reader;
  behind.SkipBlanks();
  if (mark == 0 && (behind.Take("日") || behind.Take("號") || behind.Take("号") || behind.Take("일"))) {
    reader = behind;
  } else if (mark != 0) {
    reader.Take("日");
  }
  return Checked(year, month, day, reader.at());
}

std::optional<WrittenDate> EraDate(std::string_view text, std::size_t at) {
  for (const Era& era : kEras) {
    DateReader reader(text, at);
    if (!reader.Take(era.name)) {
      continue;
    }
    const bool letter = era.name.size() == 1;
    if (letter && ((at > 0 && IsWordByte(text[at - 1])) || reader.at() >= text.size())) {
      continue;
    }
    if (letter) {
      reader.Take(".");
    }
    const int year = reader.Number(2);
    char mark = 0;
    if (year < 1 || year > era.years || !reader.Between({"年"}, &mark)) {
      continue;
    }
    return MonthAndDay(reader, era.before + year, mark);
  }
  return std::nullopt;
}

std::optional<WrittenDate> WesternDate(std::string_view text, std::size_t at) {
  DateReader reader(text, at);
  reader.Take("西暦");
  reader.Take("公历");
  const std::size_t begin = reader.at();
  const int first = reader.Number(8);
  const std::size_t digits = reader.at() - begin;
  if (first < 0) {
    return std::nullopt;
  }
  if (digits == 8 && IsDigit(text[begin])) {
    return Checked(first / 10000, first / 100 % 100, first % 100, reader.at());
  }
  char mark = 0;
  if (first >= 1900 && first <= 2099) {
    if (reader.Between({"年", "년"}, &mark)) {
      return MonthAndDay(reader, first, mark);
    }
    return std::nullopt;
  }
  if (first < 1 || first > 31 || digits > 2) {
    return std::nullopt;
  }
  // "12 April 1985", "12-Apr-1985", "12th of April, 1985"
  DateReader day_first = reader;
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (day_first.Take(ending)) {
      break;
    }
  }
  day_first.SkipBlanks();
  day_first.Take("of ");
  day_first.Take("-");
  day_first.SkipBlanks();
  if (const int month = day_first.Month()) {
    day_first.Take(",");
    day_first.Take("-");
    day_first.SkipBlanks();
    return Checked(day_first.Number(4), month, first, day_first.at());
  }
  // "04/12/1985": month first as in America, unless that cannot be.
  if (!reader.Between({}, &mark)) {
    return std::nullopt;
  }
  const int second = reader.Number(2);
  char second_mark = 0;
  if (second < 1 || !reader.Between({}, &second_mark) || mark != second_mark) {
    return std::nullopt;
  }
  const int year = reader.Number(4);
  const bool month_first = first <= 12 && mark != '.';
  const auto date = Checked(year, month_first ? first : second, month_first ? second : first, reader.at());
  return date ? date : Checked(year, second, first, reader.at());
}

std::optional<WrittenDate> EnglishDate(std::string_view text, std::size_t at) {
  DateReader reader(text, at);
  const int month = reader.Month();
  if (month == 0) {
    return std::nullopt;
  }
  const int day = reader.Number(2);
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (reader.Take(ending)) {
      break;
    }
  }
  reader.Take(",");
  reader.SkipBlanks();
  const int year = reader.Number(4);
  return Checked(year, month, day, reader.at());
}

}  // namespace

std::string WrittenDate::Iso() const {
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", year, month, day);
  return out.data();
}

std::optional<WrittenDate> ReadDate(std::string_view text, std::size_t at) {
  if (at >= text.size()) {
    return std::nullopt;
  }
  // A bound for rows of kanji numerals and digits: no date is longer.
  const std::string_view piece = text.substr(0, std::min(text.size(), at + 96));
  for (const auto& read : {EraDate, WesternDate, EnglishDate}) {
    if (auto date = read(piece, at)) {
      return date;
    }
  }
  return std::nullopt;
}

}  // namespace lastlook::detect
