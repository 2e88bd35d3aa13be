// SPDX-License-Identifier: MPL-2.0
#include "policy/address_patterns.h"

#include <algorithm>

#include "base/text_fold.h"
#include "policy/object_reader.h"

namespace lastlook {
namespace {

Error NotAPattern(std::string_view pattern) {
  return PolicyError(
      "\"" + std::string(pattern) + "\" is no address pattern",
      "write a domain (a.example), its sub-domains (*.a.example), an address (ito@a.example) or *@a.example");
}

}  // namespace

bool GlobMatches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') {
    ++p;
  }
  return p == pattern.size();
}

Result<void> AddressPatterns::Add(std::string_view pattern) {
  const std::string_view trimmed = TrimSpace(pattern);
  const std::size_t at = trimmed.rfind('@');
  std::string_view domain_part = at == std::string_view::npos ? trimmed : trimmed.substr(at + 1);
  const bool sub_domains = domain_part.starts_with("*.");
  if (sub_domains) {
    domain_part.remove_prefix(2);
  }
  const std::string domain = NormalizeDomain(domain_part);
  // A domain without a dot is a slip of the pen far more often than a host name.
  if (domain.empty() || domain.find('*') != std::string::npos ||
      (domain.find('.') == std::string::npos && domain.front() != '[' && domain != "localhost")) {
    return NotAPattern(pattern);
  }
  if (at == std::string_view::npos || trimmed.substr(0, at) == "*") {
    (sub_domains ? sub_domains_ : domains_).insert(domain);
    return {};
  }
  const std::string local_part = Fold(trimmed.substr(0, at));
  if (local_part.empty()) {
    return NotAPattern(pattern);
  }
  if (local_part.find('*') == std::string::npos && !sub_domains) {
    addresses_.insert(AddrSpec{local_part, domain}.Key());
    return {};
  }
  globs_.push_back({local_part, domain, sub_domains});
  return {};
}

bool AddressPatterns::MatchesDomain(const std::string& domain) const {
  if (domains_.contains(domain)) {
    return true;
  }
  if (sub_domains_.empty()) {
    return false;
  }
  for (std::size_t dot = domain.find('.'); dot != std::string::npos; dot = domain.find('.', dot + 1)) {
    if (sub_domains_.contains(domain.substr(dot + 1))) {
      return true;
    }
  }
  return false;
}

bool AddressPatterns::Matches(const AddrSpec& address) const {
  if (MatchesDomain(address.domain)) {
    return true;
  }
  if (!addresses_.empty() && addresses_.contains(address.Key())) {
    return true;
  }
  return !globs_.empty() && std::any_of(globs_.begin(), globs_.end(), [&](const LocalPartGlob& glob) {
    const bool domain_matches =
        glob.sub_domains ? address.domain.ends_with("." + glob.domain) : address.domain == glob.domain;
    return domain_matches && GlobMatches(glob.local_part, Fold(address.local_part));
  });
}

bool AddressPatterns::empty() const {
  return addresses_.empty() && domains_.empty() && sub_domains_.empty() && globs_.empty();
}

}  // namespace lastlook
