// SPDX-License-Identifier: MPL-2.0
// A mail in the mail: its subject, its text, its attachments.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/readers.h"
#include "mail/body_text.h"
#include "mail_file/eml_reader.h"

namespace lastlook::content {
namespace {

// The letters alone: programs break the lines of the two forms of a text in different places.
std::string WithoutSpace(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
  return out;
}

}  // namespace

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
  std::string plain;
  for (NamedText& body : BodyTexts(*mail)) {
    // The HTML mostly says again what the plain text says; only then it is left out.
    if (body.where == "body.text") {
      plain = WithoutSpace(body.text);
    } else if (WithoutSpace(body.text) == plain) {
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
