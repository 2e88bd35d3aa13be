// SPDX-License-Identifier: MPL-2.0
#include "detect/romaji.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

namespace lastlook::detect {
namespace {

constexpr std::size_t kKanaBytes = 3;

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

void ReplaceAll(std::string* text, std::string_view from, std::string_view to) {
  for (std::size_t at = text->find(from); at != std::string::npos; at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

std::size_t CharacterBytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Katakana (U+30A1–U+30F6) as hiragana, which stand 0x60 below; anything else as it is.
std::string Hiragana(std::string_view character) {
  if (character.size() != kKanaBytes || character[0] != '\xE3') {
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

}  // namespace

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

}  // namespace lastlook::detect
