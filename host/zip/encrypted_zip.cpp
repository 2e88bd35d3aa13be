// SPDX-License-Identifier: MPL-2.0
// Numbers "4.x" are sections of APPNOTE 6.3.10; "AE" those of WinZip's specification of AE-1 and AE-2.
#include "zip/encrypted_zip.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/zip_aes.h"

namespace lastlook::zip {
namespace {

constexpr std::uint32_t kLocalSignature = 0x04034B50;         // 4.3.7
constexpr std::uint32_t kCentralSignature = 0x02014B50;       // 4.3.12
constexpr std::uint32_t kEndSignature = 0x06054B50;           // 4.3.16
constexpr std::uint32_t kZip64EndSignature = 0x06064B50;      // 4.3.14
constexpr std::uint32_t kZip64LocatorSignature = 0x07064B50;  // 4.3.15

constexpr std::uint16_t kMadeBy = 63;               // 4.4.2: version 6.3, MS-DOS attributes
constexpr std::uint16_t kNeedsNothing = 20;         // 4.4.3.2
constexpr std::uint16_t kNeedsZip64 = 45;           // 4.4.3.2
constexpr std::uint16_t kNeedsAes = 51;             // 4.4.3.2
constexpr std::uint16_t kFlagEncrypted = 1U << 0U;  // 4.4.4
constexpr std::uint16_t kFlagUtf8 = 1U << 11U;      // 4.4.4, Appendix D
constexpr std::uint16_t kMethodAes = 99;            // AE II.B
constexpr std::uint16_t kAesExtraId = 0x9901;       // AE II.D
constexpr std::uint16_t kZip64ExtraId = 0x0001;     // 4.5.3
constexpr std::uint32_t kArchiveAttribute = 0x20;   // of MS-DOS: an ordinary file

constexpr std::uint32_t kFull32 = std::numeric_limits<std::uint32_t>::max();  // 4.4.1.4: "see ZIP64"
constexpr std::uint16_t kFull16 = std::numeric_limits<std::uint16_t>::max();

constexpr std::size_t kCipherBytes = kZipAesSaltBytes + kZipAesCheckBytes + kZipAesCodeBytes;

// Little-endian numbers (4.4.1.1), one after the other.
class Record {
 public:
  Record& Half(std::uint64_t value) { return Put(value, 2); }
  Record& Word(std::uint64_t value) { return Put(value, 4); }
  Record& Long(std::uint64_t value) { return Put(value, 8); }
  Record& Text(std::string_view text) {
    bytes_ += text;
    return *this;
  }
  // "See ZIP64" for what does not fit.
  Record& WordOrFull(std::uint64_t value) { return Word(std::min<std::uint64_t>(value, kFull32)); }
  Record& HalfOrFull(std::uint64_t value) { return Half(std::min<std::uint64_t>(value, kFull16)); }
  const std::string& bytes() const { return bytes_; }

 private:
  Record& Put(std::uint64_t value, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      bytes_ += static_cast<char>(value >> (8U * i) & 0xFFU);
    }
    return *this;
  }
  std::string bytes_;
};

bool IsEncrypted(const PreparedFile& file) {
  return file.size_bytes > 0;
}

// Of the entry's data as they stand in the ZIP.
std::uint64_t StoredBytes(const PreparedFile& file) {
  return IsEncrypted(file) ? file.data.size() + kCipherBytes : 0;
}

bool HasLargeSizes(const PreparedFile& file) {
  return file.size_bytes >= kFull32 || StoredBytes(file) >= kFull32;
}

// AE II.D. AE-2: the CRC is left out, for that of a short file would tell what is in it.
void AppendAesExtra(const PreparedFile& file, Record* extra) {
  if (IsEncrypted(file)) {
    constexpr std::uint16_t kLength = 7;
    constexpr std::uint16_t kAe2 = 2;
    constexpr char kStrength256 = 3;
    extra->Half(kAesExtraId).Half(kLength).Half(kAe2).Text("AE").Text(std::string_view(&kStrength256, 1));
    extra->Half(static_cast<std::uint16_t>(file.method));
  }
}

// From "version needed" to "uncompressed size" (4.3.7, 4.3.12): the same in both headers.
void AppendCommon(const Entry& entry, bool zip64, const WallTime& time, Record* header) {
  const PreparedFile& file = entry.file;
  const bool encrypted = IsEncrypted(file);
  header->Half(encrypted ? kNeedsAes : zip64 ? kNeedsZip64 : kNeedsNothing);
  header->Half(kFlagUtf8 | (encrypted ? kFlagEncrypted : 0U));
  header->Half(encrypted ? kMethodAes : static_cast<std::uint16_t>(Method::kStored));
  const auto field = [](int value, int least, int most, unsigned shift) {
    return static_cast<std::uint32_t>(std::clamp(value, least, most)) << shift;
  };
  header->Half(field(time.hour, 0, 23, 11) | field(time.minute, 0, 59, 5) | field(time.second, 0, 59, 0) / 2);
  header->Half(field(time.year - 1980, 0, 127, 9) | field(time.month, 1, 12, 5) | field(time.day, 1, 31, 0));
  header->Word(0);  // CRC-32: of nothing, or left out (AE-2)
}

std::string LocalHeader(const Entry& entry, const WallTime& time) {
  const PreparedFile& file = entry.file;
  const bool zip64 = HasLargeSizes(file);
  Record extra;
  if (zip64) {  // 4.5.3: here both
    extra.Half(kZip64ExtraId).Half(16).Long(file.size_bytes).Long(StoredBytes(file));
  }
  AppendAesExtra(file, &extra);
  Record header;
  header.Word(kLocalSignature);
  AppendCommon(entry, zip64, time, &header);
  header.Word(zip64 ? kFull32 : StoredBytes(file)).Word(zip64 ? kFull32 : file.size_bytes);
  header.Half(entry.name.size()).Half(extra.bytes().size()).Text(entry.name).Text(extra.bytes());
  return header.bytes();
}

std::string CentralHeader(const Entry& entry, std::uint64_t offset, const WallTime& time) {
  const PreparedFile& file = entry.file;
  Record large;  // 4.5.3: only what does not fit, in this order
  if (file.size_bytes >= kFull32) {
    large.Long(file.size_bytes);
  }
  if (StoredBytes(file) >= kFull32) {
    large.Long(StoredBytes(file));
  }
  if (offset >= kFull32) {
    large.Long(offset);
  }
  Record extra;
  if (!large.bytes().empty()) {
    extra.Half(kZip64ExtraId).Half(large.bytes().size()).Text(large.bytes());
  }
  AppendAesExtra(file, &extra);
  Record header;
  header.Word(kCentralSignature).Half(kMadeBy);
  AppendCommon(entry, !large.bytes().empty(), time, &header);
  header.WordOrFull(StoredBytes(file)).WordOrFull(file.size_bytes);
  header.Half(entry.name.size()).Half(extra.bytes().size());
  header.Half(0).Half(0).Half(0);  // no comment, the first disk, no internal attributes
  header.Word(kArchiveAttribute).WordOrFull(offset).Text(entry.name).Text(extra.bytes());
  return header.bytes();
}

// Where the central directory lies, and how much of it there is.
struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t offset = 0;
  std::uint64_t size_bytes = 0;

  bool IsLarge() const { return entries >= kFull16 || offset >= kFull32 || size_bytes >= kFull32; }
};

std::string End(const Directory& directory) {
  Record end;
  if (directory.IsLarge()) {
    constexpr std::uint64_t kZip64EndRest = 44;  // 4.3.14.1: its length without the first twelve bytes
    end.Word(kZip64EndSignature).Long(kZip64EndRest).Half(kMadeBy).Half(kNeedsZip64).Word(0).Word(0);
    end.Long(directory.entries).Long(directory.entries).Long(directory.size_bytes).Long(directory.offset);
    end.Word(kZip64LocatorSignature).Word(0).Long(directory.offset + directory.size_bytes).Word(1);
  }
  end.Word(kEndSignature).Half(0).Half(0).HalfOrFull(directory.entries).HalfOrFull(directory.entries);
  end.WordOrFull(directory.size_bytes).WordOrFull(directory.offset).Half(0);
  return end.bytes();
}

// Hands on in pieces of kChunkBytes, and counts.
class Output {
 public:
  explicit Output(const Sink& sink) : sink_(sink) { buffer_.reserve(kChunkBytes); }

  std::uint64_t written() const { return written_; }

  Result<void> Put(std::string_view bytes) {
    return InPieces(bytes, [](char*, std::size_t) {});
  }
  Result<void> PutEncrypted(std::string_view bytes, ZipAes* aes) {
    return InPieces(bytes, [aes](char* piece, std::size_t count) { aes->Encrypt(piece, count); });
  }
  Result<void> Flush() {
    if (buffer_.empty()) {
      return {};
    }
    Result<void> taken = sink_(buffer_);
    buffer_.clear();
    return taken;
  }

 private:
  template <typename Change>
  Result<void> InPieces(std::string_view bytes, Change change) {
    while (!bytes.empty()) {
      const std::size_t count = std::min(bytes.size(), kChunkBytes - buffer_.size());
      const std::size_t at = buffer_.size();
      buffer_ += bytes.substr(0, count);
      change(buffer_.data() + at, count);
      bytes.remove_prefix(count);
      written_ += count;
      if (buffer_.size() == kChunkBytes) {
        if (Result<void> taken = Flush(); !taken) {
          return taken;
        }
      }
    }
    return {};
  }

  const Sink& sink_;
  std::string buffer_;
  std::uint64_t written_ = 0;
};

Result<void> WriteData(const PreparedFile& file, std::string_view password, const RandomSource& random, Output* out) {
  if (!IsEncrypted(file)) {
    return {};
  }
  const Result<std::string> salt = random(kZipAesSaltBytes);
  if (!salt) {
    return salt.error();
  }
  Result<ZipAes> aes = ZipAes::Make(password, salt.value());
  if (!aes) {
    return std::move(aes).error();
  }
  Result<void> put = out->Put(salt.value() + aes->check());  // AE III
  if (put) {
    put = out->PutEncrypted(file.data, &aes.value());
  }
  return put ? out->Put(aes->Code()) : std::move(put);
}

}  // namespace

std::uint64_t EncryptedZipSize(const std::vector<Entry>& entries) {
  Directory directory;
  directory.entries = entries.size();
  for (const Entry& entry : entries) {
    directory.size_bytes += CentralHeader(entry, directory.offset, {}).size();
    directory.offset += LocalHeader(entry, {}).size() + StoredBytes(entry.file);
  }
  return directory.offset + directory.size_bytes + End(directory).size();
}

Result<void> WriteEncryptedZip(const std::vector<Entry>& entries, std::string_view password, const WallTime& time,
                               const RandomSource& random, const Sink& sink) {
  if (password.empty()) {
    return Error{ErrorCode::kInvalidParams, "a ZIP without a password would not be encrypted", "give a password", ""};
  }
  Output out(sink);
  std::vector<std::uint64_t> offsets;
  offsets.reserve(entries.size());
  for (const Entry& entry : entries) {
    offsets.push_back(out.written());
    Result<void> put = out.Put(LocalHeader(entry, time));
    if (put) {
      put = WriteData(entry.file, password, random, &out);
    }
    if (!put) {
      return put;
    }
  }
  Directory directory{entries.size(), out.written(), 0};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (Result<void> put = out.Put(CentralHeader(entries[i], offsets[i], time)); !put) {
      return put;
    }
  }
  directory.size_bytes = out.written() - directory.offset;
  Result<void> put = out.Put(End(directory));
  return put ? out.Flush() : std::move(put);
}

}  // namespace lastlook::zip
