// SPDX-License-Identifier: MPL-2.0
#include "detect/organisation_names.h"

#include <algorithm>
#include <array>

#include "detect/legal_forms.h"
#include "detect/name_characters.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kLeastCharacters = 3;
constexpr std::size_t kMostCharacters = 64;  // one bit each in a word
constexpr unsigned kCharacterBits = 21;
constexpr std::uint64_t kWindowMask = (std::uint64_t{1} << (3 * kCharacterBits)) - 1;
// Multipliers with well spread bits: 2^64 divided by the golden ratio (Knuth, TAOCP 6.4), and FNV's prime.
constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kFnvPrime = 0x100000001B3;
constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325;
// 2^21 bits are 256 KiB: they stay in the second-level cache, and 50,000 names fill one bit in forty.
constexpr unsigned kWindowBits = 21;

std::uint64_t WindowOf(std::u32string_view characters) {
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < kLeastCharacters; ++i) {
    window = window << kCharacterBits | characters[i];
  }
  return window;
}

std::size_t WindowBit(std::uint64_t window) {
  return static_cast<std::size_t>((window * kGolden) >> (64 - kWindowBits));
}

std::uint64_t Mix(std::uint64_t hash, char32_t c) {
  hash = (hash ^ c) * kFnvPrime;
  return hash ^ hash >> 29U;
}

std::uint64_t HashOf(std::u32string_view characters) {
  std::uint64_t hash = kFnvStart;
  for (const char32_t c : characters) {
    hash = Mix(hash, c);
  }
  return hash;
}

}  // namespace

OrganisationNames::OrganisationNames(std::span<const OrganisationName> names)
    : windows_((std::size_t{1} << kWindowBits) / 64) {
  names_.reserve(names.size());
  by_hash_.reserve(names.size());
  lengths_by_window_.reserve(names.size());
  for (const OrganisationName& name : names) {
    for (const std::u32string& key : NameKeys(name.name, kLeastCharacters)) {
      if (key.size() >= kLeastCharacters && key.size() <= kMostCharacters) {
        Add(key, name.id);
      }
    }
  }
}

void OrganisationNames::Add(std::u32string_view key, std::uint32_t id) {
  const std::uint64_t hash = HashOf(key);
  if (const Name* known = NameAt(hash, key)) {
    std::vector<std::uint32_t>& ids = names_[static_cast<std::size_t>(known - names_.data())].ids;
    const auto place = std::lower_bound(ids.begin(), ids.end(), id);
    if (place == ids.end() || *place != id) {
      ids.insert(place, id);
    }
    return;
  }
  by_hash_.emplace(hash, static_cast<std::uint32_t>(names_.size()));
  names_.push_back({characters_.size(), key.size(), {id}});
  characters_ += key;
  const std::uint64_t window = WindowOf(key);
  lengths_by_window_[window] |= std::uint64_t{1} << (key.size() - 1);
  windows_[WindowBit(window) / 64] |= std::uint64_t{1} << (WindowBit(window) % 64);
}

const OrganisationNames::Name* OrganisationNames::NameAt(std::uint64_t hash, std::u32string_view characters) const {
  const auto [from, to] = by_hash_.equal_range(hash);
  for (auto at = from; at != to; ++at) {
    const Name& name = names_[at->second];
    if (std::u32string_view(characters_).substr(name.first, name.length) == characters) {
      return &name;
    }
  }
  return nullptr;
}

const OrganisationNames::Name* OrganisationNames::LongestAt(std::string_view utf8, std::size_t at,
                                                            std::uint64_t lengths, std::size_t* end) const {
  const Name* longest = nullptr;
  std::array<char32_t, kMostCharacters> characters{};
  NameReader reader(utf8, at);
  NameCharacter next;
  bool more = reader.Next(&next);
  std::uint64_t hash = kFnvStart;
  for (std::size_t count = 0; more && next.value != kNameBreak && lengths != 0 && count < kMostCharacters;) {
    const NameCharacter last = next;
    characters[count++] = last.value;
    hash = Mix(hash, last.value);
    more = reader.Next(&next);
    if ((lengths & 1U) != 0) {
      const bool inside_word = more && !next.apart && IsInsideWord(last.value, next.value);
      const Name* name = inside_word ? nullptr : NameAt(hash, std::u32string_view(characters.data(), count));
      if (name != nullptr) {
        longest = name;
        *end = last.end;
      }
    }
    lengths >>= 1U;
  }
  return longest;
}

std::vector<OrganisationMention> OrganisationNames::Find(std::string_view utf8) const {
  std::vector<OrganisationMention> mentions;
  NameReader reader(utf8);
  std::array<NameCharacter, 4> recent{};  // the last four, by their number
  std::uint64_t window = 0;
  std::size_t free_from = 0;
  NameCharacter next;
  for (std::size_t count = 0; reader.Next(&next); ++count) {
    recent[count % 4] = next;
    window = (window << kCharacterBits | next.value) & kWindowMask;
    const std::size_t bit = WindowBit(window);
    if ((windows_[bit / 64] >> (bit % 64) & 1U) == 0 || count + 1 < kLeastCharacters) {
      continue;
    }
    const NameCharacter& first = recent[(count - 2) % 4];
    if (first.begin < free_from) {
      continue;
    }
    if (count >= 3 && !first.apart && IsInsideWord(recent[(count - 3) % 4].value, first.value)) {
      continue;
    }
    const auto lengths = lengths_by_window_.find(window);
    if (lengths == lengths_by_window_.end()) {
      continue;
    }
    std::size_t end = 0;
    if (const Name* name = LongestAt(utf8, first.begin, lengths->second, &end)) {
      for (const std::uint32_t id : name->ids) {
        mentions.push_back({first.begin, end, id});
      }
      free_from = end;
    }
  }
  return mentions;
}

}  // namespace lastlook::detect
