// SPDX-License-Identifier: MPL-2.0
// Excel 97 to 2003 ([MS-XLS], BIFF8): the cells of every sheet, and what of them is hidden.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/compound_readers.h"
#include "content/sheet_text.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

// 2.3.1, by number.
constexpr std::uint16_t kEof = 0x000A;
constexpr std::uint16_t kFilePass = 0x002F;
constexpr std::uint16_t kContinue = 0x003C;
constexpr std::uint16_t kColInfo = 0x007D;
constexpr std::uint16_t kBoundSheet = 0x0085;
constexpr std::uint16_t kMulRk = 0x00BD;
constexpr std::uint16_t kSst = 0x00FC;
constexpr std::uint16_t kLabelSst = 0x00FD;
constexpr std::uint16_t kNumber = 0x0203;
constexpr std::uint16_t kLabel = 0x0204;
constexpr std::uint16_t kString = 0x0207;
constexpr std::uint16_t kRow = 0x0208;
constexpr std::uint16_t kRk = 0x027E;
constexpr std::uint16_t kFormula = 0x0006;
constexpr std::uint16_t kBof = 0x0809;

struct Record {
  std::uint16_t type = 0;
  std::string_view body;
};

// The record at `*at`; moves it behind. False at the end.
bool NextRecord(std::string_view stream, std::size_t* at, Record* record) {
  if (*at + 4 > stream.size()) {
    return false;
  }
  record->type = Le16(stream, *at);
  record->body = stream.substr(*at + 4, Le16(stream, *at + 2));
  *at += 4 + record->body.size();
  return true;
}

std::string Characters(std::string_view bytes, bool wide) {
  return DecodeCharset(bytes, wide ? "UTF-16LE" : "windows-1252");
}

// The shared strings (2.4.265): one stream over the record and those that continue it. A string's characters may be cut
// anywhere, and then begin anew with a byte that says how wide they are.
class StringsReader {
 public:
  explicit StringsReader(std::vector<std::string_view> pieces) : pieces_(std::move(pieces)) {}

  std::vector<std::string> Read() {
    std::vector<std::string> strings;
    const std::uint32_t count = Le32(Take(8), 4);
    while (strings.size() < count && piece_ < pieces_.size()) {
      const std::uint16_t length = Le16(Take(2), 0);
      const std::string flags = Take(1);
      if (flags.empty()) {
        break;
      }
      bool wide = (flags[0] & 1) != 0;
      const std::size_t runs = (flags[0] & 8) != 0 ? Le16(Take(2), 0) * std::size_t{4} : 0;
      const std::size_t phonetic = (flags[0] & 4) != 0 ? Le32(Take(4), 0) : 0;
      std::string text;
      for (std::size_t left = length; left > 0 && piece_ < pieces_.size();) {
        const std::size_t here = pieces_[piece_].size() - at_;
        if (here == 0) {
          ++piece_;
          at_ = 0;
          if (piece_ < pieces_.size() && !pieces_[piece_].empty()) {
            wide = (pieces_[piece_][at_++] & 1) != 0;
          }
          continue;
        }
        const std::size_t bytes = std::min(here, left * (wide ? 2 : 1));
        text += Characters(pieces_[piece_].substr(at_, bytes), wide);
        at_ += bytes;
        left -= std::max<std::size_t>(1, wide ? bytes / 2 : bytes);
      }
      Skip(runs + phonetic);
      strings.push_back(std::move(text));
    }
    return strings;
  }

 private:
  std::string Take(std::size_t bytes) {
    std::string out;
    while (out.size() < bytes && piece_ < pieces_.size()) {
      const std::string_view part = pieces_[piece_].substr(at_, bytes - out.size());
      out += part;
      at_ += part.size();
      Advance();
    }
    return out;
  }
  void Skip(std::size_t bytes) {
    while (bytes > 0 && piece_ < pieces_.size()) {
      const std::size_t here = std::min(bytes, pieces_[piece_].size() - at_);
      bytes -= here;
      at_ += here;
      Advance();
    }
  }
  void Advance() {
    if (at_ >= pieces_[piece_].size() && piece_ + 1 < pieces_.size()) {
      ++piece_;
      at_ = 0;
    } else if (at_ >= pieces_[piece_].size()) {
      piece_ = pieces_.size();
    }
  }

  std::vector<std::string_view> pieces_;
  std::size_t piece_ = 0;
  std::size_t at_ = 0;
};

std::string NumberText(double value) {
  constexpr double kMostDigits = 1e16;
  if (std::isfinite(value) && std::fabs(value) < kMostDigits && value == std::trunc(value)) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  return std::isfinite(value) ? std::to_string(value) : "";
}

// 2.5.198.
double RkValue(std::uint32_t rk) {
  const double value = (rk & 2U) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                      : std::bit_cast<double>(static_cast<std::uint64_t>(rk & ~3U) << 32U);
  return (rk & 1U) != 0 ? value / 100 : value;
}

// XLUnicodeString: length, width, characters.
std::string UnicodeString(std::string_view body) {
  const bool wide = body.size() > 2 && (body[2] & 1) != 0;
  return body.size() < 3 ? std::string() : Characters(body.substr(3, Le16(body, 0) * (wide ? 2U : 1U)), wide);
}

class SheetRecords {
 public:
  SheetRecords(const std::vector<std::string>& strings, std::uint64_t most_bytes)
      : strings_(strings), most_bytes_(most_bytes) {}

  // From `*at` to the sheet's end, where it leaves `*at`.
  SheetText Read(std::string_view stream, std::size_t* at) {
    int depth = 0;  // charts in the sheet have records of their own between BOF and EOF
    for (Record record; sheet_.bytes() <= most_bytes_ && NextRecord(stream, at, &record);) {
      if (record.type == kBof) {
        ++depth;
      } else if (record.type == kEof && --depth <= 0) {
        break;
      } else if (depth == 1) {
        Use(record);
      }
    }
    return std::move(sheet_);
  }

 private:
  void Use(const Record& record) {
    const std::string_view body = record.body;
    const CellPlace cell{Le16(body, 0) + 1U, Le16(body, 2) + 1U};
    switch (record.type) {
      case kColInfo:
        if ((Le16(body, 8) & 1U) != 0) {
          sheet_.HideColumns({Le16(body, 0) + 1U, Le16(body, 2) + 1U});
        }
        break;
      case kRow:
        if ((Le16(body, 12) & 0x20U) != 0) {
          sheet_.HideRows({cell.row, cell.row});
        }
        break;
      case kLabelSst:
        if (const std::uint32_t index = Le32(body, 6); index < strings_.size()) {
          sheet_.AddCell(cell, strings_[index]);
        }
        break;
      case kLabel:
        sheet_.AddCell(cell, UnicodeString(body.substr(std::min<std::size_t>(6, body.size()))));
        break;
      case kNumber:
        sheet_.AddCell(cell, NumberText(std::bit_cast<double>(Le64(body, 6))));
        break;
      case kRk:
        sheet_.AddCell(cell, NumberText(RkValue(Le32(body, 6))));
        break;
      case kMulRk:
        for (std::size_t i = 0; 4 + i * 6 + 6 <= body.size() - std::min<std::size_t>(2, body.size()); ++i) {
          sheet_.AddCell({cell.row, cell.column + static_cast<std::uint32_t>(i)},
                         NumberText(RkValue(Le32(body, 4 + i * 6 + 2))));
        }
        break;
      case kFormula:
        formula_ = cell;
        // A result that is no number has its last two bytes set (2.5.133).
        if (Le16(body, 12) != 0xFFFF) {
          sheet_.AddCell(cell, NumberText(std::bit_cast<double>(Le64(body, 6))));
        }
        break;
      case kString:
        sheet_.AddCell(formula_, UnicodeString(body));
        break;
      default:
        break;
    }
  }

  const std::vector<std::string>& strings_;
  std::uint64_t most_bytes_;
  SheetText sheet_;
  CellPlace formula_{1, 1};
};

struct BoundSheet {
  std::string name;
  std::size_t at = 0;
  bool hidden = false;
};

void AddSheet(const Item& item, const BoundSheet& bound, SheetText sheet, Inspection* inspection) {
  if (bound.hidden) {
    inspection->AddHidden(item, HiddenKind::kSheet, sheet.cells(), bound.name);
  }
  if (sheet.cells_in_hidden_columns() > 0) {
    inspection->AddHidden(item, HiddenKind::kColumns, sheet.cells_in_hidden_columns(), bound.name,
                          DescribeColumns(sheet.fact().hidden_columns));
  }
  if (sheet.cells_in_hidden_rows() > 0) {
    inspection->AddHidden(item, HiddenKind::kRows, sheet.cells_in_hidden_rows(), bound.name,
                          DescribeRows(sheet.fact().hidden_rows));
  }
  FactText fact = sheet.Take();
  fact.name = bound.name;
  fact.hidden = bound.hidden;
  inspection->AddText(item, std::move(fact));
}

}  // namespace

void ReadOldWorkbook(const Item& item, const CompoundFile& file, Inspection* inspection) {
  const std::string stream = file.Read(file.Find("Workbook") != nullptr ? "Workbook" : "Book");
  // 2.4.21: Excel 5 and 95 have other records under the same numbers.
  constexpr std::uint16_t kBiff8 = 0x0600;
  if (stream.size() < 6 || Le16(stream, 0) != kBof || Le16(stream, 4) != kBiff8) {
    inspection->MarkUninspected(item, Uninspected::kUnknownKind);
    return;
  }
  std::vector<BoundSheet> sheets;
  std::vector<std::string_view> strings;
  bool in_strings = false;
  std::size_t at = 0;
  for (Record record; NextRecord(stream, &at, &record) && record.type != kEof;) {
    if (record.type == kFilePass) {
      inspection->MarkUninspected(item, Uninspected::kEncrypted);
      return;
    }
    if (record.type == kBoundSheet && record.body.size() > 8) {
      // ShortXLUnicodeString: a length of one byte.
      const bool wide = (record.body[7] & 1) != 0;
      const auto length = static_cast<std::size_t>(static_cast<unsigned char>(record.body[6]));
      sheets.push_back({Characters(record.body.substr(8, length * (wide ? 2 : 1)), wide), Le32(record.body, 0),
                        (record.body[4] & 3) != 0});
    }
    in_strings = record.type == kSst || (in_strings && record.type == kContinue);
    if (in_strings) {
      strings.push_back(record.body);
    }
  }
  const std::vector<std::string> shared = StringsReader(std::move(strings)).Read();
  // Sheets do not overlap; a file in which they do is made to be read for ever.
  std::size_t left = stream.size();
  for (const BoundSheet& bound : sheets) {
    std::size_t end = bound.at;
    AddSheet(item, bound, SheetRecords(shared, inspection->limits().text_bytes).Read(stream, &end), inspection);
    if (end - bound.at > left) {
      inspection->MarkUninspected(item, Uninspected::kDamaged);
      return;
    }
    left -= end - bound.at;
  }
}

}  // namespace lastlook::content
