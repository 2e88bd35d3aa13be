// SPDX-License-Identifier: MPL-2.0
#include "detect/name_characters.h"

#include <array>

namespace lastlook::detect {
namespace {

// U+00C0 to U+017F without their accents (Unicode's canonical decompositions, and ß æ ø œ ł by the letter they look
// like); '*' stands for what is no letter.
constexpr std::string_view kLatinLetters =
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

// U+FF61 to U+FF9F as their full-width forms (Unicode, Halfwidth and Fullwidth Forms).
constexpr std::u32string_view kHalfWidthKatakana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリ"
    U"ルレロワン゛゜";

constexpr std::array<char, 128> kAscii = [] {
  std::array<char, 128> table{};
  for (int i = 0; i < 128; ++i) {
    const char c = static_cast<char>(i);
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&';
    const bool separator =
        c == ' ' || c == '.' || c == ',' || c == '-' || c == '\'' || c == '(' || c == ')' || c == '/';
    table[static_cast<std::size_t>(i)] = upper       ? static_cast<char>(c + 32)
                                         : word      ? c
                                         : separator ? static_cast<char>(kNameSeparator)
                                                     : static_cast<char>(kNameBreak);
  }
  return table;
}();

char32_t FoldTwoBytes(char32_t c) {
  if (c >= 0xC0 && c < 0xC0 + kLatinLetters.size()) {
    const char letter = kLatinLetters[c - 0xC0];
    return letter == '*' ? kNameBreak : static_cast<char32_t>(letter);
  }
  if (c == 0xA0 || c == 0xB7) {
    return kNameSeparator;
  }
  if (c == 0xAD || (c >= 0x300 && c < 0x370)) {
    return kNameUnseen;
  }
  if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) {
    return c + 0x20;
  }
  if (c >= 0x400 && c <= 0x40F) {
    return c + 0x50;
  }
  return c < 0x250 ? kNameBreak : c;
}

char32_t FoldGeneralPunctuation(char32_t c) {
  const bool unseen = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c >= 0x2060;
  const bool separator = c <= 0x2015 || c == 0x2019 || c == 0x202F || c == 0x205F;
  return unseen ? kNameUnseen : separator ? kNameSeparator : kNameBreak;
}

}  // namespace

char32_t FoldNameCharacter(char32_t c) {
  if (c < 0x80) {
    return static_cast<unsigned char>(kAscii[c]);
  }
  if ((c >= 0x3040 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0)) {  // kana, kanji, hangul; most of what is not ASCII
    if (c == 0x30FB) {
      return kNameSeparator;
    }
    // ㈱ and its like read as the letter in the brackets; other enclosed characters separate.
    switch (c) {
      case 0x3231:
      case 0x337F:
        return U'株';
      case 0x3232:
        return U'有';
      case 0x321C:
        return U'주';
      default:
        return (c >= 0x3200 && c < 0x3400) ? kNameSeparator : c;
    }
  }
  if (c < 0x800) {
    return FoldTwoBytes(c);
  }
  if (c >= 0xFF01 && c <= 0xFF5E) {
    return static_cast<unsigned char>(kAscii[c - 0xFEE0]);
  }
  if (c >= 0xFF61 && c <= 0xFF9D) {
    return FoldNameCharacter(kHalfWidthKatakana[c - 0xFF61]);
  }
  if (c >= 0x2000 && c <= 0x206F) {
    return FoldGeneralPunctuation(c);
  }
  if (c == 0x3000 || c == 0x2212 || c == 0x30A0) {
    return kNameSeparator;
  }
  if (c == 0xFEFF || c == 0x180E || (c >= 0xFE00 && c <= 0xFE0F)) {
    return kNameUnseen;
  }
  return c == 0x3005 || c == 0x3007 ? c : kNameBreak;  // 々 〇
}

}  // namespace lastlook::detect
