// SPDX-License-Identifier: MPL-2.0
// Compound File Binary (OLE2, [MS-CFB]): the streams of old Office files and Outlook messages. libgsf reads them too,
// but is LGPL and brings GObject; what is needed is the directory and the chains. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::content {

// Little-endian numbers; reading behind the end gives 0.
std::uint16_t Le16(std::string_view bytes, std::size_t at);
std::uint32_t Le32(std::string_view bytes, std::size_t at);
std::uint64_t Le64(std::string_view bytes, std::size_t at);

struct CompoundEntry {
  std::string name;  // UTF-8
  std::string path;  // with the storages above it, "/" between
  bool is_storage = false;
  std::uint32_t first_sector = 0;
  std::uint64_t size = 0;
};

class CompoundFile {
 public:
  // `bytes` outlives this. A damaged file has the entries that can be read.
  explicit CompoundFile(std::string_view bytes);

  bool valid() const { return valid_; }
  const std::vector<CompoundEntry>& entries() const { return entries_; }
  // The entry at that path; null if there is none.
  const CompoundEntry* Find(std::string_view path) const;
  // What can be read of it: never more than the file is long.
  std::string Read(const CompoundEntry& entry) const;
  std::string Read(std::string_view path) const;

 private:
  std::string ReadChain(std::uint32_t sector, std::uint64_t size) const;
  std::string ReadMiniChain(std::uint32_t sector, std::uint64_t size) const;
  std::string_view Sector(std::uint32_t sector) const;
  void ReadFat();
  void ReadDirectory();

  std::string_view bytes_;
  bool valid_ = false;
  std::size_t sector_bytes_ = 512;
  std::vector<std::uint32_t> fat_;
  std::vector<std::uint32_t> mini_fat_;
  std::string mini_stream_;
  std::vector<CompoundEntry> entries_;
};

}  // namespace lastlook::content
