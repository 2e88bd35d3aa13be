// SPDX-License-Identifier: MPL-2.0
// People outside who were never written to. Those inside are passed over unless "in" names them: a colleague is no
// stranger.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::first_time {
namespace {

class FirstTime : public Condition {
 public:
  FirstTime(RecipientQuestion question, bool inside_too, const PolicyList* free_mail)
      : question_(std::move(question)), inside_too_(inside_too), free_mail_(free_mail) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const History* history = mail.context().history.get();
    if (history == nullptr) {
      return {};
    }
    const KeySet own = OwnKeys(mail);
    const auto& all = mail.draft().recipients;
    const auto why = [&](std::size_t i) -> std::string_view {
      const auto& address = all[i].mailbox.address;
      const std::string& key = mail.recipient_keys()[i];
      if (!address || mail.IsSilenced("first_time", i) || own.contains(key) ||
          (!inside_too_ && mail.IsInside(all[i].mailbox))) {
        return "";
      }
      if (const Acquaintance* known = history->Find(key)) {
        // Absent means some.
        return known->sent.value_or(1) > 0 ? "" : known->received.value_or(0) > 0 ? "only_received" : "never_written";
      }
      return history->HasDomain(address->domain) || free_mail_->patterns.Matches(*address) ? "never_written"
                                                                                           : "new_domain";
    };
    return FindRecipients(mail, question_, why, [&](std::size_t i) {
      const Acquaintance* known = history->Find(mail.recipient_keys()[i]);
      return TextArguments{{"domain", all[i].mailbox.address->domain},
                           {"received", std::to_string(known == nullptr ? 0 : known->received.value_or(0))}};
    });
  }

 private:
  RecipientQuestion question_;
  bool inside_too_;
  const PolicyList* free_mail_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(
      std::make_unique<FirstTime>(std::move(question), reader.Find("in") != nullptr, policy.FindList("free-mail")));
}

}  // namespace lastlook::conditions::first_time
