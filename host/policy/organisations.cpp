// SPDX-License-Identifier: MPL-2.0
#include "policy/organisations.h"

namespace lastlook {

OrganisationNames::OrganisationNames(const Policy& policy) : free_mail_(policy.FindList("free-mail")) {
  for (const Organisation& organisation : policy.organisations) {
    AddressPatterns patterns;
    for (const std::string& domain : organisation.domains) {
      const Result<void> added = patterns.Add(domain);
      static_cast<void>(added);  // the policy was checked when it was read
    }
    organisations_.emplace_back(&organisation.name, std::move(patterns));
  }
}

std::string OrganisationNames::Of(const AddrSpec& address) const {
  for (const auto& [name, patterns] : organisations_) {
    if (patterns.Matches(address)) {
      return *name;
    }
  }
  return free_mail_->patterns.Matches(address) ? address.ToString() : address.domain;
}

}  // namespace lastlook
