// SPDX-License-Identifier: MPL-2.0
// A date and its day of the week do not go together. Without a year the nearest one to now is meant; without a clock
// only dates with a year are looked at.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/text_places.h"
#include "detect/dated_weekday.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::weekday_mismatch {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// Texts of the schema: what the day really is.
constexpr std::array<std::string_view, 7> kIs = {"is_sunday",   "is_monday", "is_tuesday", "is_wednesday",
                                                 "is_thursday", "is_friday", "is_saturday"};

// Today on the sender's clock.
std::optional<std::int64_t> Today(const MailView& mail) {
  const std::optional<Timestamp>& now = mail.context().now;
  if (!now) {
    return std::nullopt;
  }
  const std::int64_t local = now->unix_seconds + std::int64_t{now->offset_minutes} * 60;
  return local >= 0 ? local / kSecondsPerDay : (local - kSecondsPerDay + 1) / kSecondsPerDay;
}

// Of the years around today the one in which the day is nearest; nothing if it is in none of them.
std::optional<std::int64_t> NearestDay(std::int64_t today, int month, int day) {
  const auto about = static_cast<int>(1970 + today / 365.2425);
  std::optional<std::int64_t> nearest;
  for (int year = about - 2; year <= about + 2; ++year) {
    const std::optional<std::int64_t> days = detect::DaysSince1970(year, month, day);
    if (days && (!nearest || std::llabs(*days - today) < std::llabs(*nearest - today))) {
      nearest = days;
    }
  }
  return nearest;
}

class WeekdayMismatch : public Condition {
 public:
  ConditionResult Evaluate(const MailView& mail) const override {
    std::vector<TextStretch> texts = OwnText(mail);
    if (IsOwnSubject(mail)) {
      texts.insert(texts.begin(), {&mail.subject(), 0, mail.subject().folded.text.size()});
    }
    const std::optional<std::int64_t> today = Today(mail);
    ConditionResult result;
    for (const TextStretch& text : texts) {
      for (const detect::DatedWeekday& date : detect::FindDatedWeekdays(text.View())) {
        const std::string_view why = WhatIsWrong(date, today);
        if (!why.empty()) {
          AddTextEvidence(*text.text, text.begin + date.begin, text.begin + date.end, why, {}, &result.evidence);
        }
      }
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"date", result.evidence.first().excerpt}};
    }
    return result;
  }

 private:
  // The key of a text, or "".
  static std::string_view WhatIsWrong(const detect::DatedWeekday& date, const std::optional<std::int64_t>& today) {
    if (!date.year && !today) {
      return "";
    }
    const std::optional<std::int64_t> days =
        date.year ? detect::DaysSince1970(*date.year, date.month, date.day) : NearestDay(*today, date.month, date.day);
    if (!days) {
      return "no_such_day";
    }
    const int weekday = detect::WeekdayOf(*days);
    return weekday == date.weekday ? std::string_view() : kIs[static_cast<std::size_t>(weekday)];
  }
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  const ObjectReader reader(json, {}, EmptyObject::kAllowed);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<WeekdayMismatch>());
}

}  // namespace lastlook::conditions::weekday_mismatch
