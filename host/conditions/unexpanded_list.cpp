// SPDX-License-Identifier: MPL-2.0
// What stands among the recipients and is neither an address nor a list that could be expanded: nobody knows who gets
// the mail.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::unexpanded_list {
namespace {

class UnexpandedList : public Condition {
 public:
  explicit UnexpandedList(RecipientQuestion question) : question_(std::move(question)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    return FindRecipients(mail, question_, [&](std::size_t i) -> std::string_view {
      const Mailbox& mailbox = mail.draft().recipients[i].mailbox;
      if (mailbox.address) {
        return "";
      }
      return mailbox.AddressOrTyped().find('@') == std::string::npos ? "unknown_name" : "broken_address";
    });
  }

 private:
  RecipientQuestion question_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"field", "min", "max"}, EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<UnexpandedList>(std::move(question)));
}

}  // namespace lastlook::conditions::unexpanded_list
