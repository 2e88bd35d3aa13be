// SPDX-License-Identifier: MPL-2.0
// What is inside an attachment. Facts depend on the bytes alone, on no policy and no mail, so they are kept by the hash
// of the bytes. Whoever reads the bytes does so in a process of its own (content/); everybody else sees only this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook {

// What a file is by its content; its name may say otherwise.
enum class FileKind : std::uint8_t {
  kUnknown,
  kEmpty,
  kText,
  kHtml,
  kCsv,
  kRtf,
  kXml,
  kPdf,
  kDocx,
  kXlsx,
  kPptx,
  kOdt,
  kOds,
  kOdp,
  kDoc,
  kXls,
  kPpt,
  kMsg,
  kCompound,  // OLE2 that is none of these
  kEml,
  kIcs,
  kVcf,
  kZip,
  kSevenZip,
  kRar,
  kTar,
  kGzip,  // gz, bz2, xz, zstd: one file, packed
  kImage,
  kMedia,
  kDiskImage,
  kExecutable,  // a program or a library
  kScript,      // text that a program runs
  kShortcut,
  kOneNote,
  kKey,  // OpenPGP and X.509, signatures included
};
inline constexpr std::size_t kFileKinds = 35;

std::string_view FileKindName(FileKind kind);  // "xlsx"
std::optional<FileKind> FileKindFromName(std::string_view name);

// Whether a file of this kind may carry this extension (folded, without the dot). An extension that nobody knows fits
// everything.
bool ExtensionFits(FileKind kind, std::string_view extension);

// Programs, scripts and shortcuts: what runs when it is opened.
bool IsExecutable(FileKind kind);

// Why a file, or a file in it, could not be read.
enum class Uninspected : std::uint8_t {
  kEncrypted,
  kDamaged,
  kUnknownKind,
  kNoText,         // pages that hold pictures only
  kTooLarge,       // unpacked it is larger than allowed
  kTooManyFiles,   // more entries than allowed
  kTooDeep,        // packed into each other deeper than allowed
  kTooCompressed,  // it unpacks to so much more than it is that it looks made to harm
  kTime,           // it took longer than allowed
  kCrashed,        // the reading process died of it
  kNoProgram,      // a program that reads it is not installed
  kNotGiven,       // the mail program did not hand it over
  kTooLargeFile,   // it is larger than what is handed over
};
inline constexpr std::size_t kUninspectedReasons = 13;
std::string_view UninspectedName(Uninspected reason);  // "encrypted"
std::optional<Uninspected> UninspectedFromName(std::string_view name);

// What somebody who opens the file does not see.
enum class HiddenKind : std::uint8_t {
  kSheet,
  kRows,
  kColumns,
  kComments,
  kTrackedChanges,
  kText,
  kNotes,  // of a speaker
  kSlide,
  kPivotCache,  // the table a pivot was made from, kept with it
  kEmbedded,    // a file in the file
  kAuthor,
  kLocation,  // where a picture was taken
  kLink,      // to another file
};
inline constexpr std::size_t kHiddenKinds = 13;
std::string_view HiddenKindName(HiddenKind kind);  // "tracked_changes"
std::optional<HiddenKind> HiddenKindFromName(std::string_view name);

struct HiddenThing {
  HiddenKind kind = HiddenKind::kSheet;
  std::uint32_t entry = 0;  // index in PartFacts::entries
  std::string name;         // of the sheet, the author, the embedded file; may be empty
  std::string place;        // "C:E", "12–20"; may be empty
  std::uint64_t count = 0;  // cells, comments, changes … that are hidden; 0: of no number
};

// One file: the attachment itself, then what is packed in it.
struct FileFacts {
  std::string path;  // "" for the attachment itself, "給与.zip/2026/名簿.xlsx" for what is in it
  FileKind kind = FileKind::kUnknown;
  std::uint64_t size_bytes = 0;
  bool encrypted = false;
  bool macros = false;
  std::string label;  // of a classification (MIP), by its name; may be empty
  std::optional<Uninspected> uninspected;
};

// What a text is in its file.
enum class TextUnit : std::uint8_t {
  kWhole,
  kSheet,
  kPage,
  kSlide,
  kNotes,
  kComments,
  kHeader,  // headers, footers, footnotes
  kTrackedChanges,
  kHiddenText,
  kPivotCache,
  kProperties,
  kSubject,
  kBody,
};
inline constexpr std::size_t kTextUnits = 13;
std::string_view TextUnitName(TextUnit unit);
std::optional<TextUnit> TextUnitFromName(std::string_view name);

// A cell of a sheet, counted from 1.
struct CellPlace {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  friend bool operator==(const CellPlace&, const CellPlace&) = default;
};

// From byte `begin` on the text is cell `cell`; a tab is the next column, a newline the next row's first column.
struct CellAnchor {
  std::uint32_t begin = 0;
  CellPlace cell;
};

struct NumberRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  // included
};

struct FactText {
  std::uint32_t entry = 0;  // index in PartFacts::entries
  TextUnit unit = TextUnit::kWhole;
  std::string name;                 // of the sheet
  std::uint32_t number = 0;         // of the page or slide, from 1; 0: none
  bool hidden = false;              // all of it
  std::string text;                 // UTF-8
  std::vector<CellAnchor> anchors;  // by begin; empty: no sheet
  std::vector<NumberRange> hidden_rows;
  std::vector<NumberRange> hidden_columns;
};

struct PartFacts {
  std::vector<FileFacts> entries;  // the first is the attachment itself
  std::vector<FactText> texts;
  std::vector<HiddenThing> hidden;

  const FileFacts& itself() const { return entries.front(); }
  // Whether it, or anything in it, could not be read.
  bool HasUninspected() const;
};

// Facts of an attachment of which only this is known.
PartFacts UninspectedPart(Uninspected reason);

// The cell that holds byte `at`; {0, 0} where the text is no sheet. Linear in the distance from the anchor before it.
CellPlace CellAt(const FactText& text, std::size_t at);
// The cells of places that are asked for in ascending order: all of them together in one pass.
class CellWalk {
 public:
  explicit CellWalk(const FactText& text) : text_(text) {}  // which outlives this
  CellPlace At(std::size_t at);

 private:
  const FactText& text_;
  std::size_t anchor_ = 0;  // of the next one
  std::size_t byte_ = 0;
  CellPlace cell_;
};

// "C12".
std::string CellName(const CellPlace& cell);
std::string ColumnName(std::uint32_t column);  // 28 → "AB"
// The column of "AB"; 0 for what is none.
std::uint32_t ColumnNumber(std::string_view letters);
// Whether that cell is in a hidden row or column, or the whole text is hidden.
bool IsHidden(const FactText& text, const CellPlace& cell);

}  // namespace lastlook
