// SPDX-License-Identifier: MPL-2.0
// A set of patterns for addresses, looked up in constant time however long the list is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "mail/addr_spec.h"

namespace lastlook {

// Patterns: "a.example" this domain; "*.a.example" its sub-domains and not itself; "ito@a.example" one address;
// "*@a.example" as the domain; "sales-*@a.example" a local-part with wildcards, at a domain of either form. Compared
// after IDNA and case folding, never as a bare suffix.
class AddressPatterns {
 public:
  static constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();

  // `number` is what Find() answers. `until` (seconds of Unix time): the pattern holds before it. Of two equal patterns
  // that one counts which holds longer; of two that hold equally long, the first. Errors: kPolicyRefused with a remedy.
  Result<void> Add(std::string_view pattern, std::uint32_t number = 0, std::int64_t until = kNoEnd);
  // For that many patterns, before they are added.
  void Reserve(std::size_t count);

  // How patterns with an end are taken while the time is not known: as holding (the default) or as over.
  void set_holds_without_clock(bool holds) { holds_without_clock_ = holds; }

  // Whether any pattern matches that holds at `now`.
  bool Matches(const AddrSpec& address, const std::optional<Timestamp>& now = std::nullopt) const {
    return Find(address, now).has_value();
  }
  // The number of such a pattern: of the address before its domain, of that before a domain above it, of those before
  // wildcards.
  std::optional<std::uint32_t> Find(const AddrSpec& address, const std::optional<Timestamp>& now) const;
  // The least number of all patterns that match at any time: of the pattern that was added first.
  std::optional<std::uint32_t> FindFirst(const AddrSpec& address) const;
  // As Matches, where AddrSpec::Key() is at hand already.
  bool Matches(const AddrSpec& address, std::string_view key, const std::optional<Timestamp>& now) const {
    return FindKey(address, key, now).has_value();
  }
  bool empty() const;

 private:
  struct Row {
    std::uint32_t number;
    std::int64_t until;
  };
  // Looks up without making a string.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Rows = std::unordered_map<std::string, Row, Hash, std::equal_to<>>;
  struct LocalPartGlob {
    std::string local_part;  // folded, with '*'
    std::string domain;
    bool sub_domains;
    Row row;
  };

  std::int64_t Moment(const std::optional<Timestamp>& now) const;
  std::optional<std::uint32_t> FindKey(const AddrSpec& address, std::string_view key,
                                       const std::optional<Timestamp>& time) const;
  static bool IsAt(std::string_view domain, const LocalPartGlob& glob);
  static void Put(std::string key, const Row& row, Rows* rows);
  static const Row* FindRow(const Rows& rows, std::string_view key, std::int64_t now);

  Rows addresses_;    // AddrSpec::Key()
  Rows domains_;      // exact
  Rows sub_domains_;  // "a.example" for "*.a.example"
  std::vector<LocalPartGlob> globs_;
  bool holds_without_clock_ = true;
};

// '*' stands for any run of characters; linear in text × pattern at worst.
bool GlobMatches(std::string_view pattern, std::string_view text);

}  // namespace lastlook
