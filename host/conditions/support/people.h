// SPDX-License-Identifier: MPL-2.0
// Who somebody is, in words and in sets: what the conditions on recipients share.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "conditions/mail_view.h"

namespace lastlook {

using KeySet = std::unordered_set<std::string>;  // AddrSpec::Key()

// "Ito <ito@c-corp.example>": the name that was typed, or that the contacts or the history know; else the address
// alone.
std::string PersonText(const MailView& mail, const Mailbox& mailbox);

// "Ito <ito@c-corp.example>, Mori <mori@d-corp.example>, …": at most three of them.
std::string PeopleText(const MailView& mail, const std::vector<Mailbox>& people);

// The sender's own addresses: the identities and From.
KeySet OwnKeys(const MailView& mail);

// The addresses of these mailboxes; address-book lists among them stand for their members.
KeySet KeysOf(const MailView& mail, const std::vector<Mailbox>& mailboxes);

// An answer, to one or to all. What is not known to be one is none.
bool IsReply(const Draft& draft);

// AddrSpec::Key() without what follows "+" in the local-part: sato+news@a.example is the account of sato@a.example.
std::string AccountKey(const AddrSpec& address);

}  // namespace lastlook
