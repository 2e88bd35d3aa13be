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
    const bool next_is_ascii = at + 1 == size || static_cast<unsigned char>(utf8[at + 1]) < 0x80;
    if (byte < 0x80 && next_is_ascii) {  // an ASCII character with no combining mark behind it
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
