// SPDX-License-Identifier: MPL-2.0
// People who join a conversation with the answer: the others know each other already, they do not. Only where the mail
// is known to be an answer, and to whom it was.
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::added_in_reply {
namespace {

class AddedInReply : public Condition {
 public:
  explicit AddedInReply(RecipientQuestion question, const PolicyList* free_mail)
      : question_(std::move(question)), free_mail_(free_mail) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const ComposeFacts& compose = mail.draft().compose;
    if (!IsReply(mail.draft()) || (!compose.original && !compose.initial_recipients)) {
      return {};
    }
    std::vector<Mailbox> before;
    if (compose.original) {
      for (const auto* people :
           {&compose.original->from, &compose.original->reply_to, &compose.original->to, &compose.original->cc}) {
        before.insert(before.end(), people->begin(), people->end());
      }
    }
    if (compose.initial_recipients) {
      before.insert(before.end(), compose.initial_recipients->begin(), compose.initial_recipients->end());
    }
    // Whom the sender's earlier mails in this conversation went to comes back into it, and does not join it.
    if (const auto& thread = mail.context().thread; thread && thread->usual) {
      before.insert(before.end(), thread->usual->begin(), thread->usual->end());
    }
    const KeySet were_there = KeysOf(mail, before);
    const KeySet own = OwnKeys(mail);
    std::unordered_set<std::string> domains;
    std::vector<Mailbox> others;
    KeySet named = own;
    for (const Mailbox& person : before) {
      if (person.address) {
        domains.insert(person.address->domain);
        if (named.insert(person.address->Key()).second) {
          others.push_back(person);
        }
      }
    }
    const auto& all = mail.draft().recipients;
    const auto why = [&](std::size_t i) -> std::string_view {
      const auto& address = all[i].mailbox.address;
      const std::string& key = mail.recipient_keys()[i];
      if (!address || were_there.contains(key) || own.contains(key)) {
        return "";
      }
      if (others.empty()) {
        return "added_alone";
      }
      return domains.contains(address->domain) || free_mail_->patterns.Matches(*address) ? "added" : "new_domain";
    };
    return FindRecipients(mail, question_, why, [&](std::size_t i) {
      return TextArguments{{"others", PeopleText(mail, others)}, {"domain", all[i].mailbox.address->domain}};
    });
  }

 private:
  RecipientQuestion question_;
  const PolicyList* free_mail_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<AddedInReply>(std::move(question), policy.FindList("free-mail")));
}

}  // namespace lastlook::conditions::added_in_reply
