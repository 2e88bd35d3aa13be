// SPDX-License-Identifier: MPL-2.0
#include "content/file_kind.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/text_fold.h"
#include "content/text_charset.h"

namespace lastlook::content {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  FileKind kind;
};

// The formats' own specifications; most are also in the table of file(1).
constexpr auto kMagics = std::to_array<Magic>({
    {0, "PK\x03\x04"sv, FileKind::kZip},
    {0, "PK\x05\x06"sv, FileKind::kZip},  // an empty one
    {0, "PK\x07\x08"sv, FileKind::kZip},  // one volume of several
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, FileKind::kCompound},
    {0, "7z\xBC\xAF\x27\x1C"sv, FileKind::kSevenZip},
    {0, "Rar!\x1A\x07"sv, FileKind::kRar},
    {257, "ustar"sv, FileKind::kTar},
    {0, "\x1F\x8B"sv, FileKind::kGzip},
    {0, "BZh"sv, FileKind::kGzip},
    {0,
     "\xFD"
     "7zXZ\x00"sv,
     FileKind::kGzip},
    {0, "\x28\xB5\x2F\xFD"sv, FileKind::kGzip},
    {0, "{\\rtf"sv, FileKind::kRtf},
    {0, "\xFF\xD8\xFF"sv, FileKind::kImage},
    {0, "\x89PNG\r\n"sv, FileKind::kImage},
    {0, "GIF8"sv, FileKind::kImage},
    {0, "II*\x00"sv, FileKind::kImage},
    {0, "MM\x00*"sv, FileKind::kImage},
    {4, "ftypheic"sv, FileKind::kImage},
    {4, "ftypmif1"sv, FileKind::kImage},
    {4, "ftypavif"sv, FileKind::kImage},
    {8, "WEBP"sv, FileKind::kImage},
    {0, "8BPS"sv, FileKind::kImage},
    {0, "\xD7\xCD\xC6\x9A"sv, FileKind::kImage},
    {40, " EMF"sv, FileKind::kImage},
    {4, "ftyp"sv, FileKind::kMedia},
    {8, "WAVE"sv, FileKind::kMedia},
    {8, "AVI "sv, FileKind::kMedia},
    {0, "ID3"sv, FileKind::kMedia},
    {0, "OggS"sv, FileKind::kMedia},
    {0, "\x1A\x45\xDF\xA3"sv, FileKind::kMedia},
    {0, "\xFF\xFB"sv, FileKind::kMedia},
    {0x8001, "CD001"sv, FileKind::kDiskImage},
    {0, "vhdxfile"sv, FileKind::kDiskImage},
    {0, "conectix"sv, FileKind::kDiskImage},
    {0,
     "\x7F"
     "ELF"sv,
     FileKind::kExecutable},
    {0, "\xCF\xFA\xED\xFE"sv, FileKind::kExecutable},
    {0, "\xCE\xFA\xED\xFE"sv, FileKind::kExecutable},
    {0, "\xCA\xFE\xBA\xBE"sv, FileKind::kExecutable},
    {0, "dex\n"sv, FileKind::kExecutable},
    {0, "MSCF"sv, FileKind::kUnknown},
    {0, "L\x00\x00\x00\x01\x14\x02\x00"sv, FileKind::kShortcut},
    {0, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D"sv, FileKind::kOneNote},
    {0, "-----BEGIN "sv, FileKind::kKey},
});

constexpr auto kScripts = std::to_array<std::string_view>({"bat", "cmd", "com", "ps1", "psm1", "vbs", "vbe", "js",
                                                           "jse", "wsf", "wsh", "hta", "sh", "command", "reg", "scf"});

// Letters at the beginning of a text ("ID3,name …") do not make a picture or a sound of it: nobody would read it then.
bool IsBinary(FileKind kind) {
  return kind == FileKind::kImage || kind == FileKind::kMedia || kind == FileKind::kDiskImage ||
         kind == FileKind::kUnknown || kind == FileKind::kExecutable;
}

bool IsProgramForWindows(std::string_view bytes) {
  // PE Format: "MZ", and at 0x3C the place of "PE\0\0". A DOS program has no such place; it is one all the same.
  return bytes.starts_with("MZ") && bytes.size() > 64 && bytes.substr(0, 2000).find('\0') != std::string_view::npos;
}

bool IsMailHeader(std::string_view text) {
  // RFC 5322 section 3.6: two fields that every mail has, before the first empty line.
  const std::size_t end = std::min({text.find("\r\n\r\n"), text.find("\n\n"), std::size_t{64} << 10U});
  const std::string header = "\n" + AsciiLower(text.substr(0, end));
  const auto has = [&header](std::string_view field) { return header.find(field) != std::string::npos; };
  const std::size_t line = header.find('\n', 1);
  const std::size_t colon = header.find(':');
  return colon != std::string::npos && (line == std::string::npos || colon < line) && has("\nfrom:") &&
         (has("\ndate:") || has("\nsubject:") || has("\nreceived:") || has("\nmime-version:"));
}

FileKind KindOfText(std::string_view bytes, std::string_view extension) {
  // Enough to know; in UTF-16 as well.
  const std::string begin = AsciiLower(TrimSpace(DecodeText(bytes.substr(0, 1024))));
  if (std::find(kScripts.begin(), kScripts.end(), extension) != kScripts.end() || begin.starts_with("#!/")) {
    return FileKind::kScript;
  }
  if (begin.starts_with("<!doctype html") || begin.starts_with("<html") || extension == "html" || extension == "htm") {
    return FileKind::kHtml;
  }
  if (begin.starts_with("begin:vcard")) {
    return FileKind::kVcf;
  }
  if (begin.starts_with("begin:vcalendar")) {
    return FileKind::kIcs;
  }
  if (IsMailHeader(bytes)) {
    return FileKind::kEml;
  }
  if (extension == "csv" || extension == "tsv") {
    return FileKind::kCsv;
  }
  if (begin.starts_with("<?xml")) {
    return begin.find("<html") != std::string::npos ? FileKind::kHtml : FileKind::kXml;
  }
  return FileKind::kText;
}

}  // namespace

FileKind KindOf(std::string_view bytes, std::string_view extension) {
  if (bytes.empty()) {
    return FileKind::kEmpty;
  }
  const bool is_text = LooksLikeText(bytes);
  for (const Magic& magic : kMagics) {
    if (bytes.size() >= magic.at && bytes.substr(magic.at, magic.bytes.size()) == magic.bytes &&
        !(is_text && IsBinary(magic.kind))) {
      return magic.kind;
    }
  }
  // ISO 32000-1 annex H.3.4.1: within the first 1024 bytes. After the others: an archive may hold one there.
  const std::size_t pdf = bytes.substr(0, 1024).find("%PDF-");
  if (pdf != std::string_view::npos && (pdf == 0 || !LooksLikeText(bytes.substr(0, pdf)) || pdf < 64)) {
    return FileKind::kPdf;
  }
  if (IsProgramForWindows(bytes)) {
    return FileKind::kExecutable;
  }
  if (extension == "gpg" || extension == "pgp" || extension == "p7s" || extension == "p7m") {
    return FileKind::kKey;
  }
  return is_text ? KindOfText(bytes, extension) : FileKind::kUnknown;
}

}  // namespace lastlook::content
