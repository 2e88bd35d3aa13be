// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/text_places.h"

#include <algorithm>
#include <utility>

#include "base/text_fold.h"
#include "conditions/support/part_texts.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

const std::vector<std::pair<std::string, bool TextPlaces::*>>& Places() {
  static const std::vector<std::pair<std::string, bool TextPlaces::*>> places = {
      {"subject", &TextPlaces::subject},
      {"body", &TextPlaces::body},
      {"own", &TextPlaces::own},
      {"quoted", &TextPlaces::quoted},
      {"signature", &TextPlaces::signature},
      {"attachment_names", &TextPlaces::attachment_names},
      {"attachment_text", &TextPlaces::attachment_text}};
  return places;
}

}  // namespace

TextPlaces TextPlaces::Read(ObjectReader* reader, TextPlaces otherwise) {
  const auto named = reader->Strings("in");
  if (!named) {
    return otherwise;
  }
  TextPlaces out;
  for (const std::string& name : *named) {
    const auto& known = Places();
    const auto place = std::find_if(known.begin(), known.end(), [&](const auto& row) { return row.first == name; });
    if (place == known.end()) {
      std::vector<std::string> names;
      names.reserve(known.size());
      for (const auto& row : known) {
        names.push_back(row.first);
      }
      reader->Refuse("in", "\"" + name + "\" is no place to look for words", SuggestName(name, names));
      return out;
    }
    out.*(place->second) = true;
  }
  return out;
}

std::vector<TextStretch> TextPlaces::Of(const MailView& mail) const {
  std::vector<TextStretch> stretches;
  const auto add_all = [&](const FoldedNamedText& text) { stretches.push_back({&text, 0, text.folded.text.size()}); };
  if (subject) {
    add_all(mail.subject());
  }
  if (attachment_names) {
    for (const FoldedNamedText& name : mail.attachment_names()) {
      add_all(name);
    }
  }
  const bool any_body = body || own || quoted || signature;
  for (std::size_t i = 0; any_body && i < mail.body().size(); ++i) {
    const FoldedNamedText& text = mail.body()[i];
    if (body) {
      add_all(text);
      continue;
    }
    for (const ZoneSpan& zone : mail.body_zones()[i].folded) {
      const bool wanted = zone.zone == TextZone::kOwn ? own : zone.zone == TextZone::kQuoted ? quoted : signature;
      if (wanted) {
        stretches.push_back({&text, zone.begin, zone.end});
      }
    }
  }
  if (attachment_text && mail.context().parts) {
    for (const FoldedNamedText& text : mail.Shared<FoldedPartTexts>().texts()) {
      add_all(text);
    }
  }
  return stretches;
}

std::vector<TextStretch> OwnText(const MailView& mail) {
  std::vector<TextStretch> stretches;
  const std::vector<FoldedNamedText>& texts = mail.body();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i + 1 < texts.size() && TrimSpace(texts[i].named.text).empty()) {
      continue;  // an empty plain text beside HTML
    }
    for (const ZoneSpan& zone : mail.body_zones()[i].folded) {
      if (zone.zone == TextZone::kOwn && zone.begin < zone.end) {
        stretches.push_back({&texts[i], zone.begin, zone.end});
      }
    }
    break;
  }
  return stretches;
}

bool IsOwnSubject(const MailView& mail) {
  const auto& kind = mail.draft().compose.kind;
  if (kind) {
    return *kind != ComposeKind::kReply && *kind != ComposeKind::kReplyAll && *kind != ComposeKind::kForward &&
           *kind != ComposeKind::kRedirect;
  }
  // Of a mail file nobody knows how it came to be.
  const std::string& subject = mail.subject().folded.text;
  return !subject.starts_with("re:") && !subject.starts_with("fw:") && !subject.starts_with("fwd:");
}

void AddTextEvidence(const FoldedNamedText& text, std::size_t begin, std::size_t end, std::string_view why,
                     TextArguments arguments, EvidenceList* evidence, const MailView* mail) {
  const std::uint32_t start = text.folded.OriginalBegin(begin);
  const std::uint32_t stop = text.folded.OriginalEnd(end);
  // Slicing the original is linear, so it is done only for what is kept.
  std::string excerpt = evidence->full() ? std::string() : Utf16Slice(text.named.text, start, stop);
  const bool is_placed = mail != nullptr && !evidence->full();
  evidence->Add({text.named.where,
                 std::move(excerpt),
                 start,
                 stop,
                 why,
                 std::move(arguments),
                 {},
                 is_placed ? PlaceIn(*mail, text.named.where, start) : nullptr});
}

}  // namespace lastlook
