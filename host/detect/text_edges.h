// SPDX-License-Identifier: MPL-2.0
// Where a number begins and ends in running text. There is no word boundary between "番号" and "123", and there is one
// digit chain in "03-1234-5678-A"; so this asks for the neighbours instead. Private to this folder.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/labels.h"

namespace lastlook::detect {

inline bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
inline bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool IsAsciiLetter(char c) {
  return IsUpper(c) || (c >= 'a' && c <= 'z');
}
inline bool IsWordByte(char c) {
  return IsDigit(c) || IsAsciiLetter(c);
}
inline char LowerAscii(char c) {
  return IsUpper(c) ? static_cast<char>(c + 32) : c;
}

// True if a value of these types may begin at `begin`: no letter, digit, currency sign or chain runs into it. A word
// that is a label of the type may ("TEL03-…").
bool MayBegin(std::string_view text, std::size_t begin, TypeMask types);
// True if a value may end at `end`.
bool MayEnd(std::string_view text, std::size_t end, TypeMask types);
// True inside a web address (not a tel: or mailto: link).
bool IsInWebAddress(std::string_view text, std::size_t at);

// `at` moved by so many characters, staying inside the text.
std::size_t CharactersBefore(std::string_view text, std::size_t at, std::size_t count);
std::size_t CharactersBehind(std::string_view text, std::size_t at, std::size_t count);

// The character that ends at `at`, as bytes; "" at the beginning.
std::string_view CharacterBefore(std::string_view text, std::size_t at);
std::string_view CharacterAt(std::string_view text, std::size_t at);

}  // namespace lastlook::detect
