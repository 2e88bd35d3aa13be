// SPDX-License-Identifier: MPL-2.0
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/text_fold.h"
#include "engine/evaluate.h"
#include "mail/body_text.h"

namespace lastlook {
namespace {

// Length first, so that no two different mails have the same bytes.
void Put(std::string_view label, std::string_view value, std::string* bytes) {
  *bytes += label;
  *bytes += ':';
  *bytes += std::to_string(value.size());
  *bytes += ':';
  *bytes += value;
  *bytes += '\n';
}

// Folded, every run of white space one space: what saving and opening a draft may change is not part of it.
std::string Canonical(std::string_view text) {
  const std::string folded = Fold(text);
  std::string out;
  out.reserve(folded.size());
  bool space = false;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const char c = folded[at];
    const bool no_break_space = folded.compare(at, 2, "\xC2\xA0") == 0;
    if (c == ' ' || (c >= '\t' && c <= '\r') || no_break_space) {
      at += no_break_space ? 1 : 0;
      space = !out.empty();
      continue;
    }
    if (space) {
      out += ' ';
      space = false;
    }
    out += c;
  }
  return out;
}

}  // namespace

std::string DraftDigest(const Draft& draft) {
  std::string bytes = "lastlook-digest-1\n";
  for (const Recipient& recipient : draft.recipients) {
    const Mailbox& mailbox = recipient.mailbox;
    Put(RecipientFieldName(recipient.field), mailbox.address ? mailbox.address->Key() : "?" + Fold(mailbox.typed),
        &bytes);
  }
  Put("subject", Canonical(draft.subject), &bytes);
  // The HTML is what the recipient sees, with its link targets; its plain form is derived from it by the client.
  if (draft.body.html) {
    Put("body", Canonical(TextFromHtml(*draft.body.html)), &bytes);
  } else {
    Put("body", Canonical(draft.body.text.value_or("")), &bytes);
  }
  for (const Part& part : draft.attachments) {
    Put("part", part.name, &bytes);
    const std::string sha256 = part.Sha256();
    Put("bytes", sha256.empty() ? "size " + std::to_string(part.size_bytes.value_or(0)) : sha256, &bytes);
  }
  return "sha256:" + Sha256Hex(bytes);
}

}  // namespace lastlook
