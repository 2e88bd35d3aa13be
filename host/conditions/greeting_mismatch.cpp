// SPDX-License-Identifier: MPL-2.0
// The mail greets somebody who is not among those it goes to. Silent where the names cannot be compared, and where it
// greets nobody in particular.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "conditions/condition.h"
#include "conditions/support/addressees.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::greeting_mismatch {
namespace {

class GreetingMismatch : public Condition {
 public:
  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    const std::optional<MailGreeting> greeting = ReadGreeting(mail);
    if (!greeting || greeting->greeting.everybody) {
      return result;
    }
    const auto& recipients = mail.draft().recipients;
    const bool any_shown = std::any_of(recipients.begin(), recipients.end(), [](const Recipient& recipient) {
      return recipient.field != RecipientField::kBcc;
    });
    if (!any_shown) {
      return result;
    }
    std::string names;
    for (const detect::Addressee& who : greeting->greeting.people) {
      const bool is_nobody = std::all_of(recipients.begin(), recipients.end(), [&](const Recipient& recipient) {
        return recipient.field == RecipientField::kBcc || MatchesName(mail, recipient, who) == NameMatch::kNo;
      });
      if (!is_nobody) {
        continue;
      }
      const std::size_t base = greeting->text.begin;
      AddTextEvidence(*greeting->text.text, base + who.begin, base + who.end, "nobody", {}, &result.evidence);
      names += (names.empty() ? "" : ", ") + result.evidence.last().excerpt;
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"names", names}};
    }
    return result;
  }
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  const ObjectReader reader(json, {}, EmptyObject::kAllowed);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<GreetingMismatch>());
}

}  // namespace lastlook::conditions::greeting_mismatch
