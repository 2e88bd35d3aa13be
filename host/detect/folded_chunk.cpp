// SPDX-License-Identifier: MPL-2.0
#include "detect/folded_chunk.h"

#include <algorithm>
#include <bit>

#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

constexpr char32_t kDropped = 0xFFFFFFFF;

// U+FF61 to U+FF9D as their full-width forms (Unicode, Halfwidth and Fullwidth Forms).
constexpr std::u32string_view kHalfWidthKatakana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリ"
    U"ルレロワン";

const ByteSieve& FoldingSieve() {
  static const ByteSieve kSieve(ByteSieve::Buckets{{{"\xEF"},
                                                    {"\xE2\x80", "\xE2\x81", "\xE2\x83"},
                                                    {"\xE2\x88\x92"},
                                                    {"\xC2\xA0", "\xC2\xAD"},
                                                    {"\xCC", "\xCD"},
                                                    {"\xE3\x80\x80"},
                                                    {"\xE3\x82\x99", "\xE3\x82\x9A"},
                                                    {"\xF0\x9D\x9F"}}});
  return kSieve;
}

char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) {
    return c - 0xFEE0;
  }
  if (c >= 0xFF61 && c <= 0xFF9D) {
    return kHalfWidthKatakana[c - 0xFF61];
  }
  if (c >= 0x1D7CE && c <= 0x1D7FF) {  // mathematical digits, five alphabets
    return U'0' + (c - 0x1D7CE) % 10;
  }
  const bool unseen = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
                      c == 0xFEFF || c == 0xAD || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x300 && c <= 0x36F) ||
                      (c >= 0x20D0 && c <= 0x20FF);
  if (unseen) {
    return kDropped;
  }
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFE58) {
    return U'-';
  }
  if (c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F) {
    return U' ';
  }
  return c == 0x2028 || c == 0x2029 ? U'\n' : c;
}

// The kana with the voice mark behind it, or 0.
char32_t WithVoiceMark(char32_t kana, char32_t mark) {
  const bool voiced = mark == 0xFF9E || mark == 0x3099;
  const bool half_voiced = mark == 0xFF9F || mark == 0x309A;
  if ((!voiced && !half_voiced) || kana < 0x3041 || kana > 0x30FA) {
    return 0;
  }
  if (kana == 0x30A6 && voiced) {
    return 0x30F4;
  }
  const char32_t row = kana >= 0x30A1 ? kana - 0x60 : kana;  // as hiragana
  const bool takes_voiced = row >= 0x304B && row <= 0x3068 ? true : row >= 0x306F && row <= 0x307B;
  const bool takes_half_voiced = row >= 0x306F && row <= 0x307B;
  return voiced ? (takes_voiced ? kana + 1 : 0) : (takes_half_voiced ? kana + 2 : 0);
}

bool IsVoiceMark(char32_t c) {
  return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
}

}  // namespace

void FoldedChunk::Append(char32_t c, char32_t folded, std::size_t bytes, std::size_t next) {
  if (folded == kDropped) {
    turns_.push_back({text_.size(), next, true});
    return;
  }
  const std::size_t before = text_.size();
  if (IsVoiceMark(c) && before >= 3) {  // joins the kana before it
    if (const char32_t joined = WithVoiceMark(DecodeAt(text_, before - 3).value, c)) {
      text_.resize(before - 3);
      AppendUtf8(joined, &text_);
      turns_.push_back({text_.size(), next, false});
      return;
    }
  }
  AppendUtf8(folded, &text_);
  if (text_.size() - before != bytes) {
    turns_.push_back({text_.size(), next, false});
  }
}

void FoldedChunk::Assign(std::string_view original, std::size_t begin, std::size_t end) {
  text_.clear();
  turns_.clear();
  turns_.push_back({0, begin, true});
  const std::string_view piece = original.substr(begin, end - begin);
  FoldingSieve().Mark(piece, &marks_);
  std::size_t copied = 0;  // bytes of the piece that are done
  ForEachMark(marks_, 0, [&](std::size_t at) {
    if (at < copied) {
      return at + 1;
    }
    // The sieve lets others through as well; they stay in what is copied whole.
    const CodePoint c = DecodeAt(piece, at);
    const char32_t folded = Fold(c.value);
    if (c.value == 0xFFFD || (folded == c.value && !IsVoiceMark(c.value))) {
      return at + 1;
    }
    text_.append(piece, copied, at - copied);
    copied = at + c.bytes;
    Append(c.value, folded, c.bytes, begin + copied);
    return copied;
  });
  if (copied < piece.size()) {
    text_.append(piece, copied);
  }
}

std::size_t FoldedChunk::OriginalBegin(std::size_t begin) const {
  const auto behind = std::upper_bound(turns_.begin(), turns_.end(), begin,
                                       [](std::size_t at, const Turn& turn) { return at < turn.folded; });
  const Turn& turn = *(behind - 1);
  return turn.original + (begin - turn.folded);
}

std::size_t FoldedChunk::OriginalEnd(std::size_t end) const {
  const auto at = std::lower_bound(turns_.begin(), turns_.end(), end,
                                   [](const Turn& turn, std::size_t place) { return turn.folded < place; });
  // What was dropped behind the last byte does not belong to it.
  if (at != turns_.end() && at->folded == end && (!at->behind_dropped || at == turns_.begin())) {
    return at->original;
  }
  const Turn& turn = at == turns_.begin() ? *at : *(at - 1);
  return turn.original + (end - turn.folded);
}

}  // namespace lastlook::detect
