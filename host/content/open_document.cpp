// SPDX-License-Identifier: MPL-2.0
// OpenDocument 1.3 part 3: texts, sheets and slides, with what is hidden of them.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/package.h"
#include "content/sheet_text.h"
#include "content/xml_scanner.h"

namespace lastlook::content {
namespace {

using Event = XmlScanner::Event;

constexpr std::uint32_t kMostRepeats = 1000;  // of a cell with a value; empty ones cost nothing

std::uint32_t Repeats(std::string_view raw) {
  std::uint32_t value = 1;
  std::from_chars(raw.data(), raw.data() + raw.size(), value);
  return std::clamp<std::uint32_t>(value, 1, 1'048'576);
}

// Styles that hide what has them, by name: sheets (table:display) and runs of text (text:display).
std::set<std::string, std::less<>> HidingStyles(std::string_view content) {
  std::set<std::string, std::less<>> found;
  XmlScanner xml(content);
  std::string style;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event != Event::kOpen) {
      continue;
    }
    if (xml.name() == "style") {
      style = xml.Attribute("name");
    } else if (xml.name() == "table-properties" || xml.name() == "text-properties") {
      const std::string_view display = xml.RawAttribute("display");
      if (display == "false" || display == "none") {
        found.insert(style);
      }
    } else if (xml.name() == "drawing-page-properties" && xml.RawAttribute("visibility") == "hidden") {
      found.insert(style);
    }
  }
  return found;
}

class ContentReader {
 public:
  ContentReader(const Item& item, FileKind kind, std::string_view content, Inspection* inspection)
      : item_(item), kind_(kind), hiding_(HidingStyles(content)), xml_(content), inspection_(inspection) {}

  void Read() {
    for (auto event = xml_.Next(); event != Event::kEnd; event = xml_.Next()) {
      if (event == Event::kOpen) {
        Open();
      } else if (event == Event::kClose) {
        Close();
      } else if (in_paragraph_ > 0 && skipped_ == 0) {
        xml_.AppendText(Target());
      }
    }
    EndUnit();
    if (annotations_ > 0) {
      inspection_->AddHidden(item_, HiddenKind::kComments, annotations_);
    }
    if (changes_ > 0) {
      inspection_->AddHidden(item_, HiddenKind::kTrackedChanges, changes_);
    }
    if (hidden_runs_ > 0) {
      inspection_->AddHidden(item_, HiddenKind::kText, hidden_runs_);
    }
    AddHidden(TextUnit::kComments, std::move(comments_));
    AddHidden(TextUnit::kTrackedChanges, std::move(deleted_));
    AddHidden(TextUnit::kHiddenText, std::move(hidden_));
  }

 private:
  std::string* Target() {
    return in_annotation_     ? &comments_
           : in_changes_      ? &deleted_
           : in_notes_        ? &notes_
           : hidden_span_ > 0 ? &hidden_
           : in_cell_         ? &cell_text_
                              : &text_;
  }

  void Open() {
    const std::string_view name = xml_.name();
    if (name == "p" || name == "h") {
      ++in_paragraph_;
    } else if (name == "span") {
      const bool hides = hiding_.contains(xml_.Attribute("style-name"));
      hidden_span_ += hidden_span_ > 0 || hides ? 1 : 0;
      hidden_runs_ += hides ? 1 : 0;
    } else if (name == "tab" || name == "s" || name == "line-break") {
      if (in_paragraph_ > 0) {
        *Target() += name == "tab" ? '\t' : name == "s" ? ' ' : '\n';
      }
    } else if (name == "annotation") {
      in_annotation_ = true;
      ++annotations_;
    } else if (name == "creator" || name == "date") {
      ++skipped_;
    } else if (name == "tracked-changes") {
      in_changes_ = true;
    } else if (name == "changed-region") {
      ++changes_;
    } else if (name == "notes") {
      in_notes_ = true;
    } else if (name == "page" && kind_ == FileKind::kOdp) {
      EndUnit();
      ++number_;
      unit_is_hidden_ = hiding_.contains(xml_.Attribute("style-name"));
      if (unit_is_hidden_) {
        inspection_->AddHidden(item_, HiddenKind::kSlide, 1, "", std::to_string(number_));
      }
    } else if (kind_ == FileKind::kOds) {
      OpenInSheet(name);
    }
  }

  void OpenInSheet(std::string_view name) {
    const std::string_view visibility = xml_.RawAttribute("visibility");
    const bool hidden = visibility == "collapse" || visibility == "filter";
    if (name == "table") {
      EndUnit();
      sheet_ = SheetText();
      sheet_name_ = xml_.Attribute("name");
      unit_is_hidden_ = hiding_.contains(xml_.Attribute("style-name"));
      in_sheet_ = true;
      row_ = 0;
      next_column_ = 1;
    } else if (name == "table-column") {
      const std::uint32_t count = Repeats(xml_.RawAttribute("number-columns-repeated"));
      if (hidden) {
        sheet_.HideColumns({next_column_, next_column_ + count - 1});
      }
      next_column_ += count;
    } else if (name == "table-row") {
      row_ += 1;
      row_repeats_ = Repeats(xml_.RawAttribute("number-rows-repeated"));
      cell_column_ = 1;
      if (hidden) {
        sheet_.HideRows({row_, row_ + row_repeats_ - 1});
      }
    } else if (name == "table-cell" || name == "covered-table-cell") {
      in_cell_ = true;
      cell_text_.clear();
      cell_repeats_ = Repeats(xml_.RawAttribute("number-columns-repeated"));
    }
  }

  void Close() {
    const std::string_view name = xml_.name();
    if (name == "p" || name == "h") {
      in_paragraph_ -= in_paragraph_ > 0 ? 1 : 0;
      *Target() += '\n';
    } else if (name == "span") {
      hidden_span_ -= hidden_span_ > 0 ? 1 : 0;
    } else if (name == "annotation") {
      in_annotation_ = false;
    } else if (name == "creator" || name == "date") {
      skipped_ -= skipped_ > 0 ? 1 : 0;
    } else if (name == "tracked-changes") {
      in_changes_ = false;
    } else if (name == "notes") {
      in_notes_ = false;
    } else if (name == "table-cell" || name == "covered-table-cell") {
      CloseCell();
    } else if (name == "table-row" && in_sheet_) {
      row_ += row_repeats_ - 1;
    } else if (name == "table" && in_sheet_) {
      EndUnit();
    }
  }

  void CloseCell() {
    if (!in_sheet_) {
      // A cell of a table in a text: its paragraph ended the line.
      if (!text_.empty() && text_.back() == '\n') {
        text_.back() = '\t';
      }
      return;
    }
    in_cell_ = false;
    while (!cell_text_.empty() && cell_text_.back() == '\n') {
      cell_text_.pop_back();
    }
    for (std::uint32_t i = 0; i < std::min(cell_repeats_, kMostRepeats); ++i) {
      if (sheet_.bytes() < inspection_->limits().text_bytes) {
        sheet_.AddCell({row_, cell_column_ + i}, cell_text_);
      }
    }
    cell_column_ += cell_repeats_;
  }

  // The sheet, slide or whole text that was read.
  void EndUnit() {
    FactText fact;
    if (in_sheet_) {
      in_sheet_ = in_cell_ = false;
      const auto add = [&](HiddenKind kind, std::uint64_t count, std::string place) {
        if (count > 0) {
          inspection_->AddHidden(item_, kind, count, sheet_name_, std::move(place));
        }
      };
      add(HiddenKind::kSheet, unit_is_hidden_ ? std::max<std::uint64_t>(sheet_.cells(), 1) : 0, "");
      add(HiddenKind::kColumns, sheet_.cells_in_hidden_columns(), DescribeColumns(sheet_.fact().hidden_columns));
      add(HiddenKind::kRows, sheet_.cells_in_hidden_rows(), DescribeRows(sheet_.fact().hidden_rows));
      fact = sheet_.Take();
      fact.name = std::move(sheet_name_);
    } else {
      fact.unit = kind_ == FileKind::kOdp ? TextUnit::kSlide : TextUnit::kWhole;
      fact.number = number_;
      fact.text = std::exchange(text_, {});
    }
    fact.hidden = unit_is_hidden_;
    unit_is_hidden_ = false;
    inspection_->AddText(item_, std::move(fact));
    if (notes_.find_first_not_of(" \t\n0123456789") != std::string::npos) {
      inspection_->AddHidden(item_, HiddenKind::kNotes, 1, "", std::to_string(number_));
      AddHidden(TextUnit::kNotes, std::move(notes_));
    }
    notes_.clear();
  }

  void AddHidden(TextUnit unit, std::string text) {
    FactText fact;
    fact.unit = unit;
    fact.number = unit == TextUnit::kNotes ? number_ : 0;
    fact.hidden = true;
    fact.text = std::move(text);
    inspection_->AddText(item_, std::move(fact));
  }

  const Item& item_;
  FileKind kind_;
  std::set<std::string, std::less<>> hiding_;
  XmlScanner xml_;
  Inspection* inspection_;
  std::string text_;
  std::string notes_;
  std::string comments_;
  std::string deleted_;
  std::string hidden_;
  std::uint64_t annotations_ = 0;
  std::uint64_t changes_ = 0;
  std::uint64_t hidden_runs_ = 0;
  std::uint32_t number_ = 0;
  bool unit_is_hidden_ = false;
  bool in_annotation_ = false;
  bool in_changes_ = false;
  bool in_notes_ = false;
  std::size_t in_paragraph_ = 0;
  std::size_t hidden_span_ = 0;
  std::size_t skipped_ = 0;
  // Of a sheet.
  bool in_sheet_ = false;
  bool in_cell_ = false;
  SheetText sheet_;
  std::string sheet_name_;
  std::string cell_text_;
  std::uint32_t row_ = 0;
  std::uint32_t row_repeats_ = 1;
  std::uint32_t next_column_ = 1;
  std::uint32_t cell_column_ = 1;
  std::uint32_t cell_repeats_ = 1;
};

void ReadMeta(const Item& item, const Package& package, Inspection* inspection) {
  const std::string* part = package.Find("meta.xml");
  if (part == nullptr) {
    return;
  }
  const std::string text = XmlAsUtf8(*part);
  XmlScanner xml(text);
  std::string all;
  std::string value;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kOpen) {
      value.clear();
    } else if (event == Event::kText) {
      xml.AppendText(&value);
    } else if (xml.name() == "creator" || xml.name() == "initial-creator") {
      if (!value.empty()) {
        inspection->AddHidden(item, HiddenKind::kAuthor, 0, value);
        all += std::exchange(value, {}) + "\n";
      }
    } else if (xml.name() == "title" || xml.name() == "subject" || xml.name() == "keyword" ||
               xml.name() == "description") {
      all += std::exchange(value, {}) + "\n";
    }
  }
  inspection->AddText(item, TextUnit::kProperties, std::move(all));
}

// What stands around the text (headers, footers, slides' masters) and in the objects of a document (charts keep the
// table they were made from): the paragraphs of such a part, a line each.
std::string ParagraphsOf(const std::string& part) {
  const std::string text = XmlAsUtf8(part);
  XmlScanner xml(text);
  std::string all;
  std::size_t paragraphs = 0;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kText) {
      if (paragraphs > 0) {
        xml.AppendText(&all);
      }
    } else if (xml.name() == "p" || xml.name() == "h") {
      paragraphs = event == Event::kOpen ? paragraphs + 1 : paragraphs - std::min<std::size_t>(paragraphs, 1);
      all += '\n';
    }
  }
  return all.find_first_not_of('\n') == std::string::npos ? std::string() : all;
}

void ReadAround(const Item& item, const Package& package, Inspection* inspection) {
  if (const std::string* styles = package.Find("styles.xml")) {
    inspection->AddText(item, TextUnit::kHeader, ParagraphsOf(*styles));
  }
  for (const auto& [path, bytes] : package.Under("Object ")) {
    if (path.ends_with("/content.xml") || path.ends_with("/styles.xml")) {
      inspection->AddText(item, TextUnit::kHeader, ParagraphsOf(*bytes));
    }
  }
}

}  // namespace

void ReadOpenDocument(const Item& item, const Package& package, Inspection* inspection) {
  const std::string* mimetype = package.Find("mimetype");
  const std::string_view type = mimetype == nullptr ? std::string_view() : *mimetype;
  FileFacts& facts = inspection->Of(item);
  const auto is = [type](std::string_view kind) { return type.find(kind) != std::string_view::npos; };
  facts.kind = is("spreadsheet") ? FileKind::kOds : is("presentation") ? FileKind::kOdp : FileKind::kOdt;
  facts.macros = !package.Under("Basic/").empty() || !package.Under("Scripts/").empty();
  const std::string* manifest = package.Find("META-INF/manifest.xml");
  if (manifest != nullptr && manifest->find("encryption-data") != std::string::npos) {
    inspection->MarkUninspected(item, Uninspected::kEncrypted);
    return;
  }
  const std::string* content = package.Find("content.xml");
  if (content == nullptr) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  ContentReader(item, facts.kind, XmlAsUtf8(*content), inspection).Read();
  ReadAround(item, package, inspection);
  ReadMeta(item, package, inspection);
}

}  // namespace lastlook::content
