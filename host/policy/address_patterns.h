// SPDX-License-Identifier: MPL-2.0
// A set of patterns for addresses, looked up in constant time however long the list is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "mail/addr_spec.h"

namespace lastlook {

// Patterns: "a.example" this domain; "*.a.example" its sub-domains and not itself; "ito@a.example" one address;
// "*@a.example" as the domain; "sales-*@a.example" a local-part with wildcards, at a domain of either form. Compared
// after IDNA and case folding, never as a bare suffix.
class AddressPatterns {
 public:
  // Errors: kPolicyRefused with a remedy.
  Result<void> Add(std::string_view pattern);

  bool Matches(const AddrSpec& address) const;
  bool empty() const;

 private:
  struct LocalPartGlob {
    std::string local_part;  // folded, with '*'
    std::string domain;
    bool sub_domains;
  };

  bool MatchesDomain(const std::string& domain) const;

  std::unordered_set<std::string> addresses_;    // AddrSpec::Key()
  std::unordered_set<std::string> domains_;      // exact
  std::unordered_set<std::string> sub_domains_;  // "a.example" for "*.a.example"
  std::vector<LocalPartGlob> globs_;
};

// '*' stands for any run of characters; linear in text × pattern at worst.
bool GlobMatches(std::string_view pattern, std::string_view text);

}  // namespace lastlook
