// SPDX-License-Identifier: MPL-2.0
// One attachment while it is read: what is still to be looked at, what was found, and how much work is left. Private to
// this folder.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/inspect.h"
#include "mail/part_facts.h"

namespace lastlook::content {

// A file to look at.
struct Item {
  std::string name;  // without folders
  std::string path;  // within the attachment; "" for the attachment itself
  std::string bytes;
  std::uint32_t depth = 0;
  std::uint32_t entry = 0;  // its facts
};

class Inspection {
 public:
  Inspection(const Limits& limits, const PdfConverter& convert_pdf) : limits_(limits), convert_pdf_(convert_pdf) {}

  const Limits& limits() const { return limits_; }
  const PdfConverter& convert_pdf() const { return convert_pdf_; }
  PartFacts& facts() { return facts_; }
  FileFacts& Of(const Item& item) { return facts_.entries[item.entry]; }

  // Takes `bytes` of the unpacked budget; false when it is used up, and nothing more may be unpacked.
  bool TakeUnpacked(std::uint64_t bytes);
  std::uint64_t unpacked_left() const { return limits_.unpacked_bytes - unpacked_; }

  // A file within `outer`; it is looked at later. False when there may be no more of them: `outer` is then marked.
  bool AddInner(const Item& outer, std::string path_within, std::string bytes);
  // The same for one that is not to be opened, with why.
  bool AddUnread(const Item& outer, std::string path_within, std::uint64_t size, Uninspected why);

  // Texts beyond the budget are cut and the file is marked.
  void AddText(const Item& item, FactText text);
  void AddText(const Item& item, TextUnit unit, std::string text);
  void AddHidden(const Item& item, HiddenKind kind, std::uint64_t count, std::string name = "", std::string place = "");

  // The first reason stays.
  void MarkUninspected(const Item& item, Uninspected why);

  // The next file to look at; false when there is none.
  bool Next(Item* item);
  void Start(Item item);

 private:
  bool AddFacts(const Item& outer, Item* inner);

  const Limits& limits_;
  const PdfConverter& convert_pdf_;
  PartFacts facts_;
  std::array<std::size_t, kHiddenKinds> hidden_{};  // of each kind
  std::vector<Item> open_;
  std::vector<Item> found_;  // in the file that is being looked at, in order
  std::uint64_t unpacked_ = 0;
  std::uint64_t text_ = 0;
};

// Makes a name of an archive one that can be shown: folders that lead nowhere (".", "..", "/") and control and
// bidirectional characters (UAX #9) are taken out.
std::string ShownPath(std::string_view path);
std::string_view LastStep(std::string_view path);
// Folded, without the dot; "" without one.
std::string ExtensionOf(std::string_view name);

}  // namespace lastlook::content
