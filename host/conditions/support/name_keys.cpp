// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/name_keys.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "base/text_fold.h"
#include "detect/surnames.h"

namespace lastlook {
namespace {

constexpr std::size_t kShortestWord = 3;  // initials and particles are no names
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kKanjiBytes = 3;

using Reading = std::pair<std::string_view, std::string_view>;

// Hiragana in Kunrei romanisation.
constexpr std::array kKana = std::to_array<Reading>(
    {{"あ", "a"},  {"い", "i"},  {"う", "u"},  {"え", "e"},  {"お", "o"},  {"か", "ka"}, {"き", "ki"}, {"く", "ku"},
     {"け", "ke"}, {"こ", "ko"}, {"さ", "sa"}, {"し", "si"}, {"す", "su"}, {"せ", "se"}, {"そ", "so"}, {"た", "ta"},
     {"ち", "ti"}, {"つ", "tu"}, {"て", "te"}, {"と", "to"}, {"な", "na"}, {"に", "ni"}, {"ぬ", "nu"}, {"ね", "ne"},
     {"の", "no"}, {"は", "ha"}, {"ひ", "hi"}, {"ふ", "hu"}, {"へ", "he"}, {"ほ", "ho"}, {"ま", "ma"}, {"み", "mi"},
     {"む", "mu"}, {"め", "me"}, {"も", "mo"}, {"や", "ya"}, {"ゆ", "yu"}, {"よ", "yo"}, {"ら", "ra"}, {"り", "ri"},
     {"る", "ru"}, {"れ", "re"}, {"ろ", "ro"}, {"わ", "wa"}, {"を", "o"},  {"ん", "n"},  {"が", "ga"}, {"ぎ", "gi"},
     {"ぐ", "gu"}, {"げ", "ge"}, {"ご", "go"}, {"ざ", "za"}, {"じ", "zi"}, {"ず", "zu"}, {"ぜ", "ze"}, {"ぞ", "zo"},
     {"だ", "da"}, {"ぢ", "zi"}, {"づ", "zu"}, {"で", "de"}, {"ど", "do"}, {"ば", "ba"}, {"び", "bi"}, {"ぶ", "bu"},
     {"べ", "be"}, {"ぼ", "bo"}, {"ぱ", "pa"}, {"ぴ", "pi"}, {"ぷ", "pu"}, {"ぺ", "pe"}, {"ぽ", "po"}, {"ゃ", "ya"},
     {"ゅ", "yu"}, {"ょ", "yo"}});

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

void ReplaceAll(std::string* text, std::string_view from, std::string_view to) {
  for (std::size_t at = text->find(from); at != std::string::npos; at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

// Hepburn, Kunrei and passport spellings of one name made one: Itoh, Itou and Ito; Shinji and Sinzi.
std::string PlainRomaji(std::string word) {
  static constexpr Reading kSpellings[] = {{"tch", "ch"}, {"sh", "sy"},  {"ch", "ty"},  {"j", "zy"},   {"tsu", "tu"},
                                           {"fu", "hu"},  {"dzu", "zu"}, {"syi", "si"}, {"tyi", "ti"}, {"zyi", "zi"},
                                           {"mb", "nb"},  {"mp", "np"},  {"ou", "o"},   {"oo", "o"},   {"uu", "u"}};
  for (const auto& [from, to] : kSpellings) {
    ReplaceAll(&word, from, to);
  }
  // "oh" before a consonant or at the end: Ohno, Itoh.
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    const bool silent = word[i] == 'h' && i > 0 && word[i - 1] == 'o' &&
                        std::string_view("aeiouy").find(next) == std::string_view::npos;
    if (!silent) {
      out += word[i];
    }
  }
  return out;
}

std::size_t CharacterBytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Katakana (U+30A1–U+30F6) as hiragana, which stand 0x60 below; anything else as it is.
std::string Hiragana(std::string_view character) {
  if (character.size() != kKanjiBytes || character[0] != '\xE3') {
    return std::string(character);
  }
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  const unsigned code = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  if (code < 0x30A1 || code > 0x30F6) {
    return std::string(character);
  }
  const unsigned hiragana = code - 0x60;
  return {static_cast<char>(0xE0U | hiragana >> 12U), static_cast<char>(0x80U | (hiragana >> 6U & 0x3FU)),
          static_cast<char>(0x80U | (hiragana & 0x3FU))};
}

// A word of kana in Latin letters; "" if it has any other character.
std::string RomajiOfKana(std::string_view word) {
  static const std::unordered_map<std::string_view, std::string_view> kTable(kKana.begin(), kKana.end());
  std::string romaji;
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t bytes = std::min(CharacterBytes(word[i]), word.size() - i);
    const std::string character = Hiragana(word.substr(i, bytes));
    i += bytes;
    if (character == "っ" || character == "ー") {
      continue;
    }
    const auto found = kTable.find(character);
    if (found == kTable.end()) {
      return "";
    }
    const bool small = character == "ゃ" || character == "ゅ" || character == "ょ";
    if (small && !romaji.empty() && romaji.back() == 'i') {
      romaji.pop_back();
    }
    romaji += found->second;
  }
  return PlainRomaji(std::move(romaji));
}

void AddWords(std::string_view folded, std::vector<std::string>* keys) {
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t end = i;
    while (end < folded.size() && IsLetter(folded[end])) {
      ++end;
    }
    std::string word(folded.substr(i, end - i));
    if (word.size() >= kShortestWord && std::find(kTitles.begin(), kTitles.end(), word) == kTitles.end()) {
      keys->push_back(PlainRomaji(std::move(word)));
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
      keys->push_back(RomajiOfKana(reading));
    }
    keys->emplace_back(surname);
    return;
  }
  if (const std::string romaji = RomajiOfKana(first); !romaji.empty()) {
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

}  // namespace lastlook
