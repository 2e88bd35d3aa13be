// SPDX-License-Identifier: MPL-2.0
// Code points out of bytes that may be anything. Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lastlook::detect {

struct CodePoint {
  char32_t value = 0;
  unsigned bytes = 1;  // how many it took; 1 for a byte that is not UTF-8 (its value is U+FFFD)
};

// REQUIRES: at < text.size()
inline CodePoint DecodeAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto follows = [&](std::size_t i) { return at + i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) {
    return {first, 1};
  }
  if (first >= 0xE0 && first < 0xF0 && follows(1) && follows(2)) {
    const char32_t value = (first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) {
      return {value, 3};
    }
  } else if (first >= 0xC2 && first < 0xE0 && follows(1)) {
    return {(first & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  } else if (first >= 0xF0 && first < 0xF5 && follows(1) && follows(2) && follows(3)) {
    const char32_t value =
        (first & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU);
    if (value >= 0x10000 && value <= 0x10FFFF) {
      return {value, 4};
    }
  }
  return {0xFFFD, 1};
}

// REQUIRES: value < 0x10000, no surrogate.
inline void AppendUtf8(char32_t value, std::string* out) {
  if (value < 0x80) {
    *out += static_cast<char>(value);
  } else if (value < 0x800) {
    *out += static_cast<char>(0xC0U | value >> 6U);
    *out += static_cast<char>(0x80U | (value & 0x3FU));
  } else {
    *out += static_cast<char>(0xE0U | value >> 12U);
    *out += static_cast<char>(0x80U | (value >> 6U & 0x3FU));
    *out += static_cast<char>(0x80U | (value & 0x3FU));
  }
}

}  // namespace lastlook::detect
