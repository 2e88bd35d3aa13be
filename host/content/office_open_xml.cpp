// SPDX-License-Identifier: MPL-2.0
// What documents, sheets and slides (ECMA-376 part 1) have in common: their kind, properties, macros, embedded files.
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "content/office_parts.h"
#include "content/package.h"
#include "content/readers.h"
#include "content/relationships.h"
#include "content/xml_scanner.h"

namespace lastlook::content {
namespace {

using Event = XmlScanner::Event;

// The texts of `element`s in a part, one after the other; "" where there is no such part.
std::string TextOfElement(const Package& package, std::string_view path, std::string_view element) {
  std::string out;
  const std::string* part = package.Find(path);
  if (part == nullptr) {
    return out;
  }
  const std::string text = XmlAsUtf8(*part);
  XmlScanner xml(text);
  bool inside = false;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kText) {
      if (inside) {
        xml.AppendText(&out);
      }
    } else if (xml.name() == element) {
      inside = event == Event::kOpen;
    }
  }
  return out;
}

void ReadProperties(const Item& item, const Package& package, Inspection* inspection) {
  std::string all;
  const auto add = [&](std::string_view part, std::string_view element, bool is_person) {
    const std::string value = TextOfElement(package, part, element);
    if (value.empty()) {
      return;
    }
    all += value + "\n";
    if (is_person) {
      inspection->AddHidden(item, HiddenKind::kAuthor, 0, value);
    }
  };
  add("docProps/core.xml", "creator", true);
  add("docProps/core.xml", "lastModifiedBy", true);
  add("docProps/app.xml", "Company", true);
  for (const std::string_view element : {"title", "subject", "keywords", "description", "category"}) {
    add("docProps/core.xml", element, false);
  }
  inspection->AddText(item, TextUnit::kProperties, std::move(all));
}

// The label of Microsoft Purview Information Protection: the property MSIP_Label_<id>_Name.
void ReadLabel(const Item& item, const Package& package, Inspection* inspection) {
  const std::string* part = package.Find("docProps/custom.xml");
  if (part == nullptr) {
    return;
  }
  const std::string text = XmlAsUtf8(*part);
  XmlScanner xml(text);
  bool is_label = false;
  for (auto event = xml.Next(); event != Event::kEnd; event = xml.Next()) {
    if (event == Event::kOpen && xml.name() == "property") {
      const std::string name = xml.Attribute("name");
      is_label = name.starts_with("MSIP_Label_") && name.ends_with("_Name");
    } else if (event == Event::kText && is_label) {
      xml.AppendText(&inspection->Of(item).label);
    } else if (event == Event::kClose && xml.name() == "property") {
      is_label = false;
    }
  }
}

void ReadEmbedded(const Item& item, const Package& package, Inspection* inspection) {
  for (const std::string_view folder : {"word/embeddings/", "xl/embeddings/", "ppt/embeddings/"}) {
    for (const auto& [path, bytes] : package.Under(folder)) {
      inspection->AddHidden(item, HiddenKind::kEmbedded, 1, std::string(LastStep(path)));
      if (item.depth + 1 >= inspection->limits().depth) {
        inspection->AddUnread(item, std::string(path), bytes->size(), Uninspected::kTooDeep);
      } else if (!inspection->AddInner(item, std::string(path), *bytes)) {
        return;
      }
    }
  }
}

bool HasMacros(const Package& package) {
  return package.Has("xl/vbaProject.bin") || package.Has("word/vbaProject.bin") || package.Has("ppt/vbaProject.bin") ||
         !package.Under("xl/macrosheets/").empty();
}

}  // namespace

void ReadOfficeOpenXml(const Item& item, const Package& package, Inspection* inspection) {
  std::string main = TargetOfType(RelationshipsOf(package, ""), "officeDocument");
  FileFacts& facts = inspection->Of(item);
  if (main.empty()) {
    // Packages of other programs (XPS, NuGet …), or one whose relations are lost.
    for (const std::string_view known : {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"}) {
      main = package.Find(known) != nullptr ? known : main;
    }
  }
  facts.macros = HasMacros(package);
  if (main.starts_with("word/")) {
    facts.kind = FileKind::kDocx;
    ReadWordDocument(item, package, main, inspection);
  } else if (main.starts_with("xl/")) {
    facts.kind = FileKind::kXlsx;
    ReadWorkbook(item, package, main, inspection);
  } else if (main.starts_with("ppt/")) {
    facts.kind = FileKind::kPptx;
    ReadPresentation(item, package, main, inspection);
  } else {
    ReadArchive(item, inspection);  // every file of it by itself
    return;
  }
  ReadProperties(item, package, inspection);
  ReadLabel(item, package, inspection);
  ReadEmbedded(item, package, inspection);
}

}  // namespace lastlook::content
