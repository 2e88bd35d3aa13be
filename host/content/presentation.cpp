// SPDX-License-Identifier: MPL-2.0
// Slides (PresentationML, ECMA-376 part 1 section 19): each slide, whether it is hidden, the speaker's notes, comments.
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

bool IsHiddenSlide(const std::string& part) {
  XmlScanner xml(part);
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kOpen) {
      return xml.name() == "sld" && (xml.RawAttribute("show") == "0" || xml.RawAttribute("show") == "false");
    }
  }
  return false;
}

// Comments hold their text in p:text, modern ones in a:t.
std::string CommentText(const std::string& part, std::uint64_t* count) {
  const std::string text = XmlAsUtf8(part);
  XmlScanner xml(text);
  std::string out;
  bool in_text = false;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kText) {
      if (in_text) {
        xml.AppendText(&out);
      }
    } else if (xml.name() == "text" || xml.name() == "t") {
      in_text = event == Event::kOpen;
    } else if (xml.name() == "cm") {
      *count += event == Event::kOpen ? 1 : 0;
      out += event == Event::kClose ? "\n" : "";
    }
  }
  return out;
}

FactText OfSlide(TextUnit unit, std::uint32_t number, bool hidden, std::string text) {
  FactText fact;
  fact.unit = unit;
  fact.number = number;
  fact.hidden = hidden;
  fact.text = std::move(text);
  return fact;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r0123456789") == std::string_view::npos;
}

// `seen`: the parts that were read; each is read once, however often it is named.
void ReadSlide(const Item& item, const Package& package, const std::string& path, std::uint32_t number,
               std::set<std::string>* seen, Inspection* inspection) {
  const std::string* slide = package.Find(path);
  if (slide == nullptr) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  if (!seen->insert(path).second) {
    return;
  }
  const bool hidden = IsHiddenSlide(*slide);
  const std::string place = std::to_string(number);
  if (hidden) {
    inspection->AddHidden(item, HiddenKind::kSlide, 1, "", place);
  }
  inspection->AddText(item, OfSlide(TextUnit::kSlide, number, hidden, DrawingText(*slide)));
  for (const auto& [id, one] : RelationshipsOf(package, path)) {
    const std::string* part = package.Find(one.target);
    if (part == nullptr || !seen->insert(one.target).second) {
      continue;
    }
    if (one.type == "notesSlide") {
      std::string notes = DrawingText(*part);
      // A page of notes without any has the slide's number.
      if (!IsBlank(notes)) {
        inspection->AddHidden(item, HiddenKind::kNotes, 1, "", place);
        inspection->AddText(item, OfSlide(TextUnit::kNotes, number, true, std::move(notes)));
      }
    } else if (one.type == "comments") {
      std::uint64_t count = 0;
      std::string comments = CommentText(*part, &count);
      if (count > 0) {
        inspection->AddHidden(item, HiddenKind::kComments, count, "", place);
        inspection->AddText(item, OfSlide(TextUnit::kComments, number, true, std::move(comments)));
      }
    }
  }
}

}  // namespace

std::string DrawingText(const std::string& part) {
  const std::string text = XmlAsUtf8(part);
  XmlScanner xml(text);
  std::string out;
  bool in_text = false;
  std::size_t fallback = 0;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kText) {
      if (in_text && fallback == 0) {
        xml.AppendText(&out);
      }
    } else if (xml.name() == "t") {
      in_text = event == Event::kOpen;
    } else if (xml.name() == "Fallback") {
      fallback = event == Event::kOpen ? fallback + 1 : fallback - (fallback > 0 ? 1 : 0);
    } else if (event == Event::kClose && xml.name() == "tc") {
      if (!out.empty() && out.back() == '\n') {
        out.back() = '\t';
      }
    } else if (event == Event::kClose && (xml.name() == "p" || xml.name() == "tr")) {
      out += '\n';
    } else if (event == Event::kOpen && xml.name() == "br") {
      out += '\n';
    }
  }
  return out;
}

void ReadPresentation(const Item& item, const Package& package, const std::string& main, Inspection* inspection) {
  const std::string* presentation = package.Find(main);
  if (presentation == nullptr) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  const auto relationships = RelationshipsOf(package, main);
  const std::string text = XmlAsUtf8(*presentation);
  XmlScanner xml(text);
  std::uint32_t number = 0;
  std::set<std::string> seen;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kOpen && xml.name() == "sldId") {
      // It has two attributes of this local name; the relation's is "rId…".
      for (const std::string& id : xml.Attributes("id")) {
        const auto target = relationships.find(id);
        if (target != relationships.end()) {
          ReadSlide(item, package, target->second.target, ++number, &seen, inspection);
          break;
        }
      }
    }
  }
}

}  // namespace lastlook::content
