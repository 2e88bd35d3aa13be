// SPDX-License-Identifier: MPL-2.0
#include "base/terminal_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace lastlook {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";     // U+2026
constexpr UChar32 kZeroWidthNonJoiner = 0x200C;            // joins letters of some scripts
constexpr UChar32 kZeroWidthJoiner = 0x200D;               // joins emoji

// Reads the character at *at and moves on; U+FFFD where the bytes are not UTF-8.
UChar32 NextCharacter(std::string_view utf8, std::size_t* at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  UChar32 character = 0;
  U8_NEXT_OR_FFFD(bytes, *at, utf8.size(), character);
  return character;
}

std::size_t WidthOf(UChar32 character) {
  const std::uint32_t category = U_GET_GC_MASK(character);
  if ((category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) {
    return 0;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::size_t DisplayWidth(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    width += WidthOf(NextCharacter(utf8, &at));
  }
  return width;
}

std::string PrintableLine(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const UChar32 character = NextCharacter(utf8, &at);
    const bool joiner = character == kZeroWidthJoiner || character == kZeroWidthNonJoiner;
    const bool invisible = (U_GET_GC_MASK(character) & (U_GC_CC_MASK | U_GC_CF_MASK)) != 0;
    if (u_isUWhiteSpace(character) != 0) {
      out += ' ';
    } else if (character == 0xFFFD || (invisible && !joiner)) {
      out += kReplacement;
    } else {
      out += utf8.substr(begin, at - begin);
    }
  }
  return out;
}

std::string CutToWidth(std::string_view utf8, std::size_t columns) {
  std::size_t width = 0;
  std::size_t fits = 0;  // bytes that leave one column for the ellipsis
  for (std::size_t at = 0; at < utf8.size();) {
    width += WidthOf(NextCharacter(utf8, &at));
    if (width > columns) {
      return std::string(utf8.substr(0, fits)) + std::string(kEllipsis);
    }
    if (width < columns) {
      fits = at;
    }
  }
  return std::string(utf8);
}

std::string PadToWidth(std::string_view utf8, std::size_t columns) {
  const std::size_t width = DisplayWidth(utf8);
  return std::string(utf8) + std::string(width < columns ? columns - width : 0, ' ');
}

}  // namespace lastlook
