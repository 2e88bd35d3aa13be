// SPDX-License-Identifier: MPL-2.0
// Which recipients belong together: the domains of one organisation count as one, and at a provider of free mail every
// address is somebody of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "conditions/mail_view.h"
#include "mail/mailbox.h"
#include "policy/policy.h"

namespace lastlook {

// Built once for a policy; looking up costs the same however many organisations there are, but for those who were named
// by address. Points into the Policy, which outlives it. Immutable, thread-safe.
class Organisations {
 public:
  explicit Organisations(const Policy& policy);

  // The place in policy.organisations of the one that has this address.
  std::optional<std::size_t> IndexOf(const AddrSpec& address) const;
  // Its name, or null.
  const std::string* NameOf(const AddrSpec& address) const;

  // Equal for addresses of one organisation, by that list or else by domain.
  std::string KeyByDomain(const AddrSpec& address) const;
  // The same, by the domain that was registered: mail.c-corp.example.jp is c-corp.example.jp.
  std::string KeyByRegistration(const AddrSpec& address) const;
  // KeyByDomain, and what could not be read is somebody of its own.
  std::string KeyOf(const Mailbox& mailbox) const;

  // True if the keys by domain are one organisation's: equal, or one a sub-domain of the other.
  static bool Same(const std::string& a, const std::string& b);

 private:
  struct Special {
    AddressPatterns patterns;
    std::size_t index = 0;
  };

  std::string Key(const AddrSpec& address, std::string (*of_domain)(const std::string&)) const;

  const Policy& policy_;
  const PolicyList* free_mail_;
  std::unordered_map<std::string, std::size_t> domains_;
  std::unordered_map<std::string, std::size_t> sub_domains_;  // "a.example" for "*.a.example"
  std::vector<Special> special_;
};

// "mail.a.example" and "a.example": equal, or one a sub-domain of the other.
bool IsSameOrSubDomain(const std::string& a, const std::string& b);

// For each recipient of a mail a number below their count that those of one organisation share, by KeyOf. For
// MailView::Shared.
class OrganisationNumbers {
 public:
  OrganisationNumbers(const MailView& mail, const Organisations& organisations);
  std::uint32_t Of(std::size_t recipient) const { return numbers_[recipient]; }

 private:
  std::vector<std::uint32_t> numbers_;
};

// The part of a domain that somebody registered: "mail.a.co.jp" → "a.co.jp". Knows the general second levels of country
// domains (co, ne, or, ac, com …), not the whole Public Suffix List.
std::string RegisteredDomain(const std::string& domain);

}  // namespace lastlook
