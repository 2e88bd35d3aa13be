// SPDX-License-Identifier: MPL-2.0
// Who answers for whom: sender → managers, from a list with the columns "sender" and "manager".
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "mail/mailbox.h"

namespace lastlook {

class ManagerList {
 public:
  // A sender may have several managers, one row each. Errors: kPolicyRefused, when either is no address.
  Result<void> Add(std::string_view sender, std::string_view manager);

  // In the order of their rows, nobody twice; empty for a sender without one.
  const std::vector<Mailbox>& ManagersOf(const AddrSpec& sender) const;
  bool empty() const { return by_sender_.empty(); }

 private:
  std::unordered_map<std::string, std::vector<Mailbox>> by_sender_;  // by AddrSpec::Key(); each has an address
};

}  // namespace lastlook
