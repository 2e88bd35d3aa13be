// SPDX-License-Identifier: MPL-2.0
#include "policy/organisations.h"

#include <cstdint>

namespace lastlook {

OrganisationIndex::OrganisationIndex(const Policy& policy) {
  for (std::size_t i = 0; i < policy.organisations.size(); ++i) {
    for (const std::string& domain : policy.organisations[i].domains) {
      const Result<void> added = patterns_.Add(domain, static_cast<std::uint32_t>(i));
      static_cast<void>(added);  // the policy was checked when it was read
    }
  }
}

std::optional<std::size_t> OrganisationIndex::Find(const AddrSpec& address) const {
  return patterns_.FindFirst(address);
}

OrganisationNames::OrganisationNames(const Policy& policy)
    : policy_(policy), free_mail_(policy.FindList("free-mail")), index_(policy) {
}

std::string OrganisationNames::Of(const AddrSpec& address) const {
  if (const auto index = index_.Find(address)) {
    return policy_.organisations[*index].name;
  }
  return free_mail_->patterns.Matches(address) ? address.ToString() : address.domain;
}

}  // namespace lastlook
