// SPDX-License-Identifier: MPL-2.0
#include "engine/verdict.h"

#include <algorithm>
#include <utility>

namespace lastlook {
namespace {

void WriteRecipient(const Verdict& verdict, std::size_t index, JsonWriter* out) {
  const VerdictRecipient& recipient = verdict.recipients[index];
  out->BeginObject();
  out->Key("id").String(recipient.id);
  out->Key("address").String(recipient.address);
  out->Key("name").String(recipient.name);
  out->Key("organisation").String(recipient.organisation);
  out->Key("side").String(SideName(recipient.side));
  out->Key("known").Boolean(recipient.known);
  out->Key("rules").BeginArray();
  for (const NamedRecipients& named : verdict.named) {
    if (named.recipients.Has(index)) {
      out->String(named.rule);
    }
  }
  out->EndArray().EndObject();
}

void WriteFinding(const Finding& finding, JsonWriter* out) {
  out->BeginObject();
  out->Key("rule").String(finding.rule);
  out->Key("mode").String(ModeName(finding.mode));
  out->Key("condition").String(finding.condition);
  out->Key("title").String(finding.title);
  out->Key("message").String(finding.message);
  out->Key("on").String(finding.on_result ? "result" : "draft");
  out->Key("evidence").BeginArray();
  for (const VerdictEvidence& evidence : finding.evidence) {
    out->BeginObject();
    out->Key("where").String(evidence.where);
    out->Key("excerpt").String(evidence.excerpt);
    out->Key("start").Whole(evidence.start);
    out->Key("end").Whole(evidence.end);
    out->Key("why").String(evidence.why);
    if (!evidence.place.empty()) {
      out->Key("place").String(evidence.place);
    }
    out->EndObject();
  }
  out->EndArray();
  out->Key("evidence_total").Whole(finding.evidence_total);
  out->Key("fixes").BeginArray();
  for (const Fix& fix : finding.fixes) {
    out->BeginObject().Key("id").String(fix.id).Key("label").String(fix.label).EndObject();
  }
  out->EndArray();
  if (!finding.help.empty()) {
    out->Key("help").String(finding.help);
  }
  out->EndObject();
}

void WriteObligation(const VerdictObligation& obligation, JsonWriter* out) {
  out->BeginObject();
  out->Key("kind").String(obligation.kind);
  out->Key("by").String(obligation.by);
  out->Key("params").Value(obligation.params);
  if (!obligation.problem.empty()) {
    out->Key("problem").String(obligation.problem);
  }
  out->EndObject();
}

void WriteWindow(const Verdict& verdict, JsonWriter* out) {
  if (verdict.tick_all) {
    out->Key("tick_all").Boolean(true);
  }
  if (verdict.countdown_seconds > 0) {
    out->Key("countdown_seconds").Whole(verdict.countdown_seconds);
  }
  if (!verdict.top_message.empty()) {
    out->Key("top_message").String(verdict.top_message);
  }
}

void WriteNoticesAndChanges(const Verdict& verdict, JsonWriter* out) {
  if (!verdict.notices.empty()) {
    out->Key("notices").BeginArray();
    for (const VerdictNotice& notice : verdict.notices) {
      out->BeginObject();
      out->Key("id").String(notice.id).Key("by").String(notice.by).Key("text").String(notice.text);
      out->EndObject();
    }
    out->EndArray();
  }
  if (!verdict.changes.empty()) {
    out->Key("changes").BeginArray();
    for (const VerdictChange& change : verdict.changes) {
      out->BeginObject();
      out->Key("where").String(change.where).Key("by").String(change.by);
      out->Key("label").String(change.label).Key("text").String(change.text);
      out->EndObject();
    }
    out->EndArray();
  }
}

void WriteResult(const Draft& result, JsonWriter* out) {
  out->BeginObject();
  auto recipient = result.recipients.begin();  // To, then Cc, then Bcc
  for (const RecipientField field : {RecipientField::kTo, RecipientField::kCc, RecipientField::kBcc}) {
    out->Key(RecipientFieldName(field)).BeginArray();
    for (; recipient != result.recipients.end() && recipient->field == field; ++recipient) {
      out->String(recipient->mailbox.AddressOrTyped());
    }
    out->EndArray();
  }
  out->Key("attachments").BeginArray();
  for (const Part& part : result.attachments) {
    out->String(part.name);
  }
  out->EndArray();
  out->Key("extra_mails").BeginArray().EndArray();
  out->EndObject();
}

// About what a verdict is long, so that its text is not moved while it grows.
std::size_t LikelyBytes(const Verdict& verdict) {
  constexpr std::size_t kBytesPerRecipient = 200;
  constexpr std::size_t kBytesBesides = 4096;
  return kBytesBesides + verdict.recipients.size() * kBytesPerRecipient;
}

}  // namespace

std::string_view DispositionName(Disposition disposition) {
  switch (disposition) {
    case Disposition::kAllow:
      return "allow";
    case Disposition::kModify:
      return "modify";
    case Disposition::kDelay:
      return "delay";
    case Disposition::kBlock:
      return "block";
  }
  return "block";
}

std::string_view SideName(Side side) {
  return side == Side::kInside ? "inside" : side == Side::kOutside ? "outside" : "unknown";
}

std::int64_t RecipientsToCount(const Verdict& verdict) {
  if (verdict.count_of == CountOf::kEverybody) {
    return static_cast<std::int64_t>(verdict.recipients.size());
  }
  return verdict.count_of == CountOf::kNobody
             ? 0
             : std::count_if(verdict.recipients.begin(), verdict.recipients.end(),
                             [](const VerdictRecipient& recipient) { return recipient.side != Side::kInside; });
}

bool HasProblem(const Verdict& verdict) {
  return std::any_of(verdict.obligations.begin(), verdict.obligations.end(),
                     [](const VerdictObligation& obligation) { return !obligation.problem.empty(); });
}

void WriteVerdict(const Verdict& verdict, JsonWriter* out) {
  out->Reserve(LikelyBytes(verdict));
  out->BeginObject();
  out->Key("disposition").String(DispositionName(verdict.disposition));
  out->Key("needs").Strings(verdict.needs);
  out->Key("hold_seconds").Whole(verdict.hold_seconds);
  out->Key("recipients").BeginArray();
  for (std::size_t i = 0; i < verdict.recipients.size(); ++i) {
    WriteRecipient(verdict, i, out);
  }
  out->EndArray();
  out->Key("acknowledge").Strings(verdict.acknowledge);
  if (verdict.count_of != CountOf::kNobody) {
    out->Key("count_of").String(verdict.count_of == CountOf::kOutside ? "outside" : "everybody");
  }
  if (!verdict.retype.empty()) {
    out->Key("retype").BeginArray();
    for (const std::size_t index : verdict.retype) {
      out->String("attachments[" + std::to_string(index) + "]");
    }
    out->EndArray();
  }
  WriteWindow(verdict, out);
  out->Key("pending").Strings(verdict.pending);
  out->Key("findings").BeginArray();
  for (const Finding& finding : verdict.findings) {
    WriteFinding(finding, out);
  }
  out->EndArray();
  out->Key("simulated").Strings(verdict.simulated);
  out->Key("obligations").BeginArray();
  for (const VerdictObligation& obligation : verdict.obligations) {
    WriteObligation(obligation, out);
  }
  out->EndArray();
  WriteNoticesAndChanges(verdict, out);
  out->Key("result");
  WriteResult(verdict.result, out);
  out->Key("policy").BeginObject();
  out->Key("id").String(verdict.policy_id);
  out->Key("serial").Whole(verdict.policy_serial);
  out->Key("sha256").String(verdict.policy_sha256);
  out->EndObject();
  out->Key("digest").String(verdict.digest);
  out->EndObject();
}

std::string VerdictJson(const Verdict& verdict) {
  JsonWriter out;
  WriteVerdict(verdict, &out);
  return out.Take();
}

}  // namespace lastlook
