// SPDX-License-Identifier: MPL-2.0
// The one door to cryptography (Botan 2.19 and 3.x from this one source).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lastlook {

// Botan locks 512 KiB into memory at its first use, page by page: half of the host's start. This leaves it the few
// pages that keys need. Call while there is only one thread.
void KeepLockedMemorySmall();

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// SHA-256 as its 32 bytes.
std::string Sha256(std::string_view bytes);

// SHA-256 of bytes that come piece by piece.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&& other) noexcept;
  Sha256Stream& operator=(Sha256Stream&& other) noexcept;

  void Add(std::string_view bytes);
  // Of all that was added, as 64 lower-case hexadecimal digits. Begins anew.
  std::string TakeHex();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// Lower-case hexadecimal digits.
std::string HexEncode(std::string_view bytes);
// Refuses what is not an even number of hexadecimal digits. The error's code is kParseError.
Result<std::string> HexDecode(std::string_view text);

// From the operating system's generator. Throws what Botan throws where there is none: nothing secret can be made then.
std::string RandomBytes(std::size_t count);

inline constexpr std::size_t kKeyBytes = 32;

// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under one key. Not safe to share between threads.
class Hmac {
 public:
  explicit Hmac(std::string_view key);
  ~Hmac();
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;

  // 32 bytes.
  std::string Of(std::string_view bytes) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// AES-256-GCM (NIST SP 800-38D) under one key: nonce (12 random bytes), ciphertext and tag (16 bytes) in one string.
// Random nonces are good for 2^32 messages under a key (section 8.3). Not safe to share between threads.
class Sealer {
 public:
  // REQUIRES: key.size() == kKeyBytes
  explicit Sealer(std::string_view key);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // `purpose` is authenticated with it: what was sealed for one place cannot be put into another.
  std::string Seal(std::string_view plain, std::string_view purpose) const;
  // Errors: kParseError when it was sealed under another key, for another purpose, or was changed.
  Result<std::string> Open(std::string_view sealed, std::string_view purpose) const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// Base64 (RFC 4648 section 4, with padding).
std::string Base64Encode(std::string_view bytes);
// Refuses anything that is not strict base64. The error's code is kParseError.
Result<std::string> Base64Decode(std::string_view text);

}  // namespace lastlook
