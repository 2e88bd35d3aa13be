// SPDX-License-Identifier: MPL-2.0
// What a file is, by its first bytes. Zip and OLE2 hold many kinds; their readers say which. Private to this folder.
#pragma once

#include <string_view>

#include "mail/part_facts.h"

namespace lastlook::content {

// kZip for every zip, kCompound for every OLE2 file, kText for every text; `extension` (folded) only tells kinds of
// text apart. libmagic knows more kinds, reads a file of 10 MB to do so, and tells a rule no more than these.
FileKind KindOf(std::string_view bytes, std::string_view extension);

}  // namespace lastlook::content
