// SPDX-License-Identifier: MPL-2.0
// Which recipients belong together: the domains of one organisation count as one, and at a provider of free mail every
// address is somebody of its own.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/addr_spec.h"
#include "policy/policy.h"

namespace lastlook {

// Built once for a policy; looking up costs the same however many organisations there are, but for those who were named
// by address.
class Organisations {
 public:
  explicit Organisations(const Policy& policy);

  // The name under which lists.organisations has this address, or null.
  const std::string* NameOf(const AddrSpec& address) const;

  // Equal for addresses of one organisation, by that list or else by domain.
  std::string KeyByDomain(const AddrSpec& address) const;
  // The same, by the domain that was registered: mail.c-corp.example.jp is c-corp.example.jp.
  std::string KeyByRegistration(const AddrSpec& address) const;

 private:
  struct Special {
    AddressPatterns patterns;
    const std::string* name = nullptr;
  };

  std::string Key(const AddrSpec& address, std::string (*of_domain)(const std::string&)) const;

  const PolicyList* free_mail_;
  std::unordered_map<std::string, const std::string*> domains_;
  std::unordered_map<std::string, const std::string*> sub_domains_;  // "a.example" for "*.a.example"
  std::vector<Special> special_;
};

// The part of a domain that somebody registered: "mail.a.co.jp" → "a.co.jp". Knows the general second levels of country
// domains (co, ne, or, ac, com …), not the whole Public Suffix List.
std::string RegisteredDomain(const std::string& domain);

}  // namespace lastlook
