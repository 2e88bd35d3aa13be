// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/organisations.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace lastlook {
namespace {

// Second levels under which country registries register the third (publicsuffix.org, section ICANN, 2023-02-09: those
// that stand under several country domains, and all general ones of jp, uk, cn, tw, kr, au, nz, za, in, br).
constexpr std::array kSecondLevels = std::to_array<std::string_view>(
    {"ac",  "ad",  "asn", "co",  "com", "ed",   "edu", "firm", "gc",     "gen", "go", "gob", "gouv", "gov",    "govt",
     "gr",  "gv",  "id",  "idv", "ind", "info", "int", "iwi",  "lg",     "ltd", "me", "mil", "mod",  "muni",   "ne",
     "net", "nhs", "nic", "nom", "or",  "org",  "pe",  "plc",  "police", "pro", "re", "res", "sch",  "school", "web"});

}  // namespace

std::string RegisteredDomain(const std::string& domain) {
  if (domain.empty() || domain.front() == '[') {
    return domain;
  }
  const std::size_t last = domain.rfind('.');
  if (last == std::string::npos || last == 0) {
    return domain;
  }
  const std::size_t second = domain.rfind('.', last - 1);
  if (second == std::string::npos) {
    return domain;
  }
  const std::string_view label = std::string_view(domain).substr(second + 1, last - second - 1);
  const bool country = domain.size() - last - 1 == 2;
  // RFC 2606: names under example.com and its like stand for whole domains.
  const bool general = label == "example" ||
                       (country && std::find(kSecondLevels.begin(), kSecondLevels.end(), label) != kSecondLevels.end());
  if (!general || second == 0) {
    return domain.substr(second + 1);
  }
  const std::size_t third = domain.rfind('.', second - 1);
  return third == std::string::npos ? domain : domain.substr(third + 1);
}

Organisations::Organisations(const Policy& policy) : policy_(policy), free_mail_(policy.FindList("free-mail")) {
  for (std::size_t index = 0; index < policy.organisations.size(); ++index) {
    for (const std::string& pattern : policy.organisations[index].domains) {
      if (pattern.find('@') != std::string::npos) {
        Special special{{}, index};
        const Result<void> added = special.patterns.Add(pattern);
        static_cast<void>(added);  // the policy was checked when it was read
        special_.push_back(std::move(special));
      } else if (pattern.starts_with("*.")) {
        sub_domains_.try_emplace(NormalizeDomain(std::string_view(pattern).substr(2)), index);
      } else {
        domains_.try_emplace(NormalizeDomain(pattern), index);
      }
    }
  }
}

std::optional<std::size_t> Organisations::IndexOf(const AddrSpec& address) const {
  if (const auto found = domains_.find(address.domain); found != domains_.end()) {
    return found->second;
  }
  if (!sub_domains_.empty()) {
    for (std::size_t dot = address.domain.find('.'); dot != std::string::npos;
         dot = address.domain.find('.', dot + 1)) {
      if (const auto found = sub_domains_.find(address.domain.substr(dot + 1)); found != sub_domains_.end()) {
        return found->second;
      }
    }
  }
  const auto special =
      std::find_if(special_.begin(), special_.end(), [&](const Special& one) { return one.patterns.Matches(address); });
  return special == special_.end() ? std::nullopt : std::optional(special->index);
}

const std::string* Organisations::NameOf(const AddrSpec& address) const {
  const auto index = IndexOf(address);
  return index ? &policy_.organisations[*index].name : nullptr;
}

std::string Organisations::Key(const AddrSpec& address, std::string (*of_domain)(const std::string&)) const {
  if (const std::string* name = NameOf(address)) {
    return std::string(1, '\0') + *name;  // no domain begins so
  }
  return free_mail_->patterns.Matches(address) ? address.Key() : of_domain(address.domain);
}

std::string Organisations::KeyByDomain(const AddrSpec& address) const {
  return Key(address, [](const std::string& domain) { return domain; });
}

std::string Organisations::KeyByRegistration(const AddrSpec& address) const {
  return Key(address, RegisteredDomain);
}

std::string Organisations::KeyOf(const Mailbox& mailbox) const {
  return mailbox.address ? KeyByDomain(*mailbox.address) : "?" + mailbox.typed;
}

bool Organisations::Same(const std::string& a, const std::string& b) {
  // Those of the list begin with a NUL, those of free mail are addresses.
  const auto is_domain = [](const std::string& key) {
    return !key.empty() && key[0] != '\0' && key[0] != '?' && key.find('@') == std::string::npos;
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

OrganisationNumbers::OrganisationNumbers(const MailView& mail, const Organisations& organisations) {
  const auto& all = mail.draft().recipients;
  std::unordered_map<std::string, std::uint32_t> numbers;
  numbers_.reserve(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto next = static_cast<std::uint32_t>(numbers.size());
    numbers_.push_back(numbers.try_emplace(organisations.KeyOf(all[i].mailbox), next).first->second);
  }
}

}  // namespace lastlook
