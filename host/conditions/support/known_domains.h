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

  // Known itself, a sub-domain of one that is, or a domain above one that is.
  bool Knows(const std::string& domain) const;

  // To be called, once all are added, before Resembled is asked hundreds of times: from then on it looks misspelt names
  // up instead of comparing them all.
  void PrepareForMany();

  // REQUIRES: !Knows(domain). Costs a few comparisons for each known domain of the same ending and about the same
  // length.
  std::optional<Likeness> Resembled(const std::string& domain) const;

 private:
  struct Target {
    std::string domain;
    std::string name;  // without the ending
    std::uint64_t letters = 0;
    Kind kind = Kind::kOwn;
    std::size_t order = 0;
  };

  const Target* SameBut(const std::unordered_map<std::string, const Target*>& by, const std::string& key) const;
  const Target* Continued(const std::string& domain) const;
  const Target* OtherEnding(std::string_view name, std::string_view ending) const;
  const Target* Misspelt(std::string_view name, std::string_view ending) const;
  std::vector<const Target*> Candidates(std::string_view name, std::string_view ending) const;
  const Target* Inside(std::string_view name) const;

  std::deque<Target> targets_;  // their addresses stay
  std::unordered_set<std::string> registered_;
  std::unordered_map<std::string, const Target*> by_domain_;
  std::unordered_map<std::string, const Target*> by_skeleton_;
  std::unordered_map<std::string, const Target*> by_letters_alone_;  // without dots and hyphens
  std::unordered_map<std::string, std::vector<const Target*>> by_name_;
  std::unordered_map<std::string, const Target*> own_names_;
  // By a hash of ending and name with up to two letters left out: names at distance two share one.
  std::unordered_map<std::size_t, std::vector<const Target*>> near_;
  // Ending, then length of the name.
  std::map<std::string, std::map<std::size_t, std::vector<const Target*>>, std::less<>> by_ending_;
};

}  // namespace lastlook
