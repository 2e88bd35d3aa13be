// SPDX-License-Identifier: MPL-2.0
// Plain text into a body, with nothing of what is there changed.
#pragma once

#include <string>
#include <string_view>

#include "mail/draft.h"

namespace lastlook {

enum class BodyPlace { kStart, kEnd };

// True if a reader of `body` (each of its forms) sees `words`, also inside a quotation; letter case, width and white
// space do not count. False for a body without any form.
bool BodyHolds(const Body& body, std::string_view words);

// Puts `words` as a paragraph of their own into the forms of `body` that do not hold them; a body without any form
// becomes plain text. `words` are plain text with '\n'; in HTML they are escaped.
void InsertIntoBody(std::string_view words, BodyPlace place, Body* body);

}  // namespace lastlook
