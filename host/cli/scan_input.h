// SPDX-License-Identifier: MPL-2.0
// What `lastlook scan` is given: a text in any character set, HTML, a mail file, or any file that lastlook-inspect
// reads.
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "mail/body_text.h"
#include "mail/part_facts.h"

namespace lastlook {

// One text, and if it is in a file that was read for it, where.
struct ScanText {
  NamedText named;
  std::shared_ptr<const PartFacts> facts;  // null: the text is the input itself
  const FactText* fact = nullptr;
  std::string file;  // the attachment's name; "" for the input itself
};

struct ScanInput {
  std::vector<ScanText> texts;
  // What was read by lastlook-inspect, with the attachment's name.
  std::vector<std::pair<std::string, std::shared_ptr<const PartFacts>>> read;
};

// The words of the file. A mail gives "subject", "body.text" and "body.html", and its attachments
// "attachments[0].text[0]" …; a text gives "text"; anything else "text[0]" …. A mail is known by the ending .eml, or on
// standard input by its header; HTML by its ending or first tag. Errors: kUnreadableInput, kParseError with the file's
// name.
Result<ScanInput> ReadTexts(const std::string& path, std::istream& standard_input);

}  // namespace lastlook
