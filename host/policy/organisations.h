// SPDX-License-Identifier: MPL-2.0
// Which addresses belong together: by the policy's organisations, else by domain.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mail/addr_spec.h"
#include "policy/policy.h"

namespace lastlook {

// Points into the Policy, which must outlive it.
class OrganisationNames {
 public:
  explicit OrganisationNames(const Policy& policy);

  // The name that the policy gives it, else the domain; for an address of a free-mail provider the whole address, since
  // the people there have nothing to do with each other.
  std::string Of(const AddrSpec& address) const;

 private:
  const PolicyList* free_mail_;
  std::vector<std::pair<const std::string*, AddressPatterns>> organisations_;
};

}  // namespace lastlook
