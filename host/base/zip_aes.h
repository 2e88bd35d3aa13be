// SPDX-License-Identifier: MPL-2.0
// How WinZip encrypts a file in a ZIP with AES-256 ("AES Encryption Information: Encryption Specification AE-1 and
// AE-2", version 1.04): a key of its own for each file, AES in counter mode, and a code over the ciphertext by which a
// wrong password or a changed byte is noticed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lastlook {

inline constexpr std::size_t kZipAesSaltBytes = 16;  // section III.A: of a key of 256 bits
inline constexpr std::size_t kZipAesCheckBytes = 2;  // section III.B: tells most wrong passwords before reading on
inline constexpr std::size_t kZipAesCodeBytes = 10;  // section III.D: the first ten bytes of HMAC-SHA1

// One file: its bytes pass through once, from the first to the last. Not safe to share between threads.
class ZipAes {
 public:
  // Takes about a millisecond: the key is derived by PBKDF2-HMAC-SHA1 with 1000 rounds, as the specification wants it.
  // `salt` must never be used again with that password. REQUIRES: salt.size() == kZipAesSaltBytes. Errors:
  // kInternalError.
  static Result<ZipAes> Make(std::string_view password, std::string_view salt);
  ZipAes(ZipAes&& other) noexcept;
  ZipAes& operator=(ZipAes&& other) noexcept;
  ~ZipAes();

  // kZipAesCheckBytes, which stand before the file.
  const std::string& check() const;
  // The next bytes, in place.
  void Encrypt(char* bytes, std::size_t count);
  // kZipAesCodeBytes, which stand behind the file. REQUIRES: called once, last.
  std::string Code();

 private:
  struct Inside;
  explicit ZipAes(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace lastlook
