// SPDX-License-Identifier: MPL-2.0
#include "effects/support/encrypted_file.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace lastlook {
namespace {

// PKWARE APPNOTE 6.3.10; numbers in it are little-endian.
constexpr std::string_view kLocalSignature = "PK\x03\x04";    // 4.3.7
constexpr std::string_view kCentralSignature = "PK\x01\x02";  // 4.3.12
constexpr std::string_view kEndSignature = "PK\x05\x06";      // 4.3.16
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kMaxCommentBytes = 65535;

// [MS-CFB] 2.2, 2.6.1: the directory entries of a compound file are 128 bytes each, on borders of 128.
constexpr std::string_view kCompoundSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::size_t kDirectoryEntryBytes = 128;
// [MS-OFFCRYPTO] 2.3.4.4: the stream that holds an encrypted Office file; UTF-16, with its terminating zero.
constexpr std::string_view kEncryptedPackage("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0\0", 34);

std::size_t Half(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]) | static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 1]))
                                                     << 8U;
}

std::size_t Word(std::string_view bytes, std::size_t at) {
  return Half(bytes, at) | Half(bytes, at + 2) << 16U;
}

// Where the central directory begins; nothing when it is not where the end says, as in ZIP64, which mails are too small
// for.
std::optional<std::size_t> DirectoryOf(std::string_view zip) {
  const std::size_t least = zip.size() - std::min(zip.size(), kEndBytes + kMaxCommentBytes);
  const std::size_t end = zip.rfind(kEndSignature);
  if (end == std::string_view::npos || end < least || zip.size() - end < kEndBytes) {
    return std::nullopt;
  }
  const std::size_t begin = Word(zip, end + 16);
  return begin <= end ? std::optional(begin) : std::nullopt;
}

Encryption OfZip(std::string_view zip) {
  const std::optional<std::size_t> directory = DirectoryOf(zip);
  if (!directory) {
    return Encryption::kNone;
  }
  bool any = false;
  bool all = true;
  std::size_t at = *directory;
  while (zip.size() - at >= kCentralBytes && zip.substr(at, 4) == kCentralSignature) {
    const bool encrypted = (Half(zip, at + 8) & 1U) != 0;
    const bool empty = Word(zip, at + 24) == 0;  // a folder, or a file with nothing in it: never encrypted
    any = any || encrypted;
    all = all && (encrypted || empty);
    const std::size_t bytes = kCentralBytes + Half(zip, at + 28) + Half(zip, at + 30) + Half(zip, at + 32);
    if (zip.size() - at < bytes) {
      return Encryption::kNone;
    }
    at += bytes;
  }
  return !any ? Encryption::kNone : all ? Encryption::kWhole : Encryption::kPartly;
}

bool IsEncryptedOffice(std::string_view compound) {
  for (std::size_t at = kDirectoryEntryBytes; at + kDirectoryEntryBytes <= compound.size();
       at += kDirectoryEntryBytes) {
    if (compound.substr(at, kEncryptedPackage.size()) == kEncryptedPackage &&
        Half(compound, at + 64) == kEncryptedPackage.size()) {
      return true;
    }
  }
  return false;
}

}  // namespace

Encryption EncryptionOf(std::string_view bytes) {
  if (bytes.starts_with(kLocalSignature)) {
    return OfZip(bytes);
  }
  return bytes.starts_with(kCompoundSignature) && IsEncryptedOffice(bytes) ? Encryption::kWhole : Encryption::kNone;
}

}  // namespace lastlook
