// SPDX-License-Identifier: MPL-2.0
// Text as it is compared: Unicode NFKC with case folding (UAX #15, NFKC_Casefold: full-width and half-width forms,
// circled numbers and letter case fall together), with a map back to the original.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook {

struct FoldedText {
  std::string text;  // UTF-8, folded
  // For each byte of `text` the UTF-16 offset in the original at which its source begins; one more entry at the end
  // with the length of the original in UTF-16 units.
  std::vector<std::uint32_t> original_utf16;

  // The range of the original that produced bytes [begin, end) of `text`, in UTF-16 units. REQUIRES: begin < end ≤
  // size.
  std::uint32_t OriginalBegin(std::size_t begin) const { return original_utf16[begin]; }
  std::uint32_t OriginalEnd(std::size_t end) const;
};

// Bytes that are not UTF-8 become U+FFFD.
FoldedText FoldText(std::string_view utf8);

// As FoldText, without the map.
std::string Fold(std::string_view utf8);

// True if every byte is ASCII; most text is, and then needs no Unicode library.
bool IsAscii(std::string_view text);
bool IsValidUtf8(std::string_view text);
std::string AsciiLower(std::string_view text);
std::string_view TrimSpace(std::string_view text);  // ASCII white space

// The length of `utf8` in UTF-16 units, and the piece [begin, end) of it counted in them.
std::size_t Utf16Length(std::string_view utf8);
std::string Utf16Slice(std::string_view utf8, std::size_t begin, std::size_t end);

}  // namespace lastlook
