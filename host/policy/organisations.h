// SPDX-License-Identifier: MPL-2.0
// Which addresses belong together: by the policy's organisations, else by domain.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "mail/addr_spec.h"
#include "policy/policy.h"

namespace lastlook {

// The organisation of an address in a policy's list: the first of them that has it. Built once for a policy; looking
// up costs the same however many there are.
class OrganisationIndex {
 public:
  explicit OrganisationIndex(const Policy& policy);
  // The place in policy.organisations; nothing for an address that none of them has.
  std::optional<std::size_t> Find(const AddrSpec& address) const;

 private:
  AddressPatterns patterns_;  // numbered as the organisations
};

// Points into the Policy, which must outlive it.
class OrganisationNames {
 public:
  explicit OrganisationNames(const Policy& policy);

  // The name that the policy gives it, else the domain; for an address of a free-mail provider the whole address, since
  // the people there have nothing to do with each other.
  std::string Of(const AddrSpec& address) const;

 private:
  const Policy& policy_;
  const PolicyList* free_mail_;
  OrganisationIndex index_;
};

}  // namespace lastlook
