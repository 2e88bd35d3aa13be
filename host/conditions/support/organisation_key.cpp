// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/organisation_key.h"

#include <utility>

namespace lastlook {

OrganisationKeys::OrganisationKeys(const Policy& policy) : policy_(policy), free_mail_(policy.FindList("free-mail")) {
  for (const Organisation& organisation : policy.organisations) {
    AddressPatterns patterns;
    for (const std::string& domain : organisation.domains) {
      const Result<void> added = patterns.Add(domain);
      static_cast<void>(added);  // the policy was checked when it was read
    }
    patterns_.push_back(std::move(patterns));
  }
}

std::optional<std::size_t> OrganisationKeys::IndexOf(const AddrSpec& address) const {
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    if (patterns_[i].Matches(address)) {
      return i;
    }
  }
  return std::nullopt;
}

std::string OrganisationKeys::KeyOf(const Mailbox& mailbox) const {
  if (!mailbox.address) {
    return "?" + mailbox.typed;
  }
  if (const auto index = IndexOf(*mailbox.address)) {
    return "=" + policy_.organisations[*index].name;
  }
  return free_mail_->patterns.Matches(*mailbox.address) ? "@" + mailbox.address->Key() : mailbox.address->domain;
}

bool OrganisationKeys::Same(const std::string& a, const std::string& b) {
  const auto is_domain = [](const std::string& key) {
    return !key.empty() && std::string_view("?=@").find(key[0]) == std::string_view::npos;
  };
  return a == b || (is_domain(a) && is_domain(b) && IsSameOrSubDomain(a, b));
}

bool IsSameOrSubDomain(const std::string& a, const std::string& b) {
  const std::string& longer = a.size() >= b.size() ? a : b;
  const std::string& shorter = a.size() >= b.size() ? b : a;
  // A shorter one without a dot would be a whole top-level domain.
  return a == b || (shorter.find('.') != std::string::npos && longer.ends_with(shorter) &&
                    longer[longer.size() - shorter.size() - 1] == '.');
}

}  // namespace lastlook
