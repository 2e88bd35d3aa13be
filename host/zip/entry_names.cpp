// SPDX-License-Identifier: MPL-2.0
#include "zip/entry_names.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/composed_text.h"
#include "base/text_fold.h"

namespace lastlook::zip {
namespace {

// File systems take 255 bytes or 255 UTF-16 units (ext4, APFS, NTFS); the rest is for " (65536)" and for the folder
// that people unpack into, of which Windows' Explorer counts 260 characters together.
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxExtensionBytes = 20;  // longer ones are part of the name
constexpr std::string_view kNameless = "file";

// Microsoft, "Naming Files, Paths, and Namespaces": what no name may hold, and names that are devices.
constexpr std::string_view kForbidden = "<>:\"/\\|?*";
constexpr std::array<std::string_view, 22> kDevices = {"con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4",
                                                       "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
                                                       "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};

// Characters that nobody sees and that make a name look like another one: control characters of two bytes, marks of
// direction (UAX #9) and line separators. In UTF-8.
bool IsUnseen(std::string_view character) {
  if (character.size() == 2) {
    return character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0;  // U+0080–009F
  }
  return character.size() == 3 && ((character >= "\xE2\x80\x8E" && character <= "\xE2\x80\x8F") ||  // U+200E, U+200F
                                   (character >= "\xE2\x80\xA8" && character <= "\xE2\x80\xAE") ||  // U+2028–202E
                                   (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9"));   // U+2066–2069
}

std::size_t CharacterBytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Where the extension begins, with its dot; the length when there is none.
std::size_t ExtensionAt(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || name.size() - dot > kMaxExtensionBytes ? name.size() : dot;
}

// At most `bytes` of it, cut between two characters.
std::string_view Front(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) {
    return text;
  }
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) {
    --bytes;
  }
  return text.substr(0, bytes);
}

// The name with `number` behind it and before its extension.
std::string Numbered(std::string_view name, std::size_t number) {
  const std::size_t extension = ExtensionAt(name);
  return std::string(name.substr(0, extension)) + " (" + std::to_string(number) + ")" +
         std::string(name.substr(extension));
}

bool IsDevice(std::string_view name) {
  const std::string stem = AsciiLower(TrimSpace(name.substr(0, name.find('.'))));
  return std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end();
}

}  // namespace

std::string SafeName(std::string_view name) {
  const std::string composed = ComposeText(name);
  std::string safe;
  safe.reserve(composed.size());
  for (std::size_t at = 0; at < composed.size();) {
    const std::string_view character = std::string_view(composed).substr(at, CharacterBytes(composed[at]));
    const auto byte = static_cast<unsigned char>(character[0]);
    const bool refused =
        byte < 0x20 || byte == 0x7F || kForbidden.find(character[0]) != std::string_view::npos || IsUnseen(character);
    safe += refused ? std::string_view("_") : character;
    at += character.size();
  }
  // Windows drops blanks and dots at the end, and a name that begins with blanks cannot be typed.
  while (!safe.empty() && (safe.back() == ' ' || safe.back() == '.')) {
    safe.pop_back();
  }
  safe.erase(0, safe.find_first_not_of(' '));
  if (safe.size() > kMaxNameBytes) {
    const std::size_t extension = ExtensionAt(safe);
    const std::string tail = safe.substr(extension);
    safe = std::string(Front(std::string_view(safe).substr(0, extension), kMaxNameBytes - tail.size())) + tail;
  }
  if (safe.empty()) {
    return std::string(kNameless);
  }
  return IsDevice(safe) ? "_" + safe : safe;
}

std::vector<std::string> DistinctNames(const std::vector<std::string>& names) {
  std::vector<std::string> distinct;
  distinct.reserve(names.size());
  std::unordered_set<std::string> taken;  // folded
  // A name that stands as it is goes first: "a (2).txt" is not to be pushed away by the second "a.txt".
  for (const std::string& name : names) {
    distinct.push_back(SafeName(name));
  }
  std::vector<bool> keeps(names.size());
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    keeps[i] = taken.insert(Fold(distinct[i])).second;
  }
  std::unordered_map<std::string, std::size_t> last_number;
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    if (keeps[i]) {
      continue;
    }
    std::size_t& number = last_number.try_emplace(Fold(distinct[i]), 1).first->second;
    std::string numbered;
    do {
      numbered = Numbered(distinct[i], ++number);
    } while (!taken.insert(Fold(numbered)).second);
    distinct[i] = std::move(numbered);
  }
  return distinct;
}

}  // namespace lastlook::zip
