// SPDX-License-Identifier: MPL-2.0
#include "policy/manager_list.h"

#include <algorithm>
#include <string>
#include <utility>

#include "mail/address_parser.h"
#include "policy/object_reader.h"

namespace lastlook {

Result<void> ManagerList::Add(std::string_view sender, std::string_view manager) {
  const Mailbox from = ParseMailbox(sender);
  Mailbox to = ParseMailbox(manager);
  for (const auto& [mailbox, text] : {std::pair{&from, sender}, std::pair{&std::as_const(to), manager}}) {
    if (!mailbox->address) {
      return PolicyError("\"" + std::string(text) + "\" is no address",
                         "give the sender's and the manager's address, like ito@a.example");
    }
  }
  std::vector<Mailbox>& managers = by_sender_[from.address->Key()];
  const std::string key = to.address->Key();
  if (std::none_of(managers.begin(), managers.end(),
                   [&](const Mailbox& known) { return known.address->Key() == key; })) {
    managers.push_back(std::move(to));
  }
  return {};
}

const std::vector<Mailbox>& ManagerList::ManagersOf(const AddrSpec& sender) const {
  static const std::vector<Mailbox> kNone;
  const auto found = by_sender_.find(sender.Key());
  return found == by_sender_.end() ? kNone : found->second;
}

}  // namespace lastlook
