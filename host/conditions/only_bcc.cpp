// SPDX-License-Identifier: MPL-2.0
// To and Cc are empty, Bcc is not: a slip more often than an intention, and spam filters think so too.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::only_bcc {
namespace {

class OnlyBcc : public Condition {
 public:
  explicit OnlyBcc(RecipientQuestion question) : question_(std::move(question)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& all = mail.draft().recipients;
    if (all.empty() || std::any_of(all.begin(), all.end(), [](const Recipient& recipient) {
          return recipient.field != RecipientField::kBcc;
        })) {
      return {};
    }
    return FindRecipients(mail, question_, [](std::size_t) { return std::string_view("only_bcc"); });
  }

 private:
  RecipientQuestion question_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"in", "not_in", "in_original", "known", "min", "max"}, EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<OnlyBcc>(std::move(question)));
}

}  // namespace lastlook::conditions::only_bcc
