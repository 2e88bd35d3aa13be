// SPDX-License-Identifier: MPL-2.0
// A mail in the mail: its subject, its text, its attachments.
#include <string>
#include <utility>
#include <vector>

#include "content/readers.h"
#include "mail/body_text.h"
#include "mail_file/eml_reader.h"

namespace lastlook::content {

void ReadMail(const Item& item, Inspection* inspection) {
  if (item.depth >= inspection->limits().depth) {
    inspection->MarkUninspected(item, Uninspected::kTooDeep);
    return;
  }
  const Result<Draft> mail = DraftFromMailFile(item.bytes);
  if (!mail) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  inspection->AddText(item, TextUnit::kSubject, mail->subject);
  std::size_t plain = 0;
  for (NamedText& body : BodyTexts(*mail)) {
    // The HTML mostly says again what the plain text says.
    if (body.where == "body.text") {
      plain = body.text.size();
    } else if (plain > 0 && body.text.size() < plain + plain / 2) {
      continue;
    }
    inspection->AddText(item, TextUnit::kBody, std::move(body.text));
  }
  for (const Part& part : mail->attachments) {
    if (part.bytes == nullptr) {
      continue;
    }
    if (!inspection->TakeUnpacked(part.bytes->size())) {
      inspection->MarkUninspected(item, Uninspected::kTooLarge);
      return;
    }
    if (!inspection->AddInner(item, part.name.empty() ? part.content_type : part.name, *part.bytes)) {
      return;
    }
  }
}

}  // namespace lastlook::content
