// SPDX-License-Identifier: MPL-2.0
// Many mails like this one within a minute: a mail merge that should perhaps be looked at before it has run to its end.
#include <cstdint>
#include <memory>
#include <string>

#include "base/text_fold.h"
#include "conditions/condition.h"

namespace lastlook::conditions::burst {
namespace {

constexpr std::int64_t kUsualBurst = 5;
constexpr std::int64_t kMostMails = 1'000'000'000;

class Burst : public Condition {
 public:
  explicit Burst(std::int64_t min) : min_(min) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& recent = mail.context().recent;
    if (!recent || !recent->similar_last_minute || *recent->similar_last_minute < min_) {
      return {};
    }
    const std::string& subject = mail.draft().subject;
    ConditionResult result;
    result.truth = Truth::kTrue;
    result.arguments = {{"count", std::to_string(*recent->similar_last_minute)}};
    result.evidence.Add(
        {"subject", subject, 0, static_cast<std::uint32_t>(Utf16Length(subject)), "similar", result.arguments});
    return result;
  }

 private:
  std::int64_t min_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"min"}, EmptyObject::kAllowed);
  const std::int64_t min = reader.Whole("min", 1, kMostMails).value_or(kUsualBurst);
  if (reader.error()) {
    return *reader.error();
  }
  static_cast<void>(policy);
  return std::unique_ptr<Condition>(std::make_unique<Burst>(min));
}

}  // namespace lastlook::conditions::burst
