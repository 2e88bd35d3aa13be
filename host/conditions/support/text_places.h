// SPDX-License-Identifier: MPL-2.0
// Where conditions look for text: "in": ["subject", "own", …].
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "conditions/condition.h"
#include "policy/object_reader.h"

namespace lastlook {

// A stretch [begin, end) of one text, in bytes of its folded form.
struct TextStretch {
  const FoldedNamedText* text = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view View() const { return std::string_view(text->folded.text).substr(begin, end - begin); }
};

struct TextPlaces {
  bool subject = false;
  bool body = false;  // all of it
  bool own = false;
  bool quoted = false;
  bool signature = false;
  bool attachment_names = false;
  bool attachment_text = false;  // the texts in the attachments that were read

  // The member "in": one place or several; `otherwise` where it is absent.
  static TextPlaces Read(ObjectReader* reader, TextPlaces otherwise);

  // Those that the mail has, in the order subject, attachment names, body, texts in attachments.
  std::vector<TextStretch> Of(const MailView& mail) const;
};

// What the sender wrote in the body, of the plain text where there is one, else of the HTML.
std::vector<TextStretch> OwnText(const MailView& mail);

// Whether the sender wrote the subject: not where it came with the mail that is answered or forwarded.
bool IsOwnSubject(const MailView& mail);

// Evidence that is the bytes [begin, end) of the folded text. `why` must outlive the evaluation. With `mail` it says
// where in an attachment that is.
void AddTextEvidence(const FoldedNamedText& text, std::size_t begin, std::size_t end, std::string_view why,
                     TextArguments arguments, EvidenceList* evidence, const MailView* mail = nullptr);

}  // namespace lastlook
