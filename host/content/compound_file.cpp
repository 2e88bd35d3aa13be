// SPDX-License-Identifier: MPL-2.0
#include "content/compound_file.h"

#include <algorithm>
#include <utility>

#include "mail/charset.h"

namespace lastlook::content {
namespace {

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // [MS-CFB] 2.1: greater ones are marks
constexpr std::size_t kMiniSectorBytes = 64;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kMostEntries = 20'000;

}  // namespace

std::uint16_t Le16(std::string_view bytes, std::size_t at) {
  return at + 2 > bytes.size() ? std::uint16_t{0}
                               : static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) |
                                                            (static_cast<unsigned char>(bytes[at + 1]) << 8U));
}
std::uint32_t Le32(std::string_view bytes, std::size_t at) {
  return at + 4 > bytes.size() ? 0U : Le16(bytes, at) | (static_cast<std::uint32_t>(Le16(bytes, at + 2)) << 16U);
}
std::uint64_t Le64(std::string_view bytes, std::size_t at) {
  return at + 8 > bytes.size() ? 0U : Le32(bytes, at) | (static_cast<std::uint64_t>(Le32(bytes, at + 4)) << 32U);
}

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes) {
  const std::uint16_t shift = Le16(bytes, 30);
  if (bytes.size() < 512 || (shift != 9 && shift != 12)) {
    return;
  }
  sector_bytes_ = std::size_t{1} << shift;
  valid_ = true;
  ReadFat();
  ReadDirectory();
}

std::string_view CompoundFile::Sector(std::uint32_t sector) const {
  const std::uint64_t at = (static_cast<std::uint64_t>(sector) + 1) * sector_bytes_;
  return sector > kLastSector || at >= bytes_.size() ? std::string_view()
                                                     : bytes_.substr(static_cast<std::size_t>(at), sector_bytes_);
}

void CompoundFile::ReadFat() {
  // The places of the table's own sectors: 109 in the header, the others in a chain of their own (2.5).
  std::vector<std::uint32_t> sectors;
  const std::size_t most = bytes_.size() / sector_bytes_ + 1;
  for (std::size_t i = 0; i < 109; ++i) {
    sectors.push_back(Le32(bytes_, 76 + i * 4));
  }
  std::uint32_t next = Le32(bytes_, 68);
  for (std::size_t step = 0; next <= kLastSector && step < most && sectors.size() < most + 109; ++step) {
    const std::string_view sector = Sector(next);
    if (sector.size() < sector_bytes_) {
      break;
    }
    for (std::size_t at = 0; at + 4 < sector_bytes_; at += 4) {
      sectors.push_back(Le32(sector, at));
    }
    next = Le32(sector, sector_bytes_ - 4);
  }
  for (const std::uint32_t place : sectors) {
    const std::string_view sector = Sector(place);
    for (std::size_t at = 0; at + 4 <= sector.size() && fat_.size() < most + sector_bytes_; at += 4) {
      fat_.push_back(Le32(sector, at));
    }
  }
}

std::string CompoundFile::ReadChain(std::uint32_t sector, std::uint64_t size) const {
  std::string out;
  const std::uint64_t most = std::min<std::uint64_t>(size, bytes_.size());
  // A chain that runs in a circle ends with the file's length.
  while (out.size() < most && sector <= kLastSector) {
    const std::string_view bytes = Sector(sector);
    if (bytes.empty()) {
      break;
    }
    out += bytes;
    sector = sector < fat_.size() ? fat_[sector] : UINT32_MAX;
  }
  if (out.size() > most) {
    out.resize(static_cast<std::size_t>(most));
  }
  return out;
}

std::string CompoundFile::ReadMiniChain(std::uint32_t sector, std::uint64_t size) const {
  std::string out;
  const std::uint64_t most = std::min<std::uint64_t>(size, mini_stream_.size());
  while (out.size() < most && sector <= kLastSector) {
    const std::size_t at = static_cast<std::size_t>(sector) * kMiniSectorBytes;
    if (at >= mini_stream_.size()) {
      break;
    }
    out.append(mini_stream_, at, kMiniSectorBytes);
    sector = sector < mini_fat_.size() ? mini_fat_[sector] : UINT32_MAX;
  }
  if (out.size() > most) {
    out.resize(static_cast<std::size_t>(most));
  }
  return out;
}

void CompoundFile::ReadDirectory() {
  const std::string directory = ReadChain(Le32(bytes_, 48), bytes_.size());
  const std::string mini = ReadChain(Le32(bytes_, 60), static_cast<std::uint64_t>(Le32(bytes_, 64)) * sector_bytes_);
  for (std::size_t at = 0; at + 4 <= mini.size(); at += 4) {
    mini_fat_.push_back(Le32(mini, at));
  }
  const std::size_t count = std::min(directory.size() / kEntryBytes, kMostEntries);
  if (count == 0) {
    valid_ = false;
    return;
  }
  mini_stream_ = ReadChain(Le32(directory, 116), Le64(directory, 120));
  // The tree (2.6.4): each storage has one child, whose siblings hang left and right of it. Walked without recursion,
  // each entry once.
  struct Step {
    std::uint32_t entry;
    std::string folder;
  };
  std::vector<bool> seen(count, false);
  std::vector<Step> open = {{Le32(directory, 76), ""}};
  while (!open.empty()) {
    Step step = std::move(open.back());
    open.pop_back();
    if (step.entry >= count || seen[step.entry]) {
      continue;
    }
    seen[step.entry] = true;
    const std::string_view raw = std::string_view(directory).substr(step.entry * kEntryBytes, kEntryBytes);
    const std::size_t name_bytes = std::min<std::size_t>(Le16(raw, 64), 64);
    CompoundEntry entry;
    entry.name = DecodeCharset(raw.substr(0, name_bytes < 2 ? 0 : name_bytes - 2), "UTF-16LE");
    entry.path = step.folder + entry.name;
    entry.is_storage = raw[66] == 1;
    entry.first_sector = Le32(raw, 116);
    entry.size = sector_bytes_ == 512 ? Le32(raw, 120) : Le64(raw, 120);
    open.push_back({Le32(raw, 68), step.folder});
    open.push_back({Le32(raw, 72), step.folder});
    if (entry.is_storage && entry.path.size() < 1024) {
      open.push_back({Le32(raw, 76), entry.path + "/"});
    }
    entries_.push_back(std::move(entry));
  }
  std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
}

const CompoundEntry* CompoundFile::Find(std::string_view path) const {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [path](const CompoundEntry& e) { return e.path == path; });
  return found == entries_.end() ? nullptr : &*found;
}

std::string CompoundFile::Read(const CompoundEntry& entry) const {
  constexpr std::uint64_t kMiniBelow = 4096;  // 2.2, Mini Stream Cutoff Size
  return entry.size < kMiniBelow ? ReadMiniChain(entry.first_sector, entry.size)
                                 : ReadChain(entry.first_sector, entry.size);
}

std::string CompoundFile::Read(std::string_view path) const {
  const CompoundEntry* entry = Find(path);
  return entry == nullptr ? std::string() : Read(*entry);
}

}  // namespace lastlook::content
