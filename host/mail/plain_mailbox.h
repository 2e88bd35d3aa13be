// SPDX-License-Identifier: MPL-2.0
// The shapes that almost all mailboxes have, read quickly; everything else is left to the whole parser. Private to this
// folder.
#pragma once

#include <cstddef>
#include <string_view>

namespace lastlook::address {

struct PlainMailbox {
  std::string_view name;  // without its quotes; holds no quoted pairs, no encoded words, nothing unsafe
  std::string_view local_part;
  std::string_view domain;
  std::string_view typed;
  bool domain_has_capitals = false;
  bool name_was_quoted = false;
  std::size_t end = 0;  // behind typed and blanks: at a separator or at the end of the text
};

// REQUIRES: `text` is not empty.
// `text` begins with  local@domain  or  Name <local@domain>  or  "name" <local@domain>, of ordinary characters, no
// longer than kBlockBytes and followed by a separator or nothing. False for everything else, also for what is an
// address. What is true here, the whole parser reads the same way.
bool ReadPlainMailbox(std::string_view text, PlainMailbox* out);

}  // namespace lastlook::address
