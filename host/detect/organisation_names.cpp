// SPDX-License-Identifier: MPL-2.0
#include "detect/organisation_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "detect/legal_forms.h"
#include "detect/name_characters.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kLeastCharacters = 3;
constexpr std::size_t kMostCharacters = 64;  // one bit each in a word
constexpr unsigned kCharacterBits = 21;
constexpr std::size_t kPlane = 0x10000;  // characters of the basic plane; no name begins with another
// Multipliers with well spread bits: 2^64 divided by the golden ratio (Knuth, TAOCP 6.4), and FNV's prime.
constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kFnvPrime = 0x100000001B3;
constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325;
std::uint64_t WindowOf(std::u32string_view characters) {
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < kLeastCharacters; ++i) {
    window = window << kCharacterBits | characters[i];
  }
  return window;
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

bool IsAsciiWordByte(char c) {
  return static_cast<unsigned char>(c) < 0x80 && IsLatinWordCharacter(FoldNameCharacter(static_cast<unsigned char>(c)));
}

// The character that ends at `end` is this one, if the bytes before are one.
CodePoint CharacterBefore(std::string_view utf8, std::size_t end) {
  for (std::size_t bytes = 2; bytes <= 4 && bytes <= end; ++bytes) {
    const CodePoint c = DecodeAt(utf8, end - bytes);
    if (c.bytes == bytes) {
      return c;
    }
  }
  return DecodeAt(utf8.substr(0, end), end - 1);
}

bool IsVoiceMark(char32_t c) {
  return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
}

// True if the character at `at` goes on with a word that has begun before it, or with the letter before it.
bool BeginsInsideWord(std::string_view utf8, std::size_t at) {
  NameCharacter first;
  NameReader(utf8, at).Next(&first);
  if (at > 0 && IsVoiceMark(DecodeAt(utf8, at).value)) {
    return IsKatakana(FoldNameCharacter(CharacterBefore(utf8, at).value));
  }
  bool voiced = false;
  while (at > 0) {
    const CodePoint c = CharacterBefore(utf8, at);
    at -= c.bytes;
    const char32_t value = FoldNameCharacter(c.value);
    if (IsVoiceMark(c.value)) {
      if (voiced) {
        return false;  // two marks: the second stands for itself
      }
      voiced = true;
      continue;
    }
    if (value == kNameUnseen) {
      if (voiced) {
        return false;  // the mark has no letter right before it
      }
      continue;
    }
    if (voiced) {
      NameCharacter joined;
      NameReader(utf8, at).Next(&joined);
      return IsKatakana(value) && IsInsideWord(joined.value, first.value);
    }
    return IsInsideWord(value, first.value);  // a separator is no part of a word
  }
  return false;
}

}  // namespace

OrganisationNames::OrganisationNames(std::span<const OrganisationName> names) : begins_(kPlane / 64) {
  std::vector<std::pair<std::u32string, std::uint32_t>> keys;
  keys.reserve(names.size());
  std::size_t characters = 0;
  for (const OrganisationName& name : names) {
    for (std::u32string& key : NameKeys(name.name, kLeastCharacters)) {
      if (key.size() >= kLeastCharacters && key.size() <= kMostCharacters) {
        characters += key.size();
        keys.emplace_back(std::move(key), name.id);
      }
    }
  }
  const std::size_t slots = std::bit_ceil(keys.size() * 2 + 1);
  by_hash_.resize(slots);
  by_window_.resize(slots);
  names_.reserve(keys.size());
  characters_.reserve(characters);
  std::u32string firsts;
  for (const auto& [key, id] : keys) {
    Add(key, id);
    firsts += key.front();
  }
  std::sort(firsts.begin(), firsts.end());
  firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
  for (const char32_t first : firsts) {
    MayBegin(first);
  }
  for (Name& name : names_) {
    std::sort(name.ids.begin(), name.ids.end());
    name.ids.erase(std::unique(name.ids.begin(), name.ids.end()), name.ids.end());
  }
}

void OrganisationNames::Add(std::u32string_view key, std::uint32_t id) {
  const std::uint64_t hash = HashOf(key);
  std::uint32_t& slot = by_hash_[SlotOfName(hash, key)];
  if (slot != 0) {
    Name& known = names_[slot - 1];
    if (known.ids.empty()) {
      known.ids.push_back(known.id);
    }
    known.ids.push_back(id);
    return;
  }
  names_.push_back(
      {hash, static_cast<std::uint32_t>(characters_.size()), static_cast<std::uint32_t>(key.size()), id, {}});
  slot = static_cast<std::uint32_t>(names_.size());
  characters_ += key;
  Window& window = by_window_[SlotOfWindow(WindowOf(key))];
  window.characters = WindowOf(key);
  window.lengths |= std::uint64_t{1} << (key.size() - 1);
}

// Notes the characters that are read as `first`, alone or with a voice mark behind them.
void OrganisationNames::MayBegin(char32_t first) {
  static const std::vector<std::pair<char32_t, char32_t>> kRead = [] {
    std::vector<std::pair<char32_t, char32_t>> read;  // as what, and which character
    for (char32_t c = 0; c < kPlane; ++c) {
      const char32_t folded = FoldNameCharacter(c);
      if (folded > kNameUnseen && (folded != c || c < 0x80)) {
        read.emplace_back(folded, c);
      }
    }
    std::sort(read.begin(), read.end());
    return read;
  }();
  const auto note = [this](char32_t c) {
    begins_[c / 64] |= std::uint64_t{1} << (c % 64);
    any_ascii_ = any_ascii_ || c < 0x80;
  };
  const auto note_all = [&note](char32_t folded) {
    if (FoldNameCharacter(folded) == folded && folded > kNameUnseen) {
      note(folded);
    }
    for (auto at = std::lower_bound(kRead.begin(), kRead.end(), std::pair(folded, char32_t{0}));
         at != kRead.end() && at->first == folded; ++at) {
      note(at->second);
    }
  };
  note_all(first);
  if (IsKatakana(first) || first == 0x30FD || first == 0x30FE) {
    for (const char32_t before : {char32_t{first - 1}, char32_t{first - 2}, char32_t{0x30A6}}) {
      note_all(before);
    }
  }
}

// Where the name stands, or would.
std::size_t OrganisationNames::SlotOfName(std::uint64_t hash, std::u32string_view characters) const {
  const std::size_t mask = by_hash_.size() - 1;
  for (std::size_t slot = hash * kGolden >> 32U & mask;; slot = (slot + 1) & mask) {
    if (by_hash_[slot] == 0) {
      return slot;
    }
    const Name& name = names_[by_hash_[slot] - 1];
    if (name.hash == hash && std::u32string_view(characters_).substr(name.first, name.length) == characters) {
      return slot;
    }
  }
}

std::size_t OrganisationNames::SlotOfWindow(std::uint64_t window) const {
  const std::size_t mask = by_window_.size() - 1;
  std::size_t slot = window * kGolden >> 32U & mask;
  while (by_window_[slot].characters != 0 && by_window_[slot].characters != window) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

const OrganisationNames::Name* OrganisationNames::NameAt(std::uint64_t hash, std::u32string_view characters) const {
  const std::uint32_t index = by_hash_[SlotOfName(hash, characters)];
  return index == 0 ? nullptr : &names_[index - 1];
}

const OrganisationNames::Name* OrganisationNames::LongestAt(std::string_view utf8, std::size_t at,
                                                            std::size_t* end) const {
  const Name* longest = nullptr;
  std::array<char32_t, kMostCharacters> characters{};
  NameReader reader(utf8, at);
  NameCharacter next;
  bool more = reader.Next(&next);
  std::uint64_t hash = kFnvStart;
  std::uint64_t lengths = ~std::uint64_t{0};
  for (std::size_t count = 0; more && next.value != kNameBreak && lengths != 0 && count < kMostCharacters;) {
    const NameCharacter last = next;
    characters[count++] = last.value;
    hash = Mix(hash, last.value);
    more = reader.Next(&next);
    if (count == kLeastCharacters) {
      lengths = by_window_[SlotOfWindow(WindowOf({characters.data(), count}))].lengths >> (kLeastCharacters - 1);
    }
    if (count >= kLeastCharacters) {
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
  }
  return longest;
}

std::size_t OrganisationNames::NextBeginning(std::string_view utf8, std::size_t at) const {
  while (at < utf8.size()) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0x80) {
      if (!any_ascii_) {
        for (std::uint64_t eight = 0; utf8.size() - at > sizeof eight; at += sizeof eight) {
          std::memcpy(&eight, utf8.data() + at, sizeof eight);
          if ((eight & 0x8080808080808080U) != 0) {
            break;
          }
        }
        while (at < utf8.size() && static_cast<unsigned char>(utf8[at]) < 0x80) {
          ++at;
        }
        continue;
      }
      // Within a word no name begins.
      if ((begins_[byte / 64] >> (byte % 64) & 1U) != 0 && (at == 0 || !IsAsciiWordByte(utf8[at - 1]))) {
        return at;
      }
      ++at;
      continue;
    }
    const CodePoint c = DecodeAt(utf8, at);
    if (c.value < kPlane && (begins_[c.value / 64] >> (c.value % 64) & 1U) != 0) {
      return at;
    }
    at += c.bytes;
  }
  return at;
}

std::vector<OrganisationMention> OrganisationNames::Find(std::string_view utf8) const {
  std::vector<OrganisationMention> mentions;
  for (std::size_t at = NextBeginning(utf8, 0); at < utf8.size(); at = NextBeginning(utf8, at)) {
    std::size_t end = 0;
    const Name* name = LongestAt(utf8, at, &end);
    if (name == nullptr || BeginsInsideWord(utf8, at)) {
      at += DecodeAt(utf8, at).bytes;
      continue;
    }
    for (const std::uint32_t id : name->ids.empty() ? std::span(&name->id, 1) : std::span(name->ids)) {
      mentions.push_back({at, end, id});
    }
    at = end;
  }
  return mentions;
}

}  // namespace lastlook::detect
