// SPDX-License-Identifier: MPL-2.0
// Sheets (SpreadsheetML, ECMA-376 part 1 section 18): every cell of every sheet, what is hidden of it, the comments,
// and the tables that pivots were made from.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/office_parts.h"
#include "content/relationships.h"
#include "content/sheet_text.h"
#include "content/xml_scanner.h"

namespace lastlook::content {
namespace {

using Event = XmlScanner::Event;

constexpr std::uint32_t kLastRow = 1'048'576;  // section 18.3.1.73
constexpr std::uint32_t kLastColumn = 16'384;

bool IsTrue(std::string_view value) {
  return value == "1" || value == "true";
}

std::uint32_t WholeNumber(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The shared strings (section 18.4.8) in one buffer.
class SharedStrings {
 public:
  explicit SharedStrings(const std::string* part) {
    if (part == nullptr) {
      return;
    }
    const std::string text = XmlAsUtf8(*part);
    buffer_.reserve(text.size() / 2);
    XmlScanner xml(text);
    bool in_text = false;
    bool in_reading = false;  // rPh: how a Japanese text is read, beside the text itself
    for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
      if (event == Event::kText) {
        if (in_text && !in_reading) {
          xml.AppendText(&buffer_);
        }
      } else if (xml.name() == "t") {
        in_text = event == Event::kOpen;
      } else if (xml.name() == "rPh") {
        in_reading = event == Event::kOpen;
      } else if (xml.name() == "si" && event == Event::kClose) {
        ends_.push_back(buffer_.size());
      }
    }
  }

  std::string_view At(std::size_t index) const {
    if (index >= ends_.size()) {
      return {};
    }
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(buffer_).substr(begin, ends_[index] - begin);
  }

 private:
  std::string buffer_;
  std::vector<std::size_t> ends_;
};

// Days since 1899-12-30, as sheets count (section 18.17.4.1), as "2026-11-24"; the arithmetic is Howard Hinnant's
// civil_from_days.
std::string DateOfSerial(std::int64_t serial) {
  const std::int64_t z = serial - 25'569 + 719'468;
  const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097;
  const std::int64_t doe = z - era * 146'097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
  const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  const std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

// Which cell styles show a number as a date (sections 18.8.30 and 18.8.31).
class DateStyles {
 public:
  explicit DateStyles(const std::string* part) {
    if (part == nullptr) {
      return;
    }
    const std::string text = XmlAsUtf8(*part);
    XmlScanner xml(text);
    std::map<std::uint32_t, bool> own;
    bool in_cells = false;
    for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
      if (event == Event::kText) {
        continue;
      }
      if (xml.name() == "cellXfs") {
        in_cells = event == Event::kOpen;
      } else if (event == Event::kOpen && xml.name() == "numFmt") {
        own[WholeNumber(xml.RawAttribute("numFmtId"))] = IsDateFormat(xml.Attribute("formatCode"));
      } else if (event == Event::kOpen && xml.name() == "xf" && in_cells) {
        const std::uint32_t id = WholeNumber(xml.RawAttribute("numFmtId"));
        const auto known = own.find(id);
        // The formats that every program knows: dates, and those of Japanese and Chinese calendars.
        dates_.push_back(known != own.end()
                             ? known->second
                             : (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58));
      }
    }
  }
  bool IsDate(std::uint32_t style) const { return style < dates_.size() && dates_[style]; }

 private:
  static bool IsDateFormat(std::string_view code) {
    bool quoted = false;
    bool bracket = false;
    for (const char c : code) {
      quoted = c == '"' ? !quoted : quoted;
      bracket = c == '[' || (bracket && c != ']');
      if (!quoted && !bracket && (c == 'y' || c == 'd' || c == 'e')) {
        return true;
      }
    }
    return false;
  }
  std::vector<bool> dates_;
};

// "B2" → its place. Where a cell has no reference it follows the one before.
CellPlace PlaceOf(std::string_view reference, CellPlace otherwise) {
  std::size_t letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    ++letters;
  }
  const std::uint32_t column = ColumnNumber(reference.substr(0, letters));
  const std::uint32_t row = WholeNumber(reference.substr(letters));
  const bool valid = column > 0 && column <= kLastColumn && row > 0 && row <= kLastRow;
  return valid ? CellPlace{row, column} : otherwise;
}

// A number as people see it: whole numbers of many digits are sometimes written with an exponent.
std::string NumberText(std::string_view raw, bool is_date) {
  constexpr double kMostDays = 2'958'465;  // 9999-12-31
  constexpr double kMostDigits = 1e16;
  if (!is_date && raw.find_first_of("eE") == std::string_view::npos) {
    return std::string(raw);
  }
  double value = 0;
  const auto [end, problem] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (problem != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value)) {
    return std::string(raw);
  }
  if (is_date && value >= 1 && value <= kMostDays) {
    return DateOfSerial(static_cast<std::int64_t>(value));
  }
  if (std::fabs(value) < kMostDigits && value == std::trunc(value)) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  return std::string(raw);
}

class SheetReader {
 public:
  SheetReader(const SharedStrings& strings, const DateStyles& styles) : strings_(strings), styles_(styles) {}

  SheetText Read(const std::string& part, std::uint64_t most_bytes) {
    const std::string converted = part.starts_with("<?xml") || part.starts_with('<') ? std::string() : XmlAsUtf8(part);
    XmlScanner xml(converted.empty() ? std::string_view(part) : std::string_view(converted));
    for (auto event = xml.Next(); event != Event::kEnd && sheet_.bytes() <= most_bytes; event = xml.Next()) {
      switch (event) {
        case Event::kOpen:
          Open(xml);
          break;
        case Event::kText:
          if (in_value_) {
            xml.AppendText(&value_);
          }
          break;
        default:
          Close(xml.name());
      }
    }
    return std::move(sheet_);
  }

 private:
  void Open(const XmlScanner& xml) {
    const std::string_view name = xml.name();
    if (name == "c") {
      cell_ = PlaceOf(xml.RawAttribute("r"), {cell_.row, cell_.column + 1});
      type_ = xml.RawAttribute("t");
      style_ = type_.empty() || type_ == "n" ? WholeNumber(xml.RawAttribute("s")) : 0;
      value_.clear();
    } else if (name == "v" || name == "t") {
      in_value_ = !in_reading_;
    } else if (name == "row") {
      const std::uint32_t row = WholeNumber(xml.RawAttribute("r"));
      cell_ = {row > 0 && row <= kLastRow ? row : cell_.row + 1, 0};
      if (IsTrue(xml.RawAttribute("hidden"))) {
        sheet_.HideRows({cell_.row, cell_.row});
      }
    } else if (name == "col" && IsTrue(xml.RawAttribute("hidden"))) {
      const std::uint32_t first = WholeNumber(xml.RawAttribute("min"));
      sheet_.HideColumns({first, std::max(first, WholeNumber(xml.RawAttribute("max")))});
    } else if (name == "rPh") {
      in_reading_ = true;
    }
  }

  void Close(std::string_view name) {
    if (name == "v" || name == "t") {
      in_value_ = false;
    } else if (name == "rPh") {
      in_reading_ = false;
    } else if (name == "c") {
      if (type_ == "s") {
        sheet_.AddCell(cell_, strings_.At(WholeNumber(value_)));
      } else if (type_.empty() || type_ == "n") {
        sheet_.AddCell(cell_, NumberText(value_, styles_.IsDate(style_)));
      } else if (type_ != "b" && type_ != "e") {
        sheet_.AddCell(cell_, value_);
      }
    }
  }

  const SharedStrings& strings_;
  const DateStyles& styles_;
  SheetText sheet_;
  CellPlace cell_;
  std::string_view type_;
  std::uint32_t style_ = 0;
  std::string value_;
  bool in_value_ = false;
  bool in_reading_ = false;
};

// Comments (section 18.7) and threaded comments: their cells and texts.
SheetText ReadComments(const std::string& part, std::uint64_t* count) {
  SheetText comments;
  const std::string text = XmlAsUtf8(part);
  XmlScanner xml(text);
  CellPlace cell;
  std::string value;
  bool in_text = false;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    const bool is_comment = xml.name() == "comment" || xml.name() == "threadedComment";
    if (event == Event::kText) {
      if (in_text) {
        xml.AppendText(&value);
      }
    } else if (event == Event::kOpen && is_comment) {
      cell = PlaceOf(xml.RawAttribute("ref"), cell);
      value.clear();
      ++*count;
    } else if (event == Event::kClose && is_comment) {
      comments.AddCell(cell, value);
    } else if (xml.name() == "t" || xml.name() == "text") {
      in_text = event == Event::kOpen;
    }
  }
  return comments;
}

// The values of a pivot's cache (section 18.10): the attribute "v" of everything in it.
std::string PivotText(const std::string& part, std::uint64_t* count) {
  const std::string text = XmlAsUtf8(part);
  XmlScanner xml(text);
  std::string out;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kOpen && xml.name() != "x") {
      const std::string value = xml.Attribute(xml.name() == "cacheField" ? "name" : "v");
      if (!value.empty()) {
        out += value;
        ++*count;
        out += '\t';
      }
    } else if (event == Event::kClose && (xml.name() == "r" || xml.name() == "cacheField")) {
      out += '\n';
    }
  }
  return out;
}

class WorkbookReader {
 public:
  WorkbookReader(const Item& item, const Package& package, const std::string& main, Inspection* inspection)
      : item_(item),
        package_(package),
        main_(main),
        inspection_(inspection),
        relationships_(RelationshipsOf(package, main)),
        strings_(package.Find(TargetOfType(relationships_, "sharedStrings"))),
        styles_(package.Find(TargetOfType(relationships_, "styles"))) {}

  void Read() {
    const std::string* workbook = package_.Find(main_);
    if (workbook == nullptr) {
      // A binary workbook (.xlsb, [MS-XLSB]) has its main part where it should be, in another language.
      inspection_->MarkUninspected(item_, package_.Has(main_) ? Uninspected::kUnknownKind : Uninspected::kDamaged);
      return;
    }
    const std::string text = XmlAsUtf8(*workbook);
    XmlScanner xml(text);
    for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
      if (event == Event::kOpen && xml.name() == "sheet") {
        const auto target = relationships_.find(xml.Attribute("id"));
        const std::string_view state = xml.RawAttribute("state");
        if (target == relationships_.end()) {
          inspection_->MarkUninspected(item_, Uninspected::kDamaged);
        } else {
          ReadSheet(target->second.target, xml.Attribute("name"), state == "hidden" || state == "veryHidden");
        }
      }
    }
    ReadPivots();
    for (const auto& [id, one] : relationships_) {
      if (one.type == "externalLink") {
        const auto links = RelationshipsOf(package_, one.target);
        inspection_->AddHidden(item_, HiddenKind::kLink, 1, links.empty() ? "" : links.begin()->second.target);
      }
    }
  }

 private:
  void ReadSheet(const std::string& path, const std::string& name, bool hidden) {
    const std::string* part = package_.Find(path);
    if (part == nullptr) {
      inspection_->MarkUninspected(item_, Uninspected::kDamaged);
      return;
    }
    // Each part once, however often it is named.
    if (!seen_.insert(path).second) {
      return;
    }
    SheetText sheet = SheetReader(strings_, styles_).Read(*part, inspection_->limits().text_bytes);
    if (hidden) {
      inspection_->AddHidden(item_, HiddenKind::kSheet, sheet.cells(), name);
    }
    // Hidden and empty columns are how people make a sheet narrow.
    if (sheet.cells_in_hidden_columns() > 0) {
      inspection_->AddHidden(item_, HiddenKind::kColumns, sheet.cells_in_hidden_columns(), name,
                             DescribeColumns(sheet.fact().hidden_columns));
    }
    if (sheet.cells_in_hidden_rows() > 0) {
      inspection_->AddHidden(item_, HiddenKind::kRows, sheet.cells_in_hidden_rows(), name,
                             DescribeRows(sheet.fact().hidden_rows));
    }
    AddSheet(sheet.Take(), name, hidden);
    for (const auto& [id, one] : RelationshipsOf(package_, path)) {
      const std::string* related = package_.Find(one.target);
      if (related == nullptr || !seen_.insert(one.target).second) {
        continue;
      }
      if (one.type == "comments" || one.type == "threadedComment") {
        std::uint64_t count = 0;
        FactText comments = ReadComments(*related, &count).Take();
        comments.unit = TextUnit::kComments;
        AddSheet(std::move(comments), name, true);
        // Of a threaded comment the plain comments hold a copy for older programs.
        if (count > 0 && one.type == "comments") {
          inspection_->AddHidden(item_, HiddenKind::kComments, count, name);
        }
      } else if (one.type == "drawing") {
        FactText drawing;
        drawing.unit = TextUnit::kSheet;
        drawing.text = DrawingText(*related);
        AddSheet(std::move(drawing), name, hidden);
      }
    }
  }

  void AddSheet(FactText fact, const std::string& name, bool hidden) {
    fact.name = name;
    fact.hidden = hidden;
    inspection_->AddText(item_, std::move(fact));
  }

  void ReadPivots() {
    std::string text;
    std::uint64_t count = 0;
    for (const auto& [path, part] : package_.Under("xl/pivotCache/pivotCache")) {
      text += PivotText(*part, &count);
    }
    if (count > 0) {
      inspection_->AddHidden(item_, HiddenKind::kPivotCache, count);
      FactText fact;
      fact.unit = TextUnit::kPivotCache;
      fact.hidden = true;
      fact.text = std::move(text);
      inspection_->AddText(item_, std::move(fact));
    }
  }

  const Item& item_;
  const Package& package_;
  const std::string& main_;
  Inspection* inspection_;
  std::map<std::string, Relationship> relationships_;
  SharedStrings strings_;
  DateStyles styles_;
  std::set<std::string> seen_;
};

}  // namespace

void ReadWorkbook(const Item& item, const Package& package, const std::string& main, Inspection* inspection) {
  WorkbookReader(item, package, main, inspection).Read();
}

}  // namespace lastlook::content
