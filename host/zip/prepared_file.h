// SPDX-License-Identifier: MPL-2.0
// What of a ZIP can be made before its password is known: each file, compressed if that is worth it. Prepared while the
// person still writes, so that nothing slow is left for the moment of sending.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lastlook::zip {

// APPNOTE 6.3.10 section 4.4.5.
enum class Method : std::uint16_t { kStored = 0, kDeflated = 8 };

struct PreparedFile {
  Method method = Method::kStored;
  std::uint64_t size_bytes = 0;       // of the file
  std::string_view data;              // of the entry before it is encrypted; inside `owner`
  std::shared_ptr<const void> owner;  // keeps `data`
};

// Deflates (RFC 1951) unless samples of the file, or the result, say that it would not become smaller: it is compressed
// already, as Office files, PDF and pictures are. Stored files are not copied. `owner` keeps `bytes`.
// Safe to call on any thread. Out of memory: the file is stored.
PreparedFile PrepareFile(std::string_view bytes, std::shared_ptr<const void> owner);

// Whether a file of these bytes would become smaller, by samples of it; about 1% of the time that compressing takes.
bool IsCompressible(std::string_view bytes);

}  // namespace lastlook::zip
