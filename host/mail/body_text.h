// SPDX-License-Identifier: MPL-2.0
// The words of a draft as a reader sees them, each under the name by which evidence points to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/draft.h"
#include "mail/text_zones.h"

namespace lastlook {

struct NamedText {
  std::string where;            // "subject", "body.text" or "body.html" (the text that was read out of the HTML)
  std::string text;             // UTF-8
  std::vector<ZoneSpan> marks;  // what the HTML itself says of it, for FindTextZones
};

// body.text and then body.html, those that exist. The HTML is parsed (gumbo), never run.
std::vector<NamedText> BodyTexts(const Draft& draft);

// The text a reader sees of `html`: no scripts, styles or comments, blocks on lines of their own; a link whose
// target is not its text is followed by " <target>". Bounded in depth; never fails.
std::string TextFromHtml(std::string_view html);

// The same, with the quotes and signatures that elements of the HTML mark.
struct MarkedText {
  std::string text;
  std::vector<ZoneSpan> marks;
};
MarkedText MarkedTextFromHtml(std::string_view html);

}  // namespace lastlook
