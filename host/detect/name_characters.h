// SPDX-License-Identifier: MPL-2.0
// A text as names of organisations are compared: a row of characters without width, case, accents and separators.
// Private to this folder.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/utf8.h"

namespace lastlook::detect {

struct NameCharacter {
  char32_t value = 0;     // 0: a break that no name reaches across (line end, punctuation)
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  bool apart = false;  // something stood between it and the character before
};

// The character that stands for `c`, 0 for a break, 1 for a separator, 2 for what is not seen at all.
char32_t FoldNameCharacter(char32_t c);
inline constexpr char32_t kNameBreak = 0;
inline constexpr char32_t kNameSeparator = 1;
inline constexpr char32_t kNameUnseen = 2;

inline bool IsLatinWordCharacter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'&' || (c >= 0x370 && c < 0x530);
}
inline bool IsKatakana(char32_t c) {
  return c >= 0x30A1 && c <= 0x30FC;
}

// True where two neighbouring characters are one word, so that no name begins or ends between them.
inline bool IsInsideWord(char32_t before, char32_t after) {
  return (IsLatinWordCharacter(before) && IsLatinWordCharacter(after)) || (IsKatakana(before) && IsKatakana(after));
}

class NameReader {
 public:
  explicit NameReader(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  // False at the end of the text.
  bool Next(NameCharacter* out) {
    if (held_) {
      *out = after_blank_;
      held_ = false;
      previous_ = out->value;
      return true;
    }
    bool apart = false;
    std::size_t gap = at_;
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      const CodePoint c = DecodeAt(text_, at_);
      at_ += c.bytes;
      char32_t value = FoldNameCharacter(c.value);
      if (value == kNameUnseen) {
        continue;
      }
      if (value == kNameSeparator) {
        if (!apart) {
          gap = begin;
        }
        apart = true;
        continue;
      }
      if (at_ < text_.size() && IsKatakana(value)) {
        value = WithVoicedMark(value);
      }
      *out = {value, begin, at_, apart};
      // Between Latin words the blank is part of the name: "as is" is not "Asis".
      if (apart && IsLatinWordCharacter(previous_) && IsLatinWordCharacter(value)) {
        after_blank_ = *out;
        held_ = true;
        *out = {U' ', gap, begin, false};
      }
      previous_ = out->value;
      return true;
    }
    return false;
  }

 private:
  // Half-width katakana and decomposed text carry the mark behind the letter (U+FF9E, U+3099 …).
  char32_t WithVoicedMark(char32_t value) {
    const CodePoint mark = DecodeAt(text_, at_);
    const bool voiced = mark.value == 0xFF9E || mark.value == 0x3099;
    const bool half_voiced = mark.value == 0xFF9F || mark.value == 0x309A;
    if (!voiced && !half_voiced) {
      return value;
    }
    at_ += mark.bytes;
    if (value == 0x30A6 && voiced) {
      return 0x30F4;  // ヴ
    }
    return value + (voiced ? 1 : 2);
  }

  std::string_view text_;
  std::size_t at_;
  char32_t previous_ = 0;
  bool held_ = false;
  NameCharacter after_blank_;
};

}  // namespace lastlook::detect
