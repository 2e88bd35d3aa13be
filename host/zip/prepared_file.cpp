// SPDX-License-Identifier: MPL-2.0
#include "zip/prepared_file.h"

#include <libdeflate.h>

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>

namespace lastlook::zip {
namespace {

// libdeflate's level 6 is smaller and faster than 7z -mx1 and zip -6; its level 7 takes twice as long for 5%
// (tests/bench, zip_bench).
constexpr int kLevel = 6;
constexpr int kProbeLevel = 1;
constexpr std::size_t kSamples = 16;
constexpr std::size_t kSampleBytes = 4096;
// A sample of what is compressed already stays as long as it was; text becomes a third. What saves less than a
// twentieth is not worth the half second that 25 MB take.
constexpr std::size_t kWorthPercent = 95;

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;

// The bytes that `bytes` deflate to; none when they do not fit into `room`.
std::size_t Deflate(const Compressor& compressor, std::string_view bytes, char* out, std::size_t room) {
  return libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), out, room);
}

PreparedFile Stored(std::string_view bytes, std::shared_ptr<const void> owner) {
  return {Method::kStored, bytes.size(), bytes, std::move(owner)};
}

}  // namespace

bool IsCompressible(std::string_view bytes) {
  const Compressor compressor(libdeflate_alloc_compressor(kProbeLevel));
  if (!compressor || bytes.empty()) {
    return false;
  }
  // All of a small file; else pieces spread over it, with its first and its last.
  const std::size_t samples = bytes.size() <= kSamples * kSampleBytes ? 1 : kSamples;
  const std::size_t sample_bytes = samples == 1 ? bytes.size() : kSampleBytes;
  std::string room(libdeflate_deflate_compress_bound(compressor.get(), sample_bytes), '\0');
  std::size_t before = 0;
  std::size_t after = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    const std::size_t at = samples == 1 ? 0 : (bytes.size() - sample_bytes) / (samples - 1) * i;
    before += sample_bytes;
    after += Deflate(compressor, bytes.substr(at, sample_bytes), room.data(), room.size());
  }
  return after * 100 < before * kWorthPercent;
}

PreparedFile PrepareFile(std::string_view bytes, std::shared_ptr<const void> owner) {
  try {
    if (!IsCompressible(bytes)) {
      return Stored(bytes, std::move(owner));
    }
    const Compressor compressor(libdeflate_alloc_compressor(kLevel));
    // Room for a smaller result only: when it does not fit, the file is stored. No bytes are written before they are
    // needed, so a large file that becomes small takes little memory.
    const std::size_t room = bytes.size() - 1;
    const std::unique_ptr<char[]> out(new char[room]);  // NOLINT(modernize-avoid-c-arrays): std::string would fill it
    const std::size_t size = compressor ? Deflate(compressor, bytes, out.get(), room) : 0;
    if (size == 0) {
      return Stored(bytes, std::move(owner));
    }
    auto kept = std::make_shared<const std::string>(out.get(), size);
    return {Method::kDeflated, bytes.size(), *kept, kept};
  } catch (const std::bad_alloc&) {
    return Stored(bytes, std::move(owner));
  }
}

}  // namespace lastlook::zip
