// SPDX-License-Identifier: MPL-2.0
// Writes a ZIP (PKWARE APPNOTE 6.3.10) whose files are encrypted with AES-256 as WinZip's AE-2 has it (base/zip_aes.h).
// By hand: libarchive takes ten times as long, because it compresses what is compressed and encrypts by the byte.
// Opened by 7-Zip, bsdtar, WinZip, Keka and others; what only knows the old, weak ZipCrypto (Windows' Explorer,
// Info-ZIP) refuses it. ZipCrypto is not written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "zip/prepared_file.h"

namespace lastlook::zip {

struct Entry {
  std::string name;  // one of DistinctNames (zip/entry_names.h)
  PreparedFile file;
};

// Date and time of all entries, as clocks on the wall show it (APPNOTE 4.4.6). Without one: the first that a ZIP knows.
struct WallTime {
  int year = 1980;  // to 2107
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;  // even ones only
};

// Takes the next bytes of the ZIP; an error ends the writing.
using Sink = std::function<Result<void>(std::string_view bytes)>;

// The length in bytes of what WriteEncryptedZip would write.
std::uint64_t EncryptedZipSize(const std::vector<Entry>& entries);

// Writes all entries, in at most kChunkBytes at once. Each takes about a millisecond beside its bytes, for its key. A
// file of no bytes is not encrypted: there is nothing in it, and all programs write it so. ZIP64 where it is needed.
// Errors: those of `random` and of `sink`, as they come; kInvalidParams for an empty password. What was written before
// an error is no ZIP, and nothing in it is readable.
Result<void> WriteEncryptedZip(const std::vector<Entry>& entries, std::string_view password, const WallTime& time,
                               const RandomSource& random, const Sink& sink);

inline constexpr std::size_t kChunkBytes = 65536;

}  // namespace lastlook::zip
