// SPDX-License-Identifier: MPL-2.0
// The one door to cryptography (Botan 2.19 and 3.x from this one source).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace lastlook {

// Botan locks 512 KiB into memory at its first use, page by page: half of the host's start. This leaves it the few
// pages that keys need. Call while there is only one thread.
void KeepLockedMemorySmall();

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// Base64 (RFC 4648 section 4, with padding).
std::string Base64Encode(std::string_view bytes);
// Refuses anything that is not strict base64. The error's code is kParseError.
Result<std::string> Base64Decode(std::string_view text);

}  // namespace lastlook
