// SPDX-License-Identifier: MPL-2.0
// What `lastlook scan` is given: a text in any character set, HTML, or a mail file.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "base/result.h"
#include "mail/body_text.h"

namespace lastlook {

// The words of the file. A mail gives "subject", "body.text" and "body.html"; anything else one text, "text". A mail is
// known by the ending .eml, or on standard input by its header; HTML by its ending or first tag. Errors:
// kUnreadableInput, kParseError with the file's name.
Result<std::vector<NamedText>> ReadTexts(const std::string& path, std::istream& standard_input);

}  // namespace lastlook
