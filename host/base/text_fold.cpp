// SPDX-License-Identifier: MPL-2.0
#include "base/text_fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>

namespace lastlook {
namespace {

// ICU owns it; null only if its data is missing, which a static build cannot be.
const icu::Normalizer2* Folder() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
  assert(U_SUCCESS(status));
  return folder;
}

std::uint32_t Utf16Units(UChar32 c) {
  return c > 0xFFFF ? 2 : 1;
}

// The code point at *at, which moves on; U+FFFD for bytes that are not UTF-8.
UChar32 NextCodePoint(std::string_view text, int32_t* at) {
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(text.data(), *at, static_cast<int32_t>(text.size()), c);
  return c;
}

// A letter that folds to itself and joins with nothing of its kind behind it: kana, the unified ideographs and their
// punctuation, which most Japanese and Chinese text is made of. They need no Unicode library (Unicode 15, blocks
// U+3000, U+3040, U+30A0 and U+4E00).
bool IsSteady(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytes = 3;
  if (text.size() - at < kBytes) {
    return false;
  }
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[at + i])); };
  if (byte(0) < 0xE3 || byte(0) > 0xE9 || (byte(1) & 0xC0U) != 0x80 || (byte(2) & 0xC0U) != 0x80) {
    return false;
  }
  const unsigned c = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC) ||
         (c >= 0x3001 && c <= 0x3003) || (c >= 0x3005 && c <= 0x3011);
}

void AppendFolded(std::string_view segment, std::uint32_t original, FoldedText* out) {
  UErrorCode status = U_ZERO_ERROR;
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  Folder()->normalizeUTF8(0, icu::StringPiece(segment.data(), static_cast<int32_t>(segment.size())), sink, nullptr,
                          status);
  out->text += folded;
  out->original_utf16.insert(out->original_utf16.end(), folded.size(), original);
}

}  // namespace

std::uint32_t FoldedText::OriginalEnd(std::size_t end) const {
  // The source of the last byte ends where the next different source begins.
  const std::uint32_t last = original_utf16[end - 1];
  return *std::find_if(original_utf16.begin() + static_cast<std::ptrdiff_t>(end), original_utf16.end(),
                       [last](std::uint32_t offset) { return offset != last; });
}

FoldedText FoldText(std::string_view utf8) {
  FoldedText out;
  out.text.reserve(utf8.size());
  out.original_utf16.reserve(utf8.size() + 1);
  std::uint32_t utf16 = 0;
  int32_t at = 0;
  const auto size = static_cast<int32_t>(utf8.size());
  while (at < size) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    // Whether what begins at `next` stands apart from what is before it: it is no combining mark.
    const auto stands_apart = [&](int32_t next) {
      return next == size || static_cast<unsigned char>(utf8[next]) < 0x80 ||
             IsSteady(utf8, static_cast<std::size_t>(next));
    };
    if (byte >= 0x80 && IsSteady(utf8, static_cast<std::size_t>(at)) && stands_apart(at + 3)) {
      out.text.append(utf8, static_cast<std::size_t>(at), 3);
      out.original_utf16.insert(out.original_utf16.end(), 3, utf16++);
      at += 3;
      continue;
    }
    if (byte < 0x80 && stands_apart(at + 1)) {  // an ASCII character with no combining mark behind it
      out.text += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      out.original_utf16.push_back(utf16++);
      ++at;
      continue;
    }
    // One segment: up to the next character before which the normaliser always has a boundary.
    const int32_t begin = at;
    const std::uint32_t segment_utf16 = utf16;
    std::string valid;  // the segment with U+FFFD for what is not UTF-8
    do {
      const int32_t from = at;
      const UChar32 c = NextCodePoint(utf8, &at);
      utf16 += Utf16Units(c);
      if (c == 0xFFFD) {
        valid += "\xEF\xBF\xBD";
      } else {
        valid.append(utf8.substr(from, at - from));
      }
      if (at < size) {
        int32_t peek = at;
        if (Folder()->hasBoundaryBefore(NextCodePoint(utf8, &peek))) {
          break;
        }
      }
    } while (at < size && at - begin < 4096);  // a bound for endless combining marks
    AppendFolded(valid, segment_utf16, &out);
  }
  out.original_utf16.push_back(utf16);
  return out;
}

std::string Fold(std::string_view utf8) {
  return IsAscii(utf8) ? AsciiLower(utf8) : FoldText(utf8).text;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool IsValidUtf8(std::string_view text) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0) {
      return false;
    }
  }
  return true;
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c + 32);
    }
  }
  return out;
}

std::string_view TrimSpace(std::string_view text) {
  const auto is_space = [](char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
  };
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::size_t Utf16Length(std::string_view utf8) {
  std::size_t units = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(utf8.size());) {
    units += Utf16Units(NextCodePoint(utf8, &at));
  }
  return units;
}

std::string Utf16Slice(std::string_view utf8, std::size_t begin, std::size_t end) {
  std::size_t units = 0;
  int32_t from = -1;
  int32_t at = 0;
  while (at < static_cast<int32_t>(utf8.size()) && units < end) {
    if (from < 0 && units >= begin) {
      from = at;
    }
    units += Utf16Units(NextCodePoint(utf8, &at));
  }
  return from < 0 ? std::string() : std::string(utf8.substr(from, at - from));
}

}  // namespace lastlook
