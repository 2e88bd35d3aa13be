// SPDX-License-Identifier: MPL-2.0
#include "base/crypto.h"

#include <botan/aead.h>
#include <botan/hash.h>
#include <botan/hex.h>
#include <botan/mac.h>
#include <botan/system_rng.h>
#include <botan/version.h>
#include <stdlib.h>

#include <array>
#include <cstdint>
#include <exception>

namespace lastlook {
namespace {

const std::uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string AsString(const std::uint8_t* bytes, std::size_t size) {
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

#if BOTAN_VERSION_MAJOR >= 3
constexpr auto kEncrypt = Botan::Cipher_Dir::Encryption;
constexpr auto kDecrypt = Botan::Cipher_Dir::Decryption;
#else
constexpr auto kEncrypt = Botan::ENCRYPTION;
constexpr auto kDecrypt = Botan::DECRYPTION;
#endif

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

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

std::string Sha256(std::string_view bytes) {
  const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
  hash->update(Bytes(bytes), bytes.size());
  const auto digest = hash->final();
  return AsString(digest.data(), digest.size());
}

struct Sha256Stream::Inside {
  std::unique_ptr<Botan::HashFunction> hash = Botan::HashFunction::create_or_throw("SHA-256");
};

Sha256Stream::Sha256Stream() : inside_(std::make_unique<Inside>()) {
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&& other) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&& other) noexcept = default;

void Sha256Stream::Add(std::string_view bytes) {
  inside_->hash->update(Bytes(bytes), bytes.size());
}

std::string Sha256Stream::TakeHex() {
  return Botan::hex_encode(inside_->hash->final(), false);
}

std::string HexEncode(std::string_view bytes) {
  return Botan::hex_encode(Bytes(bytes), bytes.size(), false);
}

Result<std::string> HexDecode(std::string_view text) {
  try {
    const auto bytes = Botan::hex_decode(text.data(), text.size(), false);
    return AsString(bytes.data(), bytes.size());
  } catch (const std::exception&) {
    return Error{ErrorCode::kParseError, "these are not hexadecimal digits", "write two digits for each byte", ""};
  }
}

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  Botan::system_rng().randomize(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size());
  return bytes;
}

struct Hmac::Inside {
  std::unique_ptr<Botan::MessageAuthenticationCode> mac =
      Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
};

Hmac::Hmac(std::string_view key) : inside_(std::make_unique<Inside>()) {
  inside_->mac->set_key(Bytes(key), key.size());
}

Hmac::~Hmac() = default;

std::string Hmac::Of(std::string_view bytes) const {
  inside_->mac->update(Bytes(bytes), bytes.size());
  std::string out(inside_->mac->output_length(), '\0');
  inside_->mac->final(reinterpret_cast<std::uint8_t*>(out.data()));
  return out;
}

struct Sealer::Inside {
  std::unique_ptr<Botan::AEAD_Mode> seal = Botan::AEAD_Mode::create_or_throw("AES-256/GCM", kEncrypt);
  std::unique_ptr<Botan::AEAD_Mode> open = Botan::AEAD_Mode::create_or_throw("AES-256/GCM", kDecrypt);
  Botan::secure_vector<std::uint8_t> buffer;  // kept: its pages are locked and dear
};

Sealer::Sealer(std::string_view key) : inside_(std::make_unique<Inside>()) {
  inside_->seal->set_key(Bytes(key), key.size());
  inside_->open->set_key(Bytes(key), key.size());
}

Sealer::~Sealer() = default;

std::string Sealer::Seal(std::string_view plain, std::string_view purpose) const {
  std::string sealed = RandomBytes(kNonceBytes);
  inside_->seal->set_associated_data(Bytes(purpose), purpose.size());
  inside_->seal->start(Bytes(sealed), sealed.size());
  inside_->buffer.assign(Bytes(plain), Bytes(plain) + plain.size());
  inside_->seal->finish(inside_->buffer);
  return sealed.append(reinterpret_cast<const char*>(inside_->buffer.data()), inside_->buffer.size());
}

Result<std::string> Sealer::Open(std::string_view sealed, std::string_view purpose) const {
  const Error refused{ErrorCode::kParseError, "this was not sealed with this key, or was changed since",
                      "bring back the key it was sealed with", ""};
  if (sealed.size() < kNonceBytes + kTagBytes) {
    return refused;
  }
  try {
    inside_->open->set_associated_data(Bytes(purpose), purpose.size());
    inside_->open->start(Bytes(sealed), kNonceBytes);
    inside_->buffer.assign(Bytes(sealed) + kNonceBytes, Bytes(sealed) + sealed.size());
    inside_->open->finish(inside_->buffer);
    return AsString(inside_->buffer.data(), inside_->buffer.size());
  } catch (const std::exception&) {
    inside_->open->reset();
    return refused;
  }
}

// By hand: Botan's takes the same time for every byte, so that keys do not leak by it, and twenty times as long as a
// table. What goes through here are contents of mails, which the client has in the next moment or had in the one
// before.
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";  // RFC 4648 section 4

// For decoding, of each character its six bits at the place where the first, second, third or fourth of a group has
// them; with the bits of kNoDigit for what is no digit. A group is then one "or" of four look-ups.
constexpr std::uint32_t kNoDigit = 0xFF000000U;
using DigitTable = std::array<std::uint32_t, 256>;

constexpr DigitTable DigitsAt(unsigned shift) {
  DigitTable table{};
  table.fill(kNoDigit);
  for (std::uint32_t digit = 0; digit < kDigits.size(); ++digit) {
    table[static_cast<unsigned char>(kDigits[digit])] = digit << shift;
  }
  return table;
}

constexpr DigitTable kFirst = DigitsAt(18);
constexpr DigitTable kSecond = DigitsAt(12);
constexpr DigitTable kThird = DigitsAt(6);
constexpr DigitTable kFourth = DigitsAt(0);

}  // namespace

std::string Base64Encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  char* out = text.data();
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t three = at(i) << 16U | at(i + 1) << 8U | at(i + 2);
    *out++ = kDigits[three >> 18U];
    *out++ = kDigits[three >> 12U & 63U];
    *out++ = kDigits[three >> 6U & 63U];
    *out++ = kDigits[three & 63U];
  }
  if (i < bytes.size()) {
    const bool two = i + 1 < bytes.size();
    const std::uint32_t rest = at(i) << 16U | (two ? at(i + 1) << 8U : 0);
    *out++ = kDigits[rest >> 18U];
    *out++ = kDigits[rest >> 12U & 63U];
    if (two) {
      *out++ = kDigits[rest >> 6U & 63U];
    }
  }
  return text;
}

Result<std::string> Base64Decode(std::string_view text) {
  const Error refused{ErrorCode::kParseError, "this is not base64", "encode the bytes as RFC 4648 base64 with padding",
                      ""};
  if (text.size() % 4 != 0) {
    return refused;
  }
  if (text.empty()) {
    return std::string();
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string bytes(text.size() / 4 * 3, '\0');
  char* out = bytes.data();
  std::uint32_t seen = 0;
  const auto put = [&out, &seen](unsigned char first, unsigned char second, unsigned char third, unsigned char fourth) {
    const std::uint32_t group = kFirst[first] | kSecond[second] | kThird[third] | kFourth[fourth];
    seen |= group;
    *out++ = static_cast<char>(group >> 16U);
    *out++ = static_cast<char>(group >> 8U);
    *out++ = static_cast<char>(group);
  };
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* const last = in + text.size() - 4;
  for (; in != last; in += 4) {
    put(in[0], in[1], in[2], in[3]);
  }
  // '=' is no digit, so it is accepted at the end alone (RFC 4648 section 3.2).
  put(in[0], in[1], padding > 1 ? 'A' : in[2], padding > 0 ? 'A' : in[3]);
  if ((seen & kNoDigit) != 0) {
    return refused;
  }
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace lastlook
