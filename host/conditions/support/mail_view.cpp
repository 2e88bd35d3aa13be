// SPDX-License-Identifier: MPL-2.0
#include "conditions/mail_view.h"

#include <utility>

namespace lastlook {

MailView::MailView(const Draft& draft, const Context& context, const Policy& policy)
    : draft_(draft), context_(context), policy_(policy), internal_(policy.FindList("internal")), original_(draft) {
}

const std::vector<std::string>& MailView::recipient_keys() const {
  if (!recipient_keys_) {
    recipient_keys_.emplace();
    recipient_keys_->reserve(draft_.recipients.size());
    for (const Recipient& recipient : draft_.recipients) {
      const Mailbox& mailbox = recipient.mailbox;
      recipient_keys_->push_back(mailbox.address ? mailbox.address->Key() : std::string(1, '\0') + mailbox.typed);
    }
  }
  return *recipient_keys_;
}

bool MailView::IsInside(const Mailbox& mailbox) const {
  return mailbox.address && internal_->patterns.Matches(*mailbox.address);
}

bool MailView::Known(const Mailbox& mailbox) const {
  if (!mailbox.address) {
    return false;
  }
  const std::string key = mailbox.address->Key();
  return InOriginal(mailbox) || context_.contacts.contains(key) || (context_.history && context_.history->Find(key));
}

const FoldedNamedText& MailView::subject() const {
  if (!subject_) {
    subject_ = FoldedNamedText{{"subject", draft_.subject}, FoldText(draft_.subject)};
  }
  return *subject_;
}

const std::vector<FoldedNamedText>& MailView::body() const {
  if (!body_) {
    body_.emplace();
    for (NamedText& named : BodyTexts(draft_)) {
      FoldedText folded = FoldText(named.text);
      body_->push_back({std::move(named), std::move(folded)});
    }
  }
  return *body_;
}

}  // namespace lastlook
