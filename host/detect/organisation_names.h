// SPDX-License-Identifier: MPL-2.0
// Names of organisations in a text, from a list of up to some hundred thousand.
//
// Names are compared without their legal form (株式会社, (株), ㈱, 有限会社, Co., Ltd., Inc., GmbH, 有限公司 … in
// front, behind or in the middle), without letter case, width and accents, and without spaces and middle dots beside
// Japanese or Chinese. A name that begins or ends with a Latin letter or katakana does so at the edge of a word
// ("ソニー" is not in "ソニーズ").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct OrganisationName {
  std::string_view name;  // UTF-8, as people write it; need not live longer than the call
  std::uint32_t id = 0;   // the caller's; several names may have one
};

struct OrganisationMention {
  std::size_t begin = 0;  // bytes of the searched text; without the legal form
  std::size_t end = 0;
  std::uint32_t id = 0;

  bool operator==(const OrganisationMention&) const = default;
};

// Immutable once built, so thread-safe.
class OrganisationNames {
 public:
  // Names of which fewer than three characters are left without the legal form are compared with it; where they have
  // none they are passed over: so short a word means too much else. So are names of more than 64 characters.
  explicit OrganisationNames(std::span<const OrganisationName> names);

  // Every mention, in order; of names that begin at one place the longest. Where several ids have the same name, one
  // mention for each, by rising id. Takes time linear in the text, whatever it holds; never fails.
  std::vector<OrganisationMention> Find(std::string_view utf8) const;

  // How many different names are looked for.
  std::size_t size() const { return names_.size(); }

 private:
  struct Name {
    std::uint64_t hash = 0;
    std::uint32_t first = 0;  // its characters in characters_
    std::uint32_t length = 0;
    std::uint32_t id = 0;
    std::vector<std::uint32_t> ids;  // rising, where several have this name; else empty
  };
  // The first three characters of names, and with a bit per length how long these are.
  struct Window {
    std::uint64_t characters = 0;  // 0: the slot is empty
    std::uint64_t lengths = 0;
  };

  void Add(std::u32string_view key, std::uint32_t id);
  void MayBegin(char32_t first);
  std::size_t SlotOfName(std::uint64_t hash, std::u32string_view characters) const;
  std::size_t SlotOfWindow(std::uint64_t window) const;
  const Name* NameAt(std::uint64_t hash, std::u32string_view characters) const;
  // The longest name that begins at byte `at` (null: none), and where it ends.
  const Name* LongestAt(std::string_view utf8, std::size_t at, std::size_t* end) const;
  // The next byte from `at` on at which a character stands that begins a name; the size of the text if there is none.
  std::size_t NextBeginning(std::string_view utf8, std::size_t at) const;

  std::u32string characters_;
  std::vector<Name> names_;
  // Tables with open addressing, never more than half full; their sizes are powers of two.
  std::vector<std::uint32_t> by_hash_;  // index in names_ and 1; 0: empty
  std::vector<Window> by_window_;
  std::vector<std::uint64_t> begins_;  // one bit per UTF-16 unit with which a name may begin in a text
  bool any_ascii_ = false;             // such a character is ASCII
};

}  // namespace lastlook::detect
