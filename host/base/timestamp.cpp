// SPDX-License-Identifier: MPL-2.0
#include "base/timestamp.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace lastlook {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

Error NotATimestamp() {
  return Error{ErrorCode::kParseError, "this is not a date and time",
               "write it like 2026-11-20T09:00:00+09:00 (RFC 3339)", ""};
}

// Reads exactly `digits` digits at *at and moves on; −1 if they are not there.
int Digits(std::string_view text, std::size_t* at, int digits) {
  int value = 0;
  for (int i = 0; i < digits; ++i, ++*at) {
    if (*at >= text.size() || text[*at] < '0' || text[*at] > '9') {
      return -1;
    }
    value = value * 10 + (text[*at] - '0');
  }
  return value;
}

bool Take(std::string_view text, std::size_t* at, char c) {
  if (*at < text.size() && (text[*at] == c || text[*at] == c + 32)) {
    ++*at;
    return true;
  }
  return false;
}

std::int64_t FloorDivide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

int Timestamp::LocalMinuteOfDay() const {
  const std::int64_t local = unix_seconds + offset_minutes * 60LL;
  return static_cast<int>((local - FloorDivide(local, kSecondsPerDay) * kSecondsPerDay) / 60);
}

int Timestamp::LocalWeekday() const {
  const std::int64_t day = FloorDivide(unix_seconds + offset_minutes * 60LL, kSecondsPerDay);
  return static_cast<int>(((day % 7) + 7 + 4) % 7);  // 1970-01-01 was a Thursday
}

Result<Timestamp> ParseTimestamp(std::string_view text) {
  std::size_t at = 0;
  const int year = Digits(text, &at, 4);
  const bool dash1 = Take(text, &at, '-');
  const int month = Digits(text, &at, 2);
  const bool dash2 = Take(text, &at, '-');
  const int day = Digits(text, &at, 2);
  using std::chrono::year_month_day;
  if (year < 0 || month < 0 || day < 0 || !dash1 || !dash2) {
    return NotATimestamp();
  }
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    return NotATimestamp();
  }
  Timestamp out;
  out.unix_seconds = std::chrono::sys_days{date}.time_since_epoch().count() * kSecondsPerDay;
  if (at == text.size()) {
    return out;
  }
  const bool t = Take(text, &at, 'T') || Take(text, &at, ' ');
  const int hour = Digits(text, &at, 2);
  const bool colon1 = Take(text, &at, ':');
  const int minute = Digits(text, &at, 2);
  const bool colon2 = Take(text, &at, ':');
  const int second = Digits(text, &at, 2);
  if (!t || !colon1 || !colon2 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return NotATimestamp();
  }
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      ++at;
    }
  }
  if (!Take(text, &at, 'Z')) {
    if (at >= text.size() || (text[at] != '+' && text[at] != '-')) {
      return NotATimestamp();
    }
    const int sign = text[at++] == '-' ? -1 : 1;
    const int offset_hour = Digits(text, &at, 2);
    const bool colon3 = Take(text, &at, ':');
    const int offset_minute = Digits(text, &at, 2);
    if (!colon3 || offset_hour < 0 || offset_hour > 23 || offset_minute < 0 || offset_minute > 59) {
      return NotATimestamp();
    }
    out.offset_minutes = sign * (offset_hour * 60 + offset_minute);
  }
  if (at != text.size()) {
    return NotATimestamp();
  }
  out.unix_seconds += hour * 3600LL + minute * 60LL + second - out.offset_minutes * 60LL;
  return out;
}

std::string FormatTimestamp(std::int64_t unix_seconds) {
  const auto seconds = static_cast<std::time_t>(unix_seconds);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 32> buffer{};
  std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return buffer.data();
}

Timestamp SystemNow() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return Timestamp{static_cast<std::int64_t>(now), static_cast<int>(local.tm_gmtoff / 60)};
}

}  // namespace lastlook
