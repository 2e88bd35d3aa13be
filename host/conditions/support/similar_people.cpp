// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/similar_people.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

#include "base/look_alike.h"
#include "base/text_fold.h"
#include "conditions/support/name_keys.h"

namespace lastlook {
namespace {

constexpr std::size_t kMostOfAName = 8;
constexpr std::size_t kMostOfALength = 300;
constexpr std::size_t kShortestLocalPart = 4;
constexpr std::size_t kLongLocalPart = 9;

std::uint64_t LettersOf(std::string_view text) {
  std::uint64_t letters = 0;
  for (const char c : text) {
    letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  }
  return letters;
}

std::size_t Slips(std::size_t length) {
  return length < kShortestLocalPart ? 0 : length < kLongLocalPart ? 1 : 2;
}

}  // namespace

std::string History::OrganisationOf(const std::string& domain) const {
  static_cast<void>(domain);
  return "";
}

std::shared_ptr<const SimilarPeople> History::ByName() const {
  return std::make_shared<SimilarPeople>(*this);
}

SimilarPeople::SimilarPeople(const History& history) {
  history.ForEach([&](const Acquaintance& person) { Add(person); });
  Index();
}

SimilarPeople::SimilarPeople(std::span<const Acquaintance> people) {
  people_.reserve(people.size());
  std::for_each(people.begin(), people.end(), [&](const Acquaintance& person) { Add(person); });
  Index();
}

void SimilarPeople::Add(const Acquaintance& person) {
  if (person.sent.value_or(1) > 0) {
    CorrespondentRef& added = people_.emplace_back();
    added.person = &person;
    added.key = person.address.Key();
    added.local_part = Fold(person.address.local_part);
    added.letters = LettersOf(added.local_part);
  }
}

void SimilarPeople::Index() {
  std::sort(people_.begin(), people_.end(), [](const CorrespondentRef& a, const CorrespondentRef& b) {
    return std::tuple(-a.person->sent.value_or(1), std::string_view(a.key)) <
           std::tuple(-b.person->sent.value_or(1), std::string_view(b.key));
  });
  const auto add = [](std::vector<std::size_t>* to, std::size_t i, std::size_t most) {
    if (to->size() < most) {
      to->push_back(i);
    }
  };
  for (std::size_t i = 0; i < people_.size(); ++i) {
    const Acquaintance& person = *people_[i].person;
    if (people_[i].local_part.size() >= 3 && !IsRoleName(people_[i].local_part)) {
      add(&by_local_part_[people_[i].local_part], i, kMostOfAName);
    }
    for (const std::string& key : NameKeys(person.name, person.address.local_part)) {
      add(&by_name_[key], i, kMostOfAName);
    }
    add(&by_domain_[person.address.domain][people_[i].local_part.size()], i, kMostOfALength);
  }
}

std::vector<const CorrespondentRef*> SimilarPeople::Of(const AddrSpec& address, std::string_view name) const {
  std::vector<std::size_t> found;
  const std::string local = Fold(address.local_part);
  const auto take = [&](const auto& map, const std::string& key) {
    if (const auto same = map.find(key); same != map.end()) {
      found.insert(found.end(), same->second.begin(), same->second.end());
    }
  };
  take(by_local_part_, local);
  for (const std::string& key : NameKeys(name, address.local_part)) {
    take(by_name_, key);
  }
  const std::size_t slips = Slips(local.size());
  const auto domain = by_domain_.find(address.domain);
  if (slips > 0 && domain != by_domain_.end()) {
    const std::uint64_t letters = LettersOf(local);
    for (auto length = domain->second.lower_bound(local.size() - slips);
         length != domain->second.end() && length->first <= local.size() + slips; ++length) {
      for (const std::size_t i : length->second) {
        // A slip changes two letters of the set at most.
        if (static_cast<std::size_t>(std::popcount(letters ^ people_[i].letters)) <= 2 * slips &&
            EditDistance(local, people_[i].local_part, slips) <= slips) {
          found.push_back(i);
        }
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  const std::string key = address.Key();
  std::vector<const CorrespondentRef*> similar;
  for (const std::size_t i : found) {
    if (people_[i].key != key) {
      similar.push_back(&people_[i]);
    }
  }
  return similar;
}

}  // namespace lastlook
