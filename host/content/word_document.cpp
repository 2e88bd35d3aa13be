// SPDX-License-Identifier: MPL-2.0
// Documents (WordprocessingML, ECMA-376 part 1 section 17): the text as it is read, and apart from it what a reader
// does not see: comments, what was deleted with changes tracked, hidden and white text.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "content/office_parts.h"
#include "content/relationships.h"
#include "content/xml_scanner.h"

namespace lastlook::content {
namespace {

using Event = XmlScanner::Event;

struct WordText {
  std::string shown;
  std::string hidden;
  std::string deleted;
  std::uint64_t hidden_runs = 0;
  std::uint64_t changes = 0;
  std::uint64_t comments = 0;
};

bool IsOff(std::string_view value) {
  return value == "0" || value == "false" || value == "off";
}

class WordReader {
 public:
  WordText Read(const std::string& part) {
    const std::string text = XmlAsUtf8(part);
    XmlScanner xml(text);
    for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
      if (event == Event::kText) {
        if (in_text_ && fallback_ == 0) {
          xml.AppendText(Target());
        }
      } else if (event == Event::kOpen) {
        Open(xml);
      } else {
        Close(xml.name());
      }
    }
    return std::move(out_);
  }

 private:
  std::string* Target() { return in_deleted_text_ ? &out_.deleted : IsHiddenRun() ? &out_.hidden : &out_.shown; }

  // White on a coloured ground is a heading, not a secret.
  bool IsHiddenRun() const { return vanishes_ || (white_ && !coloured_); }

  void Open(const XmlScanner& xml) {
    const std::string_view name = xml.name();
    if (name == "t" || name == "delText") {
      in_text_ = true;
      in_deleted_text_ = name == "delText";
      out_.hidden_runs += IsHiddenRun() && !in_deleted_text_ ? 1 : 0;
    } else if (name == "r") {
      vanishes_ = white_ = false;
    } else if (name == "vanish") {
      vanishes_ = !IsOff(xml.RawAttribute("val"));
    } else if (name == "color") {
      white_ = xml.RawAttribute("val") == "FFFFFF";
    } else if (name == "shd" || name == "highlight") {
      const std::string_view fill = xml.RawAttribute("fill");
      coloured_ = coloured_ || name == "highlight" || (!fill.empty() && fill != "auto" && fill != "FFFFFF");
    } else if (name == "tbl") {
      ++tables_;
    } else if (name == "ins" || name == "del" || name == "moveFrom" || name == "moveTo") {
      ++out_.changes;
    } else if (name == "tab") {
      if (!in_paragraph_properties_) {
        *Target() += '\t';
      }
    } else if (name == "br" || name == "cr") {
      out_.shown += '\n';
    } else if (name == "pPr") {
      in_paragraph_properties_ = true;
    } else if (name == "Fallback") {
      ++fallback_;  // the same once more, for older programs (part 3)
    } else if (name == "comment") {
      ++out_.comments;
    }
  }

  void Close(std::string_view name) {
    if (name == "t" || name == "delText") {
      in_text_ = in_deleted_text_ = false;
    } else if (name == "p") {
      EndLine();
    } else if (name == "tc") {
      // A cell ends with a paragraph; a row of cells is one line.
      if (!out_.shown.empty() && out_.shown.back() == '\n') {
        out_.shown.back() = '\t';
      }
    } else if (name == "tr") {
      EndLine();
    } else if (name == "r") {
      vanishes_ = white_ = false;
    } else if (name == "pPr") {
      in_paragraph_properties_ = false;
      vanishes_ = white_ = false;
    } else if (name == "Fallback" && fallback_ > 0) {
      --fallback_;
    } else if (name == "tbl" && tables_ > 0) {
      --tables_;
    }
  }

  void EndLine() {
    coloured_ = coloured_ && tables_ > 0;  // a cell's ground is named before its text
    out_.shown += '\n';
    for (std::string* text : {&out_.hidden, &out_.deleted}) {
      if (!text->empty() && text->back() != '\n') {
        *text += '\n';
      }
    }
  }

  WordText out_;
  bool in_text_ = false;
  bool in_deleted_text_ = false;
  bool in_paragraph_properties_ = false;
  bool vanishes_ = false;
  bool white_ = false;
  bool coloured_ = false;
  std::size_t tables_ = 0;
  std::size_t fallback_ = 0;
};

void AddHiddenText(const Item& item, TextUnit unit, std::string text, Inspection* inspection) {
  FactText fact;
  fact.unit = unit;
  fact.hidden = true;
  fact.text = std::move(text);
  inspection->AddText(item, std::move(fact));
}

}  // namespace

void ReadWordDocument(const Item& item, const Package& package, const std::string& main, Inspection* inspection) {
  const std::string* document = package.Find(main);
  if (document == nullptr) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  WordText text = WordReader().Read(*document);
  std::string hidden = std::move(text.hidden);
  std::string deleted = std::move(text.deleted);
  std::uint64_t hidden_runs = text.hidden_runs;
  std::uint64_t changes = text.changes;
  inspection->AddText(item, TextUnit::kWhole, std::move(text.shown));
  std::set<std::string> seen;
  for (const auto& [id, one] : RelationshipsOf(package, main)) {
    const std::string* part = package.Find(one.target);
    if (one.type == "aFChunk") {
      if (part == nullptr) {
        inspection->MarkUninspected(item, Uninspected::kUnknownKind);
      } else if (seen.insert(one.target).second && !inspection->AddInner(item, one.target, *part)) {
        return;
      }
      continue;
    }
    // Each part once, however often it is named.
    if (part == nullptr || !seen.insert(one.target).second) {
      continue;
    }
    if (one.type == "comments") {
      WordText comments = WordReader().Read(*part);
      if (comments.comments > 0) {
        inspection->AddHidden(item, HiddenKind::kComments, comments.comments);
      }
      AddHiddenText(item, TextUnit::kComments, std::move(comments.shown), inspection);
    } else if (one.type == "header" || one.type == "footer" || one.type == "footnotes" || one.type == "endnotes") {
      WordText around = WordReader().Read(*part);
      inspection->AddText(item, TextUnit::kHeader, std::move(around.shown));
      hidden += around.hidden;
      deleted += around.deleted;
      hidden_runs += around.hidden_runs;
      changes += around.changes;
    }
  }
  if (changes > 0) {
    inspection->AddHidden(item, HiddenKind::kTrackedChanges, changes);
  }
  if (hidden_runs > 0) {
    inspection->AddHidden(item, HiddenKind::kText, hidden_runs);
  }
  AddHiddenText(item, TextUnit::kTrackedChanges, std::move(deleted), inspection);
  AddHiddenText(item, TextUnit::kHiddenText, std::move(hidden), inspection);
}

}  // namespace lastlook::content
