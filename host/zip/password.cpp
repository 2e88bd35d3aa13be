// SPDX-License-Identifier: MPL-2.0
#include "zip/password.h"

#include <cstddef>
#include <string_view>

namespace lastlook::zip {
namespace {

constexpr std::string_view kAlphabet = "acdefhjkmnprtuvwxy346789";
static_assert(kAlphabet.size() == 24);
constexpr std::size_t kCharacters = 20;
constexpr std::size_t kGroup = 4;
// Bytes from here on would make the first characters of the alphabet likelier than the others.
constexpr unsigned kFair = 256 / kAlphabet.size() * kAlphabet.size();
// So many bytes at once hold enough fair ones but for one time in 10^20; a source that goes on giving unfair ones is
// broken.
constexpr std::size_t kBytesAtOnce = 64;
constexpr int kMostAttempts = 8;

}  // namespace

Result<std::string> MakePassword(const RandomSource& random) {
  std::string password;
  std::size_t characters = 0;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const Result<std::string> bytes = random(kBytesAtOnce);
    if (!bytes) {
      return bytes.error();
    }
    for (const char c : bytes.value()) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= kFair) {
        continue;
      }
      if (characters > 0 && characters % kGroup == 0) {
        password += '-';
      }
      password += kAlphabet[byte % kAlphabet.size()];
      if (++characters == kCharacters) {
        return password;
      }
    }
  }
  return Error{ErrorCode::kInternalError, "the system's random numbers are not random, so no password can be made",
               "restart the machine; if that does not help, tell the administrator", ""};
}

}  // namespace lastlook::zip
