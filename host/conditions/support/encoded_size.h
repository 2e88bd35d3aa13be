// SPDX-License-Identifier: MPL-2.0
// How large something is in the mail as it travels.
#pragma once

#include <cstdint>

namespace lastlook {

// RFC 2045 section 6.8: base64, four characters for every three bytes, lines of at most 76 characters, each ended by
// CRLF.
inline std::uint64_t Base64Size(std::uint64_t bytes) {
  const std::uint64_t characters = (bytes + 2) / 3 * 4;
  return characters + (characters + 75) / 76 * 2;
}

}  // namespace lastlook
