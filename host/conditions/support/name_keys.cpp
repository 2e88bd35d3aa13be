// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/name_keys.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text_fold.h"
#include "detect/romaji.h"
#include "detect/surnames.h"

namespace lastlook {
namespace {

constexpr std::size_t kShortestWord = 3;  // initials and particles are no names
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kKanjiBytes = 3;

constexpr std::array kRoles = std::to_array<std::string_view>(
    {"info",       "information", "support",  "sales",   "contact",  "admin",      "office",   "mail",  "webmaster",
     "postmaster", "noreply",     "no-reply", "hr",      "pr",       "recruit",    "desk",     "help",  "helpdesk",
     "service",    "order",       "orders",   "billing", "invoice",  "accounting", "keiri",    "soumu", "somu",
     "eigyo",      "eigyou",      "jinji",    "kouhou",  "koho",     "toiawase",   "soudan",   "staff", "team",
     "all",        "press",       "news",     "shop",    "customer", "inquiry",    "reception"});

// Titles that stand before or behind a name.
constexpr std::array kTitles = std::to_array<std::string_view>({"mrs", "prof", "san", "sama", "ltd", "inc", "corp"});

bool IsLetter(char c) {
  return c >= 'a' && c <= 'z';
}

void AddWords(std::string_view folded, std::vector<std::string>* keys) {
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t end = i;
    while (end < folded.size() && IsLetter(folded[end])) {
      ++end;
    }
    std::string word(folded.substr(i, end - i));
    if (word.size() >= kShortestWord && std::find(kTitles.begin(), kTitles.end(), word) == kTitles.end()) {
      keys->push_back(detect::PlainRomaji(std::move(word)));
    }
    i = std::max(end, i + 1);
  }
}

// The surname of a name in kanji or kana: what stands before a blank, or a surname that is known, or two characters.
void AddJapanese(std::string_view folded, std::vector<std::string>* keys) {
  const std::size_t blank = folded.find(' ');
  const std::string_view first = folded.substr(0, blank);
  const std::size_t bytes = detect::JapaneseSurname(first, false);
  // Where a blank ends the surname it is the whole of it. 森 is a surname; 森本 is another, and 森本太郎 is none of the
  // first.
  const bool whole = bytes == first.size() || (blank == std::string_view::npos && bytes > kKanjiBytes);
  if (bytes > 0 && whole) {
    const std::string_view surname = first.substr(0, bytes);
    for (const std::string_view reading : detect::ReadingsOfSurname(surname)) {
      keys->push_back(detect::RomajiOfKana(reading));
    }
    keys->emplace_back(surname);
    return;
  }
  if (const std::string romaji = detect::RomajiOfKana(first); !romaji.empty()) {
    if (blank != std::string_view::npos || romaji.size() <= 2 * kKanjiBytes) {
      keys->push_back(romaji);
    }
    return;
  }
  keys->emplace_back(blank == std::string_view::npos ? first.substr(0, 2 * kKanjiBytes) : first);
}

}  // namespace

bool IsRoleName(std::string_view folded_local_part) {
  return std::find(kRoles.begin(), kRoles.end(), folded_local_part) != kRoles.end();
}

std::vector<std::string> NameKeys(std::string_view display_name, std::string_view local_part) {
  std::vector<std::string> keys;
  const std::string name = Fold(TrimSpace(display_name.substr(0, kLongestName)));
  if (!name.empty() && !IsAscii(name.substr(0, 1))) {
    AddJapanese(name, &keys);
  } else {
    AddWords(name, &keys);
  }
  const std::string local = Fold(local_part.substr(0, kLongestName));
  if (!IsRoleName(local)) {
    AddWords(local, &keys);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<std::string> SlipKeys(std::string_view display_name, std::string_view local_part) {
  std::vector<std::string> keys = NameKeys(display_name, local_part);
  const std::string name = Fold(TrimSpace(display_name.substr(0, kLongestName)));
  const std::string local = Fold(local_part.substr(0, kLongestName));
  const std::string& written = name.empty() ? local : name;
  if (!IsAscii(written.substr(0, 1)) || (name.empty() && IsRoleName(local))) {
    return keys;
  }
  std::string_view first;
  std::string_view last;
  for (std::size_t i = 0; i < written.size();) {
    std::size_t end = i;
    while (end < written.size() && IsLetter(written[end])) {
      ++end;
    }
    if (end > i) {
      last = std::string_view(written).substr(i, end - i);
      first = first.empty() ? last : first;
    }
    i = std::max(end, i + 1);
  }
  if (first.data() == last.data()) {
    return keys;
  }
  if (written.find(',') != std::string::npos) {
    std::swap(first, last);
  }
  constexpr std::size_t kOfFirst = 3;
  constexpr std::size_t kOfLast = 4;
  // Marked, so that they meet only their like.
  keys.push_back("first " + std::string(first.substr(0, kOfFirst)));
  keys.push_back("last " + std::string(last.substr(0, kOfLast)));
  return keys;
}

}  // namespace lastlook
