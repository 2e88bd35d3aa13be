// SPDX-License-Identifier: MPL-2.0
// Whose people share an organisation, as far as addresses tell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conditions/mail_view.h"
#include "policy/policy.h"

namespace lastlook {

// Points into the Policy, which outlives it. Immutable, thread-safe.
class OrganisationKeys {
 public:
  explicit OrganisationKeys(const Policy& policy);

  // The place in policy.organisations, of the first that has this address.
  std::optional<std::size_t> IndexOf(const AddrSpec& address) const;

  // What people of one organisation have in common: a name of the policy's list, else the domain. Each free-mail
  // address is an organisation of its own, and so is what could not be read.
  std::string KeyOf(const Mailbox& mailbox) const;

  // True if the keys are one organisation's: equal, or one a sub-domain of the other.
  static bool Same(const std::string& a, const std::string& b);

 private:
  const Policy& policy_;
  const PolicyList* free_mail_;
  std::vector<AddressPatterns> patterns_;  // of each organisation
};

// "mail.a.example" and "a.example": equal, or one a sub-domain of the other.
bool IsSameOrSubDomain(const std::string& a, const std::string& b);

}  // namespace lastlook
