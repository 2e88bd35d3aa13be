// SPDX-License-Identifier: MPL-2.0
#include "base/zip_aes.h"

#include <botan/block_cipher.h>
#include <botan/mac.h>
#include <botan/pwdhash.h>
#include <botan/secmem.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <exception>
#include <utility>

namespace lastlook {
namespace {

constexpr std::size_t kAesKeyBytes = 32;
constexpr std::size_t kMacKeyBytes = 32;  // section III.B: as long as the other one
constexpr std::size_t kRounds = 1000;     // section III.B
constexpr std::size_t kBlockBytes = 16;
// So many counters are encrypted at once: enough for the processor's pipeline, and all of it in its nearest cache.
constexpr std::size_t kBlocksAtOnce = 256;
constexpr std::size_t kStreamBytes = kBlockBytes * kBlocksAtOnce;

const std::uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

void Xor(char* bytes, const std::uint8_t* with, std::size_t count) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::size_t at = 0;
  for (; at + kWord <= count; at += kWord) {
    std::uint64_t word = 0;
    std::uint64_t other = 0;
    std::memcpy(&word, bytes + at, kWord);
    std::memcpy(&other, with + at, kWord);
    word ^= other;
    std::memcpy(bytes + at, &word, kWord);
  }
  for (; at < count; ++at) {
    bytes[at] = static_cast<char>(static_cast<std::uint8_t>(bytes[at]) ^ with[at]);
  }
}

}  // namespace

struct ZipAes::Inside {
  std::unique_ptr<Botan::BlockCipher> cipher = Botan::BlockCipher::create_or_throw("AES-256");
  std::unique_ptr<Botan::MessageAuthenticationCode> mac =
      Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-1)");
  std::string check;
  std::uint64_t next_counter = 1;  // section III.C: it begins with one and counts from its first byte up
  std::array<std::uint8_t, kStreamBytes> counters{};
  std::array<std::uint8_t, kStreamBytes> stream{};
  std::size_t used = kStreamBytes;  // of `stream`

  ~Inside() { Botan::secure_scrub_memory(stream.data(), stream.size()); }

  // Botan's own counter mode counts from the last byte up.
  void MoreStream() {
    for (std::size_t block = 0; block < kBlocksAtOnce; ++block, ++next_counter) {
      for (std::size_t i = 0; i < sizeof next_counter; ++i) {
        counters[block * kBlockBytes + i] = static_cast<std::uint8_t>(next_counter >> (8U * i));
      }
    }
    cipher->encrypt_n(counters.data(), stream.data(), kBlocksAtOnce);
    used = 0;
  }
};

ZipAes::ZipAes(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {
}
ZipAes::ZipAes(ZipAes&& other) noexcept = default;
ZipAes& ZipAes::operator=(ZipAes&& other) noexcept = default;
ZipAes::~ZipAes() = default;

Result<ZipAes> ZipAes::Make(std::string_view password, std::string_view salt) {
  assert(salt.size() == kZipAesSaltBytes);
  try {
    auto inside = std::make_unique<Inside>();
    Botan::secure_vector<std::uint8_t> keys(kAesKeyBytes + kMacKeyBytes + kZipAesCheckBytes);
    Botan::PasswordHashFamily::create_or_throw("PBKDF2(SHA-1)")
        ->from_iterations(kRounds)
        ->derive_key(keys.data(), keys.size(), password.data(), password.size(), Bytes(salt), salt.size());
    inside->cipher->set_key(keys.data(), kAesKeyBytes);
    inside->mac->set_key(keys.data() + kAesKeyBytes, kMacKeyBytes);
    inside->check.assign(reinterpret_cast<const char*>(keys.data()) + kAesKeyBytes + kMacKeyBytes, kZipAesCheckBytes);
    return ZipAes(std::move(inside));
  } catch (const std::exception&) {
    return Error{ErrorCode::kInternalError, "this machine's library of ciphers cannot encrypt a ZIP",
                 "install the Lastlook package anew", ""};
  }
}

const std::string& ZipAes::check() const {
  return inside_->check;
}

void ZipAes::Encrypt(char* bytes, std::size_t count) {
  for (std::size_t at = 0; at < count;) {
    if (inside_->used == kStreamBytes) {
      inside_->MoreStream();
    }
    const std::size_t piece = std::min(count - at, kStreamBytes - inside_->used);
    Xor(bytes + at, inside_->stream.data() + inside_->used, piece);
    inside_->used += piece;
    at += piece;
  }
  inside_->mac->update(reinterpret_cast<const std::uint8_t*>(bytes), count);
}

std::string ZipAes::Code() {
  const auto code = inside_->mac->final();
  return std::string(reinterpret_cast<const char*>(code.data()), kZipAesCodeBytes);
}

}  // namespace lastlook
