// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/company_kept.h"

#include <algorithm>
#include <unordered_set>

namespace lastlook {
namespace {

std::int64_t Weight(const Acquaintance& a, const Acquaintance& b) {
  constexpr std::int64_t kMost = 1'000'000;  // a history may claim anything
  return std::min({a.sent.value_or(1), b.sent.value_or(1), kMost});
}

}  // namespace

CompanyKept::CompanyKept(const MailView& mail) {
  const History& history = *mail.context().history;
  for (const std::string& key : mail.recipient_keys()) {
    const Acquaintance* person = history.Find(key);
    if (person == nullptr || person->sent.value_or(1) == 0 || !recipients_.emplace(key, person).second) {
      continue;
    }
    for (const std::string& other : person->with) {
      together_[other].push_back(key);
    }
  }
}

std::int64_t CompanyKept::Score(const Acquaintance& person, const std::string& key, const std::string& left_out) {
  const auto [among_all, added] = among_all_.try_emplace(&person, 0);
  if (added) {
    among_all->second = AmongAll(person, key);
  }
  const auto without = recipients_.find(left_out);
  if (left_out == key || without == recipients_.end()) {
    return among_all->second;
  }
  const auto names = [](const Acquaintance& one, const std::string& other) {
    return std::find(one.with.begin(), one.with.end(), other) != one.with.end();
  };
  const bool together = names(person, left_out) || names(*without->second, key);
  return among_all->second - (together ? Weight(person, *without->second) : 0);
}

std::int64_t CompanyKept::AmongAll(const Acquaintance& person, const std::string& key) const {
  std::unordered_set<std::string_view> company(person.with.begin(), person.with.end());
  if (const auto named_by = together_.find(key); named_by != together_.end()) {
    company.insert(named_by->second.begin(), named_by->second.end());
  }
  std::int64_t score = 0;
  for (const std::string_view other : company) {
    const auto recipient = recipients_.find(other);
    if (recipient != recipients_.end() && other != key) {
      score += Weight(person, *recipient->second);
    }
  }
  return score;
}

}  // namespace lastlook
