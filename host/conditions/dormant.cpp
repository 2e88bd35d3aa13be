// SPDX-License-Identifier: MPL-2.0
// People to whom the last mail is long ago: an address that has changed hands looks the same.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::dormant {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kUsualDays = 365;
constexpr std::int64_t kMostDays = 36'500;

class Dormant : public Condition {
 public:
  Dormant(RecipientQuestion question, std::int64_t days) : question_(std::move(question)), days_(days) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const History* history = mail.context().history.get();
    if (history == nullptr || !mail.context().now) {
      return {};
    }
    const std::int64_t now = mail.context().now->unix_seconds;
    const auto last = [&](std::size_t i) -> std::optional<Timestamp> {
      const Acquaintance* known = history->Find(mail.recipient_keys()[i]);
      return known == nullptr || known->sent.value_or(1) == 0 ? std::nullopt : known->last;
    };
    const auto why = [&](std::size_t i) -> std::string_view {
      const auto moment = mail.IsSilenced("dormant", i) ? std::nullopt : last(i);
      return moment && now - moment->unix_seconds > days_ * kSecondsPerDay ? "dormant" : "";
    };
    return FindRecipients(mail, question_, why, [&](std::size_t i) {
      const std::int64_t moment = last(i)->unix_seconds;
      return TextArguments{{"date", FormatTimestamp(moment).substr(0, std::string_view("2026-11-24").size())},
                           {"days", std::to_string((now - moment) / kSecondsPerDay)}};
    });
  }

 private:
  RecipientQuestion question_;
  std::int64_t days_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys({"days"}), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  const std::int64_t days = reader.Whole("days", 1, kMostDays).value_or(kUsualDays);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Dormant>(std::move(question), days));
}

}  // namespace lastlook::conditions::dormant
