// SPDX-License-Identifier: MPL-2.0
#include "base/text_fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>

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

constexpr std::size_t kSteadyBytes = 3;

// A letter that folds to itself and joins with nothing of its kind behind it: kana, the unified ideographs and their
// punctuation, which most Japanese and Chinese text is made of. They need no Unicode library (Unicode 15, blocks
// U+3000, U+3040, U+30A0 and U+4E00).
bool IsSteady(std::string_view text, std::size_t at) {
  if (text.size() - at < kSteadyBytes) {
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

// True if what begins at `at` stands apart from what is before it: it is no combining mark.
bool StandsApart(std::string_view text, std::size_t at) {
  return at == text.size() || static_cast<unsigned char>(text[at]) < 0x80 || IsSteady(text, at);
}

// How many ASCII characters from `at` on fold by themselves.
std::size_t AsciiRun(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::uint64_t eight = 0; text.size() - end >= sizeof eight; end += sizeof eight) {
    std::memcpy(&eight, text.data() + end, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) {
      break;
    }
  }
  while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) {
    ++end;
  }
  return end > at && !StandsApart(text, end) ? end - at - 1 : end - at;
}

// How many steady characters from `at` on fold by themselves.
std::size_t SteadyRun(std::string_view text, std::size_t at) {
  std::size_t run = 0;
  while (IsSteady(text, at + run * kSteadyBytes)) {
    ++run;
  }
  return run > 0 && !StandsApart(text, at + run * kSteadyBytes) ? run - 1 : run;
}

void AppendAscii(std::string_view run, std::uint32_t original, FoldedText* out) {
  const std::size_t before = out->text.size();
  out->text.append(run);
  for (std::size_t i = 0; i < run.size(); ++i) {
    const char c = run[i];
    out->text[before + i] = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0));
  }
  out->original_utf16.resize(before + run.size());
  std::iota(out->original_utf16.begin() + static_cast<std::ptrdiff_t>(before), out->original_utf16.end(), original);
}

void AppendSteady(std::string_view run, std::uint32_t original, FoldedText* out) {
  const std::size_t before = out->text.size();
  out->text.append(run);
  out->original_utf16.resize(before + run.size());
  std::uint32_t* map = out->original_utf16.data() + before;
  for (std::size_t i = 0; i < run.size(); i += kSteadyBytes, ++original) {
    map[i] = map[i + 1] = map[i + 2] = original;
  }
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
    // Runs of what folds by itself are taken whole, but for a last character that may have a combining mark behind it.
    if (const std::size_t run = AsciiRun(utf8, static_cast<std::size_t>(at)); run > 0) {
      AppendAscii(utf8.substr(static_cast<std::size_t>(at), run), utf16, &out);
      at += static_cast<int32_t>(run);
      utf16 += static_cast<std::uint32_t>(run);
      continue;
    }
    if (const std::size_t run = SteadyRun(utf8, static_cast<std::size_t>(at)); run > 0) {
      AppendSteady(utf8.substr(static_cast<std::size_t>(at), run * kSteadyBytes), utf16, &out);
      at += static_cast<int32_t>(run * kSteadyBytes);
      utf16 += static_cast<std::uint32_t>(run);
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
