// SPDX-License-Identifier: MPL-2.0
#include "policy/list_date.h"

#include <array>
#include <string>

#include "base/text_fold.h"

namespace lastlook {
namespace {

constexpr std::int64_t kSecondsOfADay = 24 * 60 * 60;

// The date as "2027-03-31"; "" for what is no date alone.
std::string PlainDate(std::string_view text) {
  std::string folded = Fold(text);  // full-width digits are digits
  for (const std::string_view sign : {"年", "月", "/", "."}) {
    for (std::size_t at = folded.find(sign); at != std::string::npos; at = folded.find(sign, at)) {
      folded.replace(at, sign.size(), "-");
    }
  }
  if (folded.ends_with("日")) {
    folded.resize(folded.size() - std::string_view("日").size());
  }
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  for (const char c : folded) {
    if (c == '-' && part < 2) {
      ++part;
    } else if (c >= '0' && c <= '9') {
      parts.at(part) += c;
    } else {
      return {};
    }
  }
  if (parts[0].size() != 4 || parts[1].empty() || parts[1].size() > 2 || parts[2].empty() || parts[2].size() > 2) {
    return {};
  }
  for (std::size_t i = 1; i < 3; ++i) {
    parts.at(i).insert(0, 2 - parts.at(i).size(), '0');
  }
  return parts[0] + "-" + parts[1] + "-" + parts[2];
}

}  // namespace

std::optional<Timestamp> ParseListEnd(std::string_view text) {
  const std::string_view trimmed = TrimSpace(text);
  const std::string date = PlainDate(trimmed);
  Result<Timestamp> moment = ParseTimestamp(date.empty() ? trimmed : date);
  if (!moment) {
    return std::nullopt;
  }
  if (!date.empty()) {
    moment->unix_seconds += kSecondsOfADay;
  }
  return *moment;
}

}  // namespace lastlook
