// SPDX-License-Identifier: MPL-2.0
#include "policy/address_patterns.h"

#include <utility>

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

void AddressPatterns::Put(std::string key, const Row& row, Rows* rows) {
  const auto [at, added] = rows->emplace(std::move(key), row);
  if (!added && at->second.until < row.until) {
    at->second = row;
  }
}

const AddressPatterns::Row* AddressPatterns::FindRow(const Rows& rows, std::string_view key, std::int64_t now) {
  const auto found = rows.find(key);
  return found != rows.end() && now < found->second.until ? &found->second : nullptr;
}

void AddressPatterns::Reserve(std::size_t count) {
  addresses_.reserve(addresses_.size() + count);
}

Result<void> AddressPatterns::Add(std::string_view pattern, std::uint32_t number, std::int64_t until) {
  const Row row{number, until};
  const std::string_view trimmed = TrimSpace(pattern);
  const std::size_t at = trimmed.rfind('@');
  std::string_view domain_part = at == std::string_view::npos ? trimmed : trimmed.substr(at + 1);
  const bool sub_domains = domain_part.starts_with("*.");
  if (sub_domains) {
    domain_part.remove_prefix(2);
  }
  std::string domain = NormalizeDomain(domain_part);
  // A domain without a dot is a slip of the pen far more often than a host name.
  if (domain.empty() || domain.find('*') != std::string::npos ||
      (domain.find('.') == std::string::npos && domain.front() != '[' && domain != "localhost")) {
    return NotAPattern(pattern);
  }
  if (at == std::string_view::npos || trimmed.substr(0, at) == "*") {
    Put(std::move(domain), row, sub_domains ? &sub_domains_ : &domains_);
    return {};
  }
  std::string local_part = Fold(trimmed.substr(0, at));
  if (local_part.empty()) {
    return NotAPattern(pattern);
  }
  if (local_part.find('*') == std::string::npos && !sub_domains) {
    local_part += '@';
    local_part += domain;
    Put(std::move(local_part), row, &addresses_);
    return {};
  }
  globs_.push_back({std::move(local_part), std::move(domain), sub_domains, row});
  return {};
}

std::int64_t AddressPatterns::Moment(const std::optional<Timestamp>& now) const {
  return now ? now->unix_seconds : holds_without_clock_ ? std::numeric_limits<std::int64_t>::min() : kNoEnd - 1;
}

bool AddressPatterns::IsAt(std::string_view domain, const LocalPartGlob& glob) {
  return glob.sub_domains ? domain.size() > glob.domain.size() && domain.ends_with(glob.domain) &&
                                domain[domain.size() - glob.domain.size() - 1] == '.'
                          : domain == glob.domain;
}

std::optional<std::uint32_t> AddressPatterns::Find(const AddrSpec& address,
                                                   const std::optional<Timestamp>& time) const {
  return FindKey(address, addresses_.empty() ? std::string() : address.Key(), time);
}

std::optional<std::uint32_t> AddressPatterns::FindFirst(const AddrSpec& address) const {
  constexpr std::int64_t kAnyTime = std::numeric_limits<std::int64_t>::min();
  std::optional<std::uint32_t> first;
  const auto take = [&first](const Row* row) {
    if (row != nullptr && (!first || row->number < *first)) {
      first = row->number;
    }
  };
  if (!addresses_.empty()) {
    take(FindRow(addresses_, address.Key(), kAnyTime));
  }
  const std::string_view domain = address.domain;
  take(FindRow(domains_, domain, kAnyTime));
  if (!sub_domains_.empty()) {
    for (std::size_t dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.', dot + 1)) {
      take(FindRow(sub_domains_, domain.substr(dot + 1), kAnyTime));
    }
  }
  if (!globs_.empty()) {
    const std::string local_part = Fold(address.local_part);
    for (const LocalPartGlob& glob : globs_) {
      if (IsAt(domain, glob) && GlobMatches(glob.local_part, local_part)) {
        take(&glob.row);
      }
    }
  }
  return first;
}

std::optional<std::uint32_t> AddressPatterns::FindKey(const AddrSpec& address, std::string_view key,
                                                      const std::optional<Timestamp>& time) const {
  const std::int64_t now = Moment(time);
  if (!addresses_.empty()) {
    if (const Row* row = FindRow(addresses_, key, now)) {
      return row->number;
    }
  }
  const std::string_view domain = address.domain;
  if (const Row* row = FindRow(domains_, domain, now)) {
    return row->number;
  }
  if (!sub_domains_.empty()) {
    for (std::size_t dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.', dot + 1)) {
      if (const Row* row = FindRow(sub_domains_, domain.substr(dot + 1), now)) {
        return row->number;
      }
    }
  }
  if (globs_.empty()) {
    return std::nullopt;
  }
  const std::string local_part = Fold(address.local_part);
  for (const LocalPartGlob& glob : globs_) {
    if (IsAt(domain, glob) && now < glob.row.until && GlobMatches(glob.local_part, local_part)) {
      return glob.row.number;
    }
  }
  return std::nullopt;
}

bool AddressPatterns::empty() const {
  return addresses_.empty() && domains_.empty() && sub_domains_.empty() && globs_.empty();
}

}  // namespace lastlook
