// SPDX-License-Identifier: MPL-2.0
#include "mail/part_facts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lastlook {
namespace {

constexpr std::array<std::string_view, kFileKinds> kKindNames = {
    "unknown", "empty", "text",       "html",       "csv",    "rtf",      "xml",     "pdf", "docx",
    "xlsx",    "pptx",  "odt",        "ods",        "odp",    "doc",      "xls",     "ppt", "msg",
    "ole2",    "eml",   "ics",        "vcf",        "zip",    "7z",       "rar",     "tar", "gzip",
    "image",   "media", "disk_image", "executable", "script", "shortcut", "onenote", "key"};

constexpr std::array<std::string_view, kUninspectedReasons> kReasonNames = {
    "encrypted",      "damaged", "unknown_kind", "no_text",    "too_large", "too_many_files", "too_deep",
    "too_compressed", "time",    "crashed",      "no_program", "not_given", "too_large_file"};

constexpr std::array<std::string_view, kHiddenKinds> kHiddenNames = {
    "sheet", "rows",        "columns",  "comments", "tracked_changes", "text", "notes",
    "slide", "pivot_cache", "embedded", "author",   "location",        "link"};

constexpr std::array<std::string_view, kTextUnits> kUnitNames = {
    "whole",           "sheet",       "page",        "slide",      "notes",   "comments", "header",
    "tracked_changes", "hidden_text", "pivot_cache", "properties", "subject", "body"};

// What files of each kind are called. A kind that stands here twice has two rows.
struct ExtensionRow {
  std::string_view extension;
  std::array<FileKind, 4> kinds;  // filled up with the first
};

constexpr ExtensionRow Row(std::string_view extension, FileKind a, FileKind b, FileKind c, FileKind d) {
  return {extension, {a, b, c, d}};
}
constexpr ExtensionRow Row(std::string_view extension, FileKind a) {
  return {extension, {a, a, a, a}};
}
constexpr ExtensionRow Row(std::string_view extension, FileKind a, FileKind b) {
  return {extension, {a, b, a, a}};
}

// An old .xls is often HTML or CSV that a system wrote so that Excel opens it, a .doc often RTF or HTML: that is no
// disguise. Encrypted Office files are OLE2 whatever they hold.
constexpr auto kExtensions = std::to_array<ExtensionRow>({
    Row("pdf", FileKind::kPdf),
    Row("docx", FileKind::kDocx, FileKind::kCompound),
    Row("docm", FileKind::kDocx, FileKind::kCompound),
    Row("xlsx", FileKind::kXlsx, FileKind::kCompound),
    Row("xlsm", FileKind::kXlsx, FileKind::kCompound),
    Row("pptx", FileKind::kPptx, FileKind::kCompound),
    Row("pptm", FileKind::kPptx, FileKind::kCompound),
    Row("odt", FileKind::kOdt),
    Row("ods", FileKind::kOds),
    Row("odp", FileKind::kOdp),
    Row("doc", FileKind::kDoc, FileKind::kRtf, FileKind::kHtml, FileKind::kDocx),
    Row("xls", FileKind::kXls, FileKind::kHtml, FileKind::kCsv, FileKind::kXlsx),
    Row("ppt", FileKind::kPpt, FileKind::kPptx),
    Row("msg", FileKind::kMsg),
    Row("zip", FileKind::kZip),
    Row("7z", FileKind::kSevenZip),
    Row("rar", FileKind::kRar),
    Row("tar", FileKind::kTar),
    Row("gz", FileKind::kGzip),
    Row("tgz", FileKind::kGzip),
    Row("bz2", FileKind::kGzip),
    Row("xz", FileKind::kGzip),
    Row("jpg", FileKind::kImage),
    Row("jpeg", FileKind::kImage),
    Row("png", FileKind::kImage),
    Row("gif", FileKind::kImage),
    Row("bmp", FileKind::kImage),
    Row("tif", FileKind::kImage),
    Row("tiff", FileKind::kImage),
    Row("webp", FileKind::kImage),
    Row("heic", FileKind::kImage),
    Row("txt", FileKind::kText, FileKind::kCsv, FileKind::kEml, FileKind::kXml),
    Row("csv", FileKind::kCsv, FileKind::kText),
    Row("tsv", FileKind::kCsv, FileKind::kText),
    Row("rtf", FileKind::kRtf),
    Row("exe", FileKind::kExecutable),
    Row("dll", FileKind::kExecutable),
    Row("scr", FileKind::kExecutable),
    Row("lnk", FileKind::kShortcut),
});

template <typename Enum, std::size_t kCount>
std::optional<Enum> FromName(const std::array<std::string_view, kCount>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

}  // namespace

std::string_view FileKindName(FileKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}
std::optional<FileKind> FileKindFromName(std::string_view name) {
  return FromName<FileKind>(kKindNames, name);
}
std::string_view UninspectedName(Uninspected reason) {
  return kReasonNames[static_cast<std::size_t>(reason)];
}
std::optional<Uninspected> UninspectedFromName(std::string_view name) {
  return FromName<Uninspected>(kReasonNames, name);
}
std::string_view HiddenKindName(HiddenKind kind) {
  return kHiddenNames[static_cast<std::size_t>(kind)];
}
std::optional<HiddenKind> HiddenKindFromName(std::string_view name) {
  return FromName<HiddenKind>(kHiddenNames, name);
}
std::string_view TextUnitName(TextUnit unit) {
  return kUnitNames[static_cast<std::size_t>(unit)];
}
std::optional<TextUnit> TextUnitFromName(std::string_view name) {
  return FromName<TextUnit>(kUnitNames, name);
}

bool ExtensionFits(FileKind kind, std::string_view extension) {
  if (kind == FileKind::kEmpty || kind == FileKind::kUnknown) {
    return true;
  }
  const auto row =
      std::find_if(kExtensions.begin(), kExtensions.end(), [&](const auto& r) { return r.extension == extension; });
  if (row == kExtensions.end()) {
    // What nobody calls by that name: a program is a program under any.
    return kind != FileKind::kExecutable;
  }
  return std::find(row->kinds.begin(), row->kinds.end(), kind) != row->kinds.end();
}

bool IsExecutable(FileKind kind) {
  return kind == FileKind::kExecutable || kind == FileKind::kScript || kind == FileKind::kShortcut;
}

bool PartFacts::HasUninspected() const {
  return std::any_of(entries.begin(), entries.end(), [](const FileFacts& f) { return f.uninspected.has_value(); });
}

PartFacts UninspectedPart(Uninspected reason) {
  PartFacts facts;
  FileFacts itself;
  itself.uninspected = reason;
  facts.entries.push_back(std::move(itself));
  return facts;
}

CellPlace CellAt(const FactText& text, std::size_t at) {
  const auto after = std::upper_bound(text.anchors.begin(), text.anchors.end(), at,
                                      [](std::size_t byte, const CellAnchor& anchor) { return byte < anchor.begin; });
  if (after == text.anchors.begin()) {
    return {};
  }
  const CellAnchor& anchor = *(after - 1);
  CellPlace cell = anchor.cell;
  for (std::size_t i = anchor.begin; i < at && i < text.text.size(); ++i) {
    if (text.text[i] == '\t') {
      ++cell.column;
    } else if (text.text[i] == '\n') {
      ++cell.row;
      cell.column = 1;
    }
  }
  return cell;
}

CellPlace CellWalk::At(std::size_t at) {
  for (at = at < text_.text.size() ? at : text_.text.size(); byte_ <= at; ++byte_) {
    if (anchor_ < text_.anchors.size() && text_.anchors[anchor_].begin <= byte_) {
      cell_ = text_.anchors[anchor_++].cell;
    }
    if (byte_ == at) {
      break;
    }
    if (cell_.row > 0 && text_.text[byte_] == '\t') {
      ++cell_.column;
    } else if (cell_.row > 0 && text_.text[byte_] == '\n') {
      ++cell_.row;
      cell_.column = 1;
    }
  }
  return cell_;
}

std::string ColumnName(std::uint32_t column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return name;
}

std::uint32_t ColumnNumber(std::string_view letters) {
  constexpr std::size_t kMostLetters = 3;  // XFD, the last column of Excel
  if (letters.empty() || letters.size() > kMostLetters) {
    return 0;
  }
  std::uint32_t number = 0;
  for (const char c : letters) {
    if (c < 'A' || c > 'Z') {
      return 0;
    }
    number = number * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
  }
  return number;
}

std::string CellName(const CellPlace& cell) {
  return ColumnName(cell.column) + std::to_string(cell.row);
}

bool IsHidden(const FactText& text, const CellPlace& cell) {
  const auto within = [](const std::vector<NumberRange>& ranges, std::uint32_t number) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [number](const NumberRange& r) { return number >= r.first && number <= r.last; });
  };
  return text.hidden || within(text.hidden_rows, cell.row) || within(text.hidden_columns, cell.column);
}

}  // namespace lastlook
