// SPDX-License-Identifier: MPL-2.0
// What the characters of an address field are, and where quoted strings and comments end (RFC 5322 section 3.2).
// Private to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lastlook::address {

// Classes of characters, as bits.
inline constexpr unsigned kAtext = 1;  // RFC 5322 section 3.2.3, ASCII part
inline constexpr unsigned kBlank = 2;  // space, tab, and the CR LF of folded lines
inline constexpr unsigned kDomainText =
    4;  // letters, digits, hyphen, dot, and the underscore that real host names hold
inline constexpr unsigned kPhraseText = 8;    // what display names hold without further meaning: atext, space, dot
inline constexpr unsigned kPlainQuoted = 16;  // what means itself in a quoted string, all that is not ASCII included
inline constexpr unsigned kLocalText = 32;    // atext and dot

constexpr std::array<std::uint8_t, 256> MakeCharClasses() {
  std::array<std::uint8_t, 256> classes{};
  constexpr std::string_view kAtextSpecials = "!#$%&'*+-/=?^_`{|}~";
  for (int c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    const bool atext =
        letter || digit || (c < 128 && kAtextSpecials.find(static_cast<char>(c)) != std::string_view::npos);
    unsigned bits = 0;
    bits |= atext ? kAtext : 0U;
    bits |= c == ' ' || c == '\t' || c == '\r' || c == '\n' ? kBlank : 0U;
    bits |= letter || digit || c == '-' || c == '.' || c == '_' ? kDomainText : 0U;
    bits |= atext || c == ' ' || c == '.' ? kPhraseText : 0U;
    bits |= c >= 32 && c != 127 && c != '"' && c != '\\' ? kPlainQuoted : 0U;
    bits |= atext || c == '.' ? kLocalText : 0U;
    classes[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(bits);
  }
  return classes;
}

inline constexpr std::array<std::uint8_t, 256> kCharClasses = MakeCharClasses();

inline bool Is(char c, unsigned char_class) {
  return (kCharClasses[static_cast<unsigned char>(c)] & char_class) != 0;
}

inline bool IsNotAscii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// `text[at]` opens a quoted string or a comment: the place behind its end, npos if it has none.
std::size_t SkipQuoted(std::string_view text, std::size_t at);
std::size_t SkipComment(std::string_view text, std::size_t at);  // comments nest; no recursion

// The length of the encoded word at text[at], if it is one in which no address can hide; else 0. Careless programs
// leave commas, brackets and quotes in them.
std::size_t EncodedWordAt(std::string_view text, std::size_t at);

// The place of the next character that is neither white space nor within a comment; npos if a comment does not end.
std::size_t SkipBlanksAndComments(std::string_view text, std::size_t at);

// White space of all scripts, and of folded lines, at both ends.
std::string_view TrimBlanks(std::string_view text);

// The length in bytes of the white space character that is not ASCII at the beginning of `text` (U+00A0, U+3000 …), or
// 0.
std::size_t WideBlankLength(std::string_view text);

// The length in bytes of the full-width separator at the beginning of `text` (，；、), or 0.
std::size_t WideSeparatorLength(std::string_view text);

}  // namespace lastlook::address
