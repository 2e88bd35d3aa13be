// SPDX-License-Identifier: MPL-2.0
// Domains that are known, and which of them another one resembles and might be mistaken for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "conditions/support/near_names.h"

namespace lastlook {

struct Likeness {
  std::string target;    // the known domain, readable
  std::string_view how;  // key of a text of lookalike_domain
};

class KnownDomains {
 public:
  // How well `own` domains are known: the names of the organisation and its correspondents are also looked for inside
  // other names, those of large providers ("line", "live") are words.
  enum class Kind { kOwn, kWellKnown };

  KnownDomains() = default;
  // The indexes point at the domains, which a move leaves where they are.
  KnownDomains(KnownDomains&&) = default;
  KnownDomains& operator=(KnownDomains&&) = default;

  // `domain` as AddrSpec::domain. Of two that are resembled, the one that was added first is named.
  void Add(const std::string& domain, Kind kind);
  // For that many domains, before they are added.
  void Reserve(std::size_t count);

  // Known itself, a sub-domain of one that is, or a domain above one that is.
  bool Knows(const std::string& domain) const;

  std::size_t size() const { return targets_.size(); }

  // How many names may still be compared with one that may be misspelt. Bounds a mail to ten thousand domains, each of
  // which differs by two letters from thousands of known ones.
  static constexpr std::size_t kMostCompared = 4'000'000;
  struct Budget {
    std::size_t left = kMostCompared;
    bool spent = false;  // something was not compared any more
  };

  // An index for Resembled to look misspelt names up in, for where comparing them all would take too long. It points at
  // this, which must outlive it and stay as it is.
  NearNames IndexNames() const;

  // REQUIRES: !Knows(domain). Without an index (`near` is null) it compares with each known domain of the same ending
  // and about the same length; the answer is the same.
  std::optional<Likeness> Resembled(const std::string& domain, const NearNames* near, Budget* budget) const;

 private:
  struct Target {
    std::string domain;
    std::string name;  // without the ending
    std::uint64_t letters = 0;
    Kind kind = Kind::kOwn;
    std::size_t order = 0;
  };

  // Those of one name, in the order in which they were added; mostly one.
  struct OfName {
    const Target* first = nullptr;
    std::vector<const Target*> more;
  };

  // The keys are pieces of targets_, or stand in forms_: fifty thousand domains are filed while somebody waits.
  using Domains = std::unordered_map<std::string_view, const Target*>;

  std::string_view Kept(std::string form, std::string_view unless);
  static const Target* SameBut(const Domains& by, std::string_view key);
  const Target* Continued(std::string_view domain) const;
  const Target* OtherEnding(std::string_view name, std::string_view ending) const;
  const Target* Misspelt(std::string_view name, std::string_view ending, const NearNames* near, Budget* budget) const;
  // Calls `use(target)` for whom the name may be a slip, until it answers false.
  template <typename Use>
  void ForEachCandidate(std::string_view name, std::string_view ending, const NearNames* near, const Use& use) const;
  const Target* Inside(std::string_view name) const;

  std::deque<Target> targets_;  // their addresses stay
  std::deque<std::string> forms_;
  std::unordered_set<std::string_view> registered_;
  Domains by_domain_;
  Domains by_skeleton_;
  Domains by_letters_alone_;  // without dots and hyphens
  std::unordered_map<std::string_view, OfName> by_name_;
  Domains own_names_;
  // Ending, then length of the name.
  std::map<std::string, std::map<std::size_t, std::vector<const Target*>>, std::less<>> by_ending_;
};

}  // namespace lastlook
