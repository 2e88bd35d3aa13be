// SPDX-License-Identifier: MPL-2.0
#include "content/package.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/text_fold.h"
#include "content/readers.h"
#include "content/text_charset.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

constexpr std::uint64_t kRatioFrom = UINT64_C(16) << 20U;  // what unpacks to less harms nobody

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, CloseArchive>;

// Of 7z the header itself may be encrypted, which libarchive reports as a failure to read it.
bool SaysEncrypted(archive* reader) {
  return archive_read_has_encrypted_entries(reader) > 0;
}

Reader Open(std::string_view bytes, bool* encrypted) {
  Reader reader(archive_read_new());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_format_zip_seekable(reader.get());
  archive_read_support_format_zip_streamable(reader.get());
  archive_read_support_format_7zip(reader.get());
  archive_read_support_format_rar(reader.get());
  archive_read_support_format_rar5(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_raw(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    *encrypted = SaysEncrypted(reader.get());
    return nullptr;
  }
  return reader;
}

std::string PathOf(archive_entry* entry) {
  if (const char* raw = archive_entry_pathname(entry)) {
    const std::string_view bytes(raw);
    // Names without the flag for UTF-8 (APPNOTE.TXT 4.4.4, bit 11) are in the code page of the machine that packed
    // them; many are UTF-8 all the same.
    return IsValidUtf8(bytes) ? std::string(bytes) : DecodeText(bytes);
  }
  const char* utf8 = archive_entry_pathname_utf8(entry);
  return utf8 != nullptr ? utf8 : "?";
}

// Unpacks one file. Nothing: it is whole.
std::optional<Uninspected> Unpack(archive* reader, std::string_view packed, std::uint64_t* unpacked_here,
                                  Inspection* inspection, std::string* bytes) {
  for (;;) {
    std::array<char, 65'536> chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    const la_ssize_t count = archive_read_data(reader, chunk.data(), chunk.size());
    if (count == 0) {
      return std::nullopt;
    }
    if (count < 0) {
      return SaysEncrypted(reader) ? Uninspected::kEncrypted : Uninspected::kDamaged;
    }
    *unpacked_here += static_cast<std::uint64_t>(count);
    if (*unpacked_here > kRatioFrom && *unpacked_here / inspection->limits().ratio > packed.size()) {
      return Uninspected::kTooCompressed;
    }
    if (!inspection->TakeUnpacked(static_cast<std::uint64_t>(count))) {
      return Uninspected::kTooLarge;
    }
    bytes->append(chunk.data(), static_cast<std::size_t>(count));
  }
}

bool EndsReading(Uninspected why) {
  return why == Uninspected::kTooCompressed || why == Uninspected::kTooLarge;
}

// What a document takes in whole as one of its parts (ECMA-376 part 1 section 11.3.1, "alternative format").
bool IsTakenIn(std::string_view extension) {
  constexpr auto kKinds =
      std::to_array<std::string_view>({"htm", "html", "xhtml", "mht", "mhtml", "rtf", "txt", "docx", "docm", "dat"});
  return std::find(kKinds.begin(), kKinds.end(), extension) != kKinds.end();
}

// Which parts of a package anybody reads. Pictures and fonts are not unpacked: they are most of its size.
bool IsReadInPackage(const std::string& path) {
  const std::string extension = ExtensionOf(path);
  return extension == "xml" || extension == "rels" || path == "mimetype" || IsTakenIn(extension) ||
         path.find("embeddings/") != std::string::npos || path.starts_with("Object ");
}

enum class ZipKind { kArchive, kOfficeOpenXml, kOpenDocument };

// By the names in the central directory or the local headers, whichever come first: both kinds of package have fixed
// ones, and writers put them anywhere.
ZipKind KindOfZip(std::string_view bytes) {
  if (bytes.size() > 69 && bytes.substr(30, 39) == "mimetypeapplication/vnd.oasis.opendocum") {
    return ZipKind::kOpenDocument;
  }
  return bytes.find("[Content_Types].xml") != std::string_view::npos &&
                 bytes.find("_rels/.rels") != std::string_view::npos
             ? ZipKind::kOfficeOpenXml
             : ZipKind::kArchive;
}

void ReadPackage(const Item& item, ZipKind kind, Inspection* inspection) {
  Package package;
  std::vector<PackedFile> again;
  std::size_t count = 0;
  std::optional<Uninspected> problem;
  const std::optional<Uninspected> why = ForEachPacked(item.bytes, inspection, IsReadInPackage, [&](PackedFile file) {
    if (file.uninspected) {
      problem = problem ? problem : file.uninspected;
    } else if (!IsReadInPackage(file.path)) {
      package.not_unpacked.insert(std::move(file.path));
    } else if (package.parts.contains(file.path)) {
      again.push_back(std::move(file));
    } else {
      package.parts.emplace(std::move(file.path), std::move(file.bytes));
    }
    return ++count < inspection->limits().entries;
  });
  // The names that were found belong to a package that is stored in this archive.
  if (kind == ZipKind::kOfficeOpenXml && !package.Has("[Content_Types].xml")) {
    ReadArchive(item, inspection);
    return;
  }
  if (count >= inspection->limits().entries) {
    inspection->MarkUninspected(item, Uninspected::kTooManyFiles);
  }
  if (problem) {
    inspection->MarkUninspected(item, *problem);
  }
  // Two parts of one name: programs disagree about which of them counts, so the second is read as a file.
  for (PackedFile& file : again) {
    if (!inspection->AddInner(item, std::move(file.path), std::move(file.bytes))) {
      break;
    }
  }
  if (kind == ZipKind::kOfficeOpenXml) {
    ReadOfficeOpenXml(item, package, inspection);
  } else {
    ReadOpenDocument(item, package, inspection);
  }
  if (why) {
    inspection->MarkUninspected(item, *why);
  }
}

}  // namespace

std::optional<Uninspected> ForEachPacked(std::string_view bytes, Inspection* inspection,
                                         const std::function<bool(const std::string& path)>& wants,
                                         const std::function<bool(PackedFile)>& use) {
  bool encrypted = false;
  const Reader reader = Open(bytes, &encrypted);
  if (!reader) {
    return encrypted ? Uninspected::kEncrypted : Uninspected::kDamaged;
  }
  std::uint64_t unpacked_here = 0;
  for (;;) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) {
      return std::nullopt;
    }
    if (status < ARCHIVE_WARN) {
      return SaysEncrypted(reader.get()) ? Uninspected::kEncrypted : Uninspected::kDamaged;
    }
    PackedFile file;
    file.path = PathOf(entry);
    if (archive_entry_filetype(entry) == AE_IFDIR || file.path.ends_with('/')) {
      continue;
    }
    if (archive_entry_is_encrypted(entry) != 0) {
      file.uninspected = Uninspected::kEncrypted;
    } else if (wants(file.path)) {
      file.uninspected = Unpack(reader.get(), bytes, &unpacked_here, inspection, &file.bytes);
    }
    file.size = archive_entry_size_is_set(entry) != 0 ? static_cast<std::uint64_t>(archive_entry_size(entry))
                                                      : file.bytes.size();
    const std::optional<Uninspected> why = file.uninspected;
    if (!use(std::move(file))) {
      return std::nullopt;
    }
    if (why && EndsReading(*why)) {
      return why;
    }
  }
}

const std::string* Package::Find(std::string_view path) const {
  const auto found = parts.find(path);
  return found == parts.end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string_view, const std::string*>> Package::Under(std::string_view prefix) const {
  std::vector<std::pair<std::string_view, const std::string*>> found;
  for (auto part = parts.lower_bound(prefix); part != parts.end() && part->first.starts_with(prefix); ++part) {
    found.emplace_back(part->first, &part->second);
  }
  return found;
}

void ReadArchive(const Item& item, Inspection* inspection) {
  if (item.depth >= inspection->limits().depth) {
    inspection->MarkUninspected(item, Uninspected::kTooDeep);
    return;
  }
  const bool single = inspection->Of(item).kind == FileKind::kGzip;
  const std::optional<Uninspected> why = ForEachPacked(
      item.bytes, inspection, [](const std::string&) { return true; },
      [&](PackedFile file) {
        if (file.uninspected) {
          return inspection->AddUnread(item, std::move(file.path), file.size, *file.uninspected);
        }
        // A packed single file has no name of its own; it is called like its outside without the last extension.
        if (single && file.path == "data") {
          file.path = item.name.empty() ? file.path : item.name.substr(0, item.name.rfind('.'));
        }
        return inspection->AddInner(item, std::move(file.path), std::move(file.bytes));
      });
  if (why) {
    inspection->MarkUninspected(item, *why);
  }
}

void ReadZip(const Item& item, Inspection* inspection) {
  const ZipKind kind = KindOfZip(item.bytes);
  if (kind == ZipKind::kArchive) {
    ReadArchive(item, inspection);
  } else {
    ReadPackage(item, kind, inspection);
  }
}

}  // namespace lastlook::content
