// SPDX-License-Identifier: MPL-2.0
// The answer goes to a Reply-To address of another organisation than the author's. Somebody who is inside, in the
// contacts or was written to before is no stranger who borrowed a name.
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/organisations.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::reply_to_differs {
namespace {

class ReplyToDiffers : public Condition {
 public:
  ReplyToDiffers(RecipientQuestion question, const Policy& policy)
      : question_(std::move(question)), organisations_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& original = mail.draft().compose.original;
    if (!IsReply(mail.draft()) || !original) {
      return {};
    }
    std::unordered_set<std::string> authors;
    for (const Mailbox& author : original->from) {
      if (author.address) {
        authors.insert(organisations_.KeyByRegistration(*author.address));
      }
    }
    const KeySet answered = KeysOf(mail, original->reply_to);
    if (authors.empty() || answered.empty()) {
      return {};
    }
    const KeySet own = OwnKeys(mail);
    const Context& context = mail.context();
    ConditionResult result = FindRecipients(
        mail, question_,
        [&](std::size_t i) -> std::string_view {
          const Mailbox& mailbox = mail.draft().recipients[i].mailbox;
          const std::string& key = mail.recipient_keys()[i];
          if (!mailbox.address || !answered.contains(key) || own.contains(key) || mail.IsInside(mailbox) ||
              context.contacts.contains(key) || WasWrittenTo(context, key)) {
            return "";
          }
          return authors.contains(organisations_.KeyByRegistration(*mailbox.address)) ? "" : "elsewhere";
        },
        [&](std::size_t) {
          return TextArguments{{"author", PeopleText(mail, original->from)}};
        });
    if (original->from.size() == 1) {
      for (const std::size_t i : result.evidence.recipients()) {
        result.evidence.ProposeInstead(i, original->from.front());
      }
    }
    return result;
  }

 private:
  static bool WasWrittenTo(const Context& context, const std::string& key) {
    const Acquaintance* known = context.history ? context.history->Find(key) : nullptr;
    return known != nullptr && known->sent.value_or(1) > 0;
  }

  RecipientQuestion question_;
  Organisations organisations_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<ReplyToDiffers>(std::move(question), policy));
}

}  // namespace lastlook::conditions::reply_to_differs
