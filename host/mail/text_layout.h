// SPDX-License-Identifier: MPL-2.0
// How pieces of text stand together on a page: white space folded, blocks on lines of their own. Private to this
// folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/body_text.h"

namespace lastlook::html {

class TextLayout {
 public:
  void AddText(std::string_view utf8);      // white space runs become one blank
  void AddVerbatim(std::string_view utf8);  // as it is (pre)
  void BreakBlock();                        // what follows begins a line
  void BreakLine();                         // <br>
  void NextCell();                          // a tab between the cells of a table row
  MarkedText TakeMarked();                  // without white space at the end

  // For links: where the text stands now, the text written since, and a suffix right behind it.
  std::size_t Mark() const { return text_.size(); }
  std::string_view Since(std::size_t mark) const { return std::string_view(text_).substr(mark); }
  void AddLinkSuffix(std::size_t mark, std::string_view target);

  // What was written since `mark` is of that zone. Zones come in order and do not overlap.
  void AddZone(std::size_t mark, TextZone zone);

 private:
  enum class Gap { kNone, kBlank, kCell, kBlock };
  void Open();  // writes the gap before a visible character

  std::string text_;
  Gap gap_ = Gap::kNone;
  std::vector<ZoneSpan> zones_;
};

// What an element does to the text around it; both ways of reading use the one table.
enum class Role { kInline, kBlock, kCell, kLineBreak, kVerbatim, kInvisible };
Role RoleOf(std::string_view lower_case_tag_name);

// " <target>" behind a link, or "" where the link's text says as much.
std::string LinkSuffix(std::string_view target, std::string_view link_text);

}  // namespace lastlook::html
