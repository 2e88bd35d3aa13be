// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/people.h"

#include <cstddef>

#include "base/text_fold.h"

namespace lastlook {
namespace {

std::string NameOf(const MailView& mail, const Mailbox& mailbox) {
  if (!mailbox.display_name.empty() || !mailbox.address) {
    return mailbox.display_name;
  }
  const std::string key = mailbox.address->Key();
  const Context& context = mail.context();
  if (const auto contact = context.contacts.find(key); contact != context.contacts.end()) {
    return contact->second.name;
  }
  const Acquaintance* known = context.history ? context.history->Find(key) : nullptr;
  return known == nullptr ? "" : known->name;
}

}  // namespace

std::string PersonText(const MailView& mail, const Mailbox& mailbox) {
  const std::string name = NameOf(mail, mailbox);
  const std::string address = mailbox.AddressOrTyped();
  return name.empty() || name == address || !mailbox.address ? address : name + " <" + address + ">";
}

std::string PeopleText(const MailView& mail, const std::vector<Mailbox>& people) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t i = 0; i < people.size() && i <= kMost; ++i) {
    text += i == 0 ? "" : ", ";
    text += i == kMost ? "…" : PersonText(mail, people[i]);
  }
  return text;
}

KeySet OwnKeys(const MailView& mail) {
  KeySet own;
  for (const Identity& identity : mail.context().identities) {
    own.insert(identity.address.Key());
  }
  if (const auto& from = mail.draft().from; from && from->address) {
    own.insert(from->address->Key());
  }
  return own;
}

KeySet KeysOf(const MailView& mail, const std::vector<Mailbox>& mailboxes) {
  KeySet keys;
  KeySet lists;
  std::vector<const Mailbox*> waiting;
  waiting.reserve(mailboxes.size());
  for (const Mailbox& mailbox : mailboxes) {
    waiting.push_back(&mailbox);
  }
  while (!waiting.empty()) {
    const Mailbox& next = *waiting.back();
    waiting.pop_back();
    if (next.address) {
      keys.insert(next.address->Key());
      continue;
    }
    const auto list =
        mail.context().lists.find(Fold(TrimSpace(next.display_name.empty() ? next.typed : next.display_name)));
    // A list may hold itself.
    if (list != mail.context().lists.end() && lists.insert(list->first).second) {
      for (const Mailbox& member : list->second) {
        waiting.push_back(&member);
      }
    }
  }
  return keys;
}

bool IsReply(const Draft& draft) {
  return draft.compose.kind == ComposeKind::kReply || draft.compose.kind == ComposeKind::kReplyAll;
}

std::string AccountKey(const AddrSpec& address) {
  const std::size_t plus = address.local_part.find('+');
  return plus == std::string::npos || plus == 0 ? address.Key()
                                                : AddrSpec{address.local_part.substr(0, plus), address.domain}.Key();
}

}  // namespace lastlook
