// SPDX-License-Identifier: MPL-2.0
#include "mail/draft.h"

#include <array>
#include <cstddef>
#include <utility>

namespace lastlook {
namespace {

constexpr std::array<std::pair<ComposeKind, std::string_view>, 8> kComposeKindNames = {{
    {ComposeKind::kNew, "new"},
    {ComposeKind::kReply, "reply"},
    {ComposeKind::kReplyAll, "reply_all"},
    {ComposeKind::kForward, "forward"},
    {ComposeKind::kRedirect, "redirect"},
    {ComposeKind::kTemplate, "template"},
    {ComposeKind::kDraft, "draft"},
    {ComposeKind::kInvitation, "invitation"},
}};

void Append(RecipientField field, std::vector<Mailbox> mailboxes, std::vector<Recipient>* recipients) {
  std::size_t index = 0;
  for (Mailbox& mailbox : mailboxes) {
    recipients->push_back(Recipient{field, index++, std::move(mailbox)});
  }
}

}  // namespace

std::string_view ComposeKindName(ComposeKind kind) {
  for (const auto& [known, name] : kComposeKindNames) {
    if (known == kind) {
      return name;
    }
  }
  return "";
}

std::optional<ComposeKind> ComposeKindFromName(std::string_view name) {
  for (const auto& [kind, known] : kComposeKindNames) {
    if (known == name) {
      return kind;
    }
  }
  return std::nullopt;
}

std::vector<const Recipient*> Draft::InField(RecipientField field) const {
  std::vector<const Recipient*> found;
  for (const Recipient& recipient : recipients) {
    if (recipient.field == field) {
      found.push_back(&recipient);
    }
  }
  return found;
}

void Draft::AddRecipient(RecipientField field, Mailbox mailbox) {
  // Fields stand in the order To, Cc, Bcc, so the place is behind the last recipient of this field or an earlier one.
  std::size_t place = recipients.size();
  while (place > 0 && recipients[place - 1].field > field) {
    --place;
  }
  const std::size_t index = place > 0 && recipients[place - 1].field == field ? recipients[place - 1].index + 1 : 0;
  recipients.insert(recipients.begin() + static_cast<std::ptrdiff_t>(place),
                    Recipient{field, index, std::move(mailbox)});
}

void Draft::SetRecipients(std::vector<Mailbox> to, std::vector<Mailbox> cc, std::vector<Mailbox> bcc) {
  recipients.clear();
  recipients.reserve(to.size() + cc.size() + bcc.size());
  Append(RecipientField::kTo, std::move(to), &recipients);
  Append(RecipientField::kCc, std::move(cc), &recipients);
  Append(RecipientField::kBcc, std::move(bcc), &recipients);
}

}  // namespace lastlook
