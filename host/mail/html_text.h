// SPDX-License-Identifier: MPL-2.0
// Two ways from HTML to text. The tree (gumbo) reads HTML as browsers do, in time that grows with size times depth; the
// tags alone are read in linear time. Private to this folder.
#pragma once

#include <string_view>

#include "mail/body_text.h"

namespace lastlook::html {

// True where building the tree could take longer than a person waits.
bool IsTooDeepForTree(std::string_view html);

MarkedText TextFromTree(std::string_view html);
MarkedText TextFromTags(std::string_view html);

}  // namespace lastlook::html
