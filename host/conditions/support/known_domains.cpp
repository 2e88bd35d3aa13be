// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/known_domains.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/look_alike.h"
#include "conditions/support/organisations.h"

namespace lastlook {
namespace {

// Shorter names have too many neighbours that are somebody else: nec, nac, nic; and among the world's largest "live"
// and "line" do.
constexpr std::size_t kShortestMisspelt = 4;
constexpr std::size_t kShortestWellKnown = 5;
// From here on two slips are still a slip.
constexpr std::size_t kLongName = 9;
constexpr std::size_t kMostSlips = 2;
// What an edit distance costs, in comparisons of letters and length.
constexpr std::size_t kDistanceCost = 16;
// Shorter names are words inside other names.
constexpr std::size_t kShortestInside = 5;
constexpr std::size_t kShortestLettersAlone = 8;
constexpr std::size_t kShortestOtherEnding = 3;
// No known domain has more labels; bounds the work on one of a hundred.
constexpr std::size_t kMostLabels = 6;

// Endings that are taken for each other.
constexpr std::array kEndings =
    std::to_array<std::string_view>({"co.jp", "com", "jp", "ne.jp", "or.jp", "net", "org", "co", "biz", "info"});

struct NameAndEnding {
  std::string_view name;
  std::string_view ending;
};

// "mail.a.co.jp" → "mail.a" and "co.jp".
NameAndEnding Split(const std::string& domain) {
  const std::string registered = RegisteredDomain(domain);
  const std::size_t dot = registered.find('.');
  if (dot == std::string::npos) {
    return {domain, ""};
  }
  const std::size_t ending = registered.size() - dot - 1;
  const std::string_view all = domain;
  return {all.substr(0, all.size() - ending - 1), all.substr(all.size() - ending)};
}

std::uint64_t LettersOf(std::string_view name) {
  std::uint64_t letters = 0;
  for (const char c : name) {
    letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  }
  return letters;
}

std::string LettersAlone(std::string_view domain) {
  std::string out;
  std::copy_if(domain.begin(), domain.end(), std::back_inserter(out), [](char c) { return c != '.' && c != '-'; });
  return out;
}

// How many slips make a name of that length another.
std::size_t Slips(std::size_t length, KnownDomains::Kind kind) {
  const std::size_t shortest = kind == KnownDomains::Kind::kOwn ? kShortestMisspelt : kShortestWellKnown;
  return length < shortest ? 0 : length < kLongName ? 1 : 2;
}

bool IsSeparator(std::string_view name, std::size_t i) {
  return i >= name.size() || name[i] == '-' || name[i] == '.';  // i - 1 of 0 is far beyond the end
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Names of a row: branch1 and branch2, c-corp and d-corp. Nobody types one for the other.
bool AreOfARow(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool counts = (IsDigit(a[i]) && IsDigit(b[i])) || (IsSeparator(a, i - 1) && IsSeparator(a, i + 1));
    if (a[i] != b[i] && !counts) {
      return false;
    }
  }
  return true;
}

bool IsEnding(std::string_view ending) {
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

}  // namespace

void KnownDomains::Add(const std::string& domain, Kind kind) {
  const auto [name, ending] = Split(domain);
  if (ending.empty() || domain.front() == '[' || by_domain_.contains(domain)) {
    return;
  }
  const Target& target =
      targets_.emplace_back(Target{domain, std::string(name), LettersOf(name), kind, targets_.size()});
  const std::string_view kept = target.domain;
  registered_.insert(kept.substr(kept.size() - RegisteredDomain(domain).size()));
  by_domain_.emplace(kept, &target);
  by_skeleton_.emplace(Kept(LookAlikeSkeleton(domain), kept), &target);
  if (domain.size() >= kShortestLettersAlone) {
    by_letters_alone_.emplace(Kept(LettersAlone(domain), kept), &target);
  }
  if (const auto [of_name, added] = by_name_.try_emplace(target.name, OfName{&target, {}}); !added) {
    of_name->second.more.push_back(&target);
  }
  by_ending_[std::string(ending)][target.name.size()].push_back(&target);
  if (kind == Kind::kOwn && target.name.size() >= kShortestInside && target.name.find('.') == std::string::npos) {
    own_names_.emplace(target.name, &target);
  }
}

// `form` in a place where it stays, or `unless`, which does, if they are equal.
std::string_view KnownDomains::Kept(std::string form, std::string_view unless) {
  return form == unless ? unless : std::string_view(forms_.emplace_back(std::move(form)));
}

void KnownDomains::Reserve(std::size_t count) {
  registered_.reserve(count);
  by_domain_.reserve(count);
  by_skeleton_.reserve(count);
  by_letters_alone_.reserve(count);
  by_name_.reserve(count);
  own_names_.reserve(count);
}

bool KnownDomains::Knows(const std::string& domain) const {
  return by_domain_.contains(domain) || registered_.contains(RegisteredDomain(domain));
}

std::optional<Likeness> KnownDomains::Resembled(const std::string& domain, const NearNames* near,
                                                Budget* budget) const {
  const auto [name, ending] = Split(domain);
  // A sub-domain of the look-alike is one too: mail.gmial.com.
  const std::string registered = RegisteredDomain(domain);
  const std::array<std::string_view, 2> names = {name, Split(registered).name};
  const std::array<const std::string*, 2> domains = {&domain, &registered};
  const std::size_t different = domain == registered ? 1 : 2;
  const auto say = [](const Target* target, std::string_view how) {
    return Likeness{ReadableDomain(target->domain), how};
  };
  for (std::size_t i = 0; i < different; ++i) {
    if (const Target* target = SameBut(by_skeleton_, LookAlikeSkeleton(*domains.at(i)))) {
      return say(target, "same_look");
    }
  }
  if (const Target* target = Continued(domain)) {
    return say(target, "continued");
  }
  for (std::size_t i = 0; i < different; ++i) {
    if (const Target* target = OtherEnding(names.at(i), ending)) {
      return say(target, "other_ending");
    }
    if (const Target* target = Misspelt(names.at(i), ending, near, budget)) {
      return say(target, "misspelt");
    }
  }
  for (std::size_t i = 0; i < different; ++i) {
    if (const Target* target = SameBut(by_letters_alone_, LettersAlone(*domains.at(i)))) {
      return say(target, "other_dots");
    }
  }
  if (const Target* target = Inside(name)) {
    return say(target, "inside");
  }
  return std::nullopt;
}

const KnownDomains::Target* KnownDomains::SameBut(const Domains& by, std::string_view key) {
  const auto found = by.find(key);
  return found == by.end() ? nullptr : found->second;
}

// A known domain and more behind it: c-corp.example.evil.example.
const KnownDomains::Target* KnownDomains::Continued(std::string_view domain) const {
  for (std::size_t begin = 0; begin != std::string::npos && begin < domain.size();) {
    std::size_t end = domain.find('.', begin);
    for (std::size_t labels = 1; end != std::string::npos && labels <= kMostLabels; ++labels) {
      // One label alone is a name, not a domain.
      if (const Target* target = labels > 1 ? SameBut(by_domain_, domain.substr(begin, end - begin)) : nullptr) {
        return target;
      }
      end = domain.find('.', end + 1);
    }
    const std::size_t dot = domain.find('.', begin);
    begin = dot == std::string::npos ? dot : dot + 1;
  }
  return nullptr;
}

const KnownDomains::Target* KnownDomains::OtherEnding(std::string_view name, std::string_view ending) const {
  const auto same = by_name_.find(name);
  if (same == by_name_.end() || name.size() < kShortestOtherEnding) {
    return nullptr;
  }
  const auto may_be_meant = [&](const Target* target) {
    const std::string_view other = std::string_view(target->domain).substr(target->name.size() + 1);
    // Of two country codes each is somebody's.
    const bool misspelt = std::max(ending.size(), other.size()) > 2 && EditDistance(ending, other, 1) == 1;
    return misspelt || (IsEnding(ending) && IsEnding(other));
  };
  if (may_be_meant(same->second.first)) {
    return same->second.first;
  }
  const std::vector<const Target*>& more = same->second.more;
  const auto found = std::find_if(more.begin(), more.end(), may_be_meant);
  return found == more.end() ? nullptr : *found;
}

NearNames KnownDomains::IndexNames() const {
  NearNames near;
  for (const Target& target : targets_) {
    // Every target, so that it has the same number here and there; one that nobody is taken for has no slips.
    near.Add(target.name, std::string_view(target.domain).substr(target.name.size() + 1),
             target.name.size() > NearNames::kLongest ? 0 : Slips(target.name.size(), target.kind));
  }
  near.Build();
  return near;
}

template <typename Use>
void KnownDomains::ForEachCandidate(std::string_view name, std::string_view ending, const NearNames* near,
                                    const Use& use) const {
  if (near != nullptr) {
    return near->ForEach(name, ending, [&](std::size_t number) { return use(targets_[number]); });
  }
  const auto same_ending = by_ending_.find(ending);
  if (same_ending == by_ending_.end()) {
    return;
  }
  const auto& by_length = same_ending->second;
  for (auto of_length = by_length.lower_bound(name.size() - std::min(name.size(), kMostSlips));
       of_length != by_length.end() && of_length->first <= name.size() + kMostSlips; ++of_length) {
    for (const Target* target : of_length->second) {
      if (!use(*target)) {
        return;
      }
    }
  }
}

// The nearest; of several the shortest, and of those the one that was added first.
const KnownDomains::Target* KnownDomains::Misspelt(std::string_view name, std::string_view ending,
                                                   const NearNames* near, Budget* budget) const {
  const std::uint64_t letters = LettersOf(name);
  const Target* nearest = nullptr;
  std::size_t least = kMostSlips + 1;
  const auto rank = [](std::size_t distance, const Target& target) {
    return std::tuple(distance, target.name.size(), target.order);
  };
  ForEachCandidate(name, ending, near, [&](const Target& target) {
    if (budget->left < kDistanceCost) {
      budget->spent = true;
      return false;
    }
    --budget->left;
    const std::size_t slips = Slips(target.name.size(), target.kind);
    // A slip changes two letters of the set at most.
    if (static_cast<std::size_t>(std::popcount(letters ^ target.letters)) > 2 * slips ||
        std::string_view(target.domain).substr(target.name.size() + 1) != ending) {
      return true;
    }
    if (nearest != nullptr && rank(0, target) >= rank(0, *nearest) && least == 1) {
      return true;  // no better, however near: at distance 0 it would be known
    }
    budget->left -= kDistanceCost - 1;
    const std::size_t distance = EditDistance(name, target.name, slips);
    if (distance <= slips && (nearest == nullptr || rank(distance, target) < rank(least, *nearest)) &&
        !AreOfARow(name, target.name)) {
      nearest = &target;
      least = distance;
    }
    return true;
  });
  return nearest;
}

// The name of somebody known as a label, or as a part of one between hyphens: kodama-login, kodama.evil.
const KnownDomains::Target* KnownDomains::Inside(std::string_view name) const {
  if (own_names_.empty()) {
    return nullptr;
  }
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    const std::string_view label = name.substr(begin, end - begin);
    // The label, and each run of its parts: c-corp-login holds c-corp. Labels have 63 characters (RFC 1035).
    std::vector<std::size_t> cuts = {0};
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (label[i] == '-') {
        cuts.push_back(i + 1);
      }
    }
    cuts.push_back(label.size() + 1);
    for (std::size_t from = 0; from + 1 < cuts.size(); ++from) {
      for (std::size_t to = from + 1; to < cuts.size() && to <= from + 3; ++to) {
        const auto found = own_names_.find(label.substr(cuts[from], cuts[to] - 1 - cuts[from]));
        if (found != own_names_.end()) {
          return found->second;
        }
      }
    }
    begin = end + 1;
  }
  return nullptr;
}

}  // namespace lastlook
