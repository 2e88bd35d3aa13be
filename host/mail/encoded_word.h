// SPDX-License-Identifier: MPL-2.0
// Encoded words in header fields (RFC 2047).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lastlook {

// The length of the encoded word at the beginning of `text`, 0 if there is none. Looks at no more than
// kMaxEncodedWordBytes.
std::size_t EncodedWordLength(std::string_view text);

// RFC 2047 section 2 allows 75; programs that encode a whole subject at once do not ask.
inline constexpr std::size_t kMaxEncodedWordBytes = 4096;

// `text` with its encoded words decoded, also those inside quotes or glued to other text, and those that were split
// inside a character. White space between two of them is dropped.
std::string DecodeEncodedWords(std::string_view text);

}  // namespace lastlook
