// SPDX-License-Identifier: MPL-2.0
// The person got the mail in Bcc and answers others than its author: all of them learn of the hidden copy.
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::hidden_original_recipient {
namespace {

class HiddenOriginalRecipient : public Condition {
 public:
  explicit HiddenOriginalRecipient(RecipientQuestion question) : question_(std::move(question)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& original = mail.draft().compose.original;
    if (!IsReply(mail.draft()) || !original || !original->hidden) {
      return {};
    }
    // Who hid the copy knows of it.
    KeySet know = OwnKeys(mail);
    know.merge(KeysOf(mail, original->from));
    know.merge(KeysOf(mail, original->reply_to));
    return FindRecipients(
        mail, question_,
        [&](std::size_t i) -> std::string_view { return know.contains(mail.recipient_keys()[i]) ? "" : "learns"; },
        [&](std::size_t) {
          return TextArguments{{"author", PeopleText(mail, original->from)}};
        });
  }

 private:
  RecipientQuestion question_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<HiddenOriginalRecipient>(std::move(question)));
}

}  // namespace lastlook::conditions::hidden_original_recipient
