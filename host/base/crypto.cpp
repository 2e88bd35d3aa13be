// SPDX-License-Identifier: MPL-2.0
#include "base/crypto.h"

#include <botan/base64.h>
#include <botan/hash.h>
#include <botan/hex.h>
#include <stdlib.h>

#include <cstdint>
#include <exception>

namespace lastlook {
namespace {

const std::uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

void KeepLockedMemorySmall() {
  // In KiB. The only door Botan leaves open for this; what the environment says already stays.
  setenv("BOTAN_MLOCK_POOL_SIZE", "16", 0);
}

std::string Sha256Hex(std::string_view bytes) {
  const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
  hash->update(Bytes(bytes), bytes.size());
  return Botan::hex_encode(hash->final(), false);
}

std::string Base64Encode(std::string_view bytes) {
  return Botan::base64_encode(Bytes(bytes), bytes.size());
}

Result<std::string> Base64Decode(std::string_view text) {
  const Error refused{ErrorCode::kParseError, "this is not base64", "encode the bytes as RFC 4648 base64 with padding",
                      ""};
  // Botan reads text without its padding too; RFC 4648 section 3.2 does not.
  const std::size_t padding = text.find('=');
  if (text.size() % 4 != 0 || (padding != std::string_view::npos && padding + 2 < text.size())) {
    return refused;
  }
  try {
    const auto bytes = Botan::base64_decode(text.data(), text.size(), false);
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  } catch (const std::exception&) {
    return refused;
  }
}

}  // namespace lastlook
