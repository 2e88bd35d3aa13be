// SPDX-License-Identifier: MPL-2.0
// draft.*: about one mail. Nothing here decides; engine/ does.
#include <utility>

#include "engine/commit.h"
#include "engine/silence.h"
#include "mail/part_facts.h"
#include "wire/mail_params.h"
#include "wire/methods.h"
#include "wire/packed_mail.h"
#include "wire/params.h"

namespace lastlook {
namespace {

void WriteSilenceable(const std::vector<Silenceable>& all, JsonWriter* out) {
  if (all.empty()) {
    return;
  }
  out->Key("silenceable").BeginArray();
  for (const Silenceable& one : all) {
    out->BeginObject();
    out->Key("rule").String(one.rule);
    out->Key("condition").String(one.condition);
    out->Key("recipient").String(one.recipient);
    out->Key("label").String(one.label);
    out->EndObject();
  }
  out->EndArray();
}

// What each attachment is by its content, and whether it was looked into.
void WriteParts(const Mail& mail, JsonWriter* out) {
  if (mail.context.parts == nullptr || mail.draft.attachments.empty()) {
    return;
  }
  out->Key("parts").BeginArray();
  for (std::size_t i = 0; i < mail.draft.attachments.size(); ++i) {
    const Part& part = mail.draft.attachments[i];
    const std::shared_ptr<const PartFacts> facts = mail.context.parts->FactsOf(part);
    out->BeginObject().Key("where").String("attachments[" + std::to_string(i) + "]");
    out->Key("state").String(facts == nullptr ? "pending" : facts->HasUninspected() ? "uninspected" : "read");
    if (facts != nullptr && facts->itself().kind != FileKind::kUnknown) {
      out->Key("kind").String(FileKindName(facts->itself().kind));
    }
    out->EndObject();
  }
  out->EndArray();
}

}  // namespace

Outcome DraftEvaluate(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.String("compose_id");
  const std::int64_t revision = in.WholeNumber("revision");
  const bool is_sent = in.OneOf("purpose", {"send", "live"}) == "send";
  const std::string language = LanguageOf(state, in);
  const Result<Mail> mail = ReadMail(state, in);
  if (!mail.ok()) {
    return mail.error();
  }
  const Verdict verdict = Evaluate(*mail->policy, mail->draft, mail->context, language);
  // A mail of which an attachment is still being looked into may not leave, so there is nothing to record yet.
  if (state.records != nullptr && is_sent && verdict.pending.empty()) {
    if (Result<void> recorded =
            state.records->Checked(compose_id, mail->policy->policy(), verdict, mail->draft, mail->context);
        !recorded) {
      return std::move(recorded).error();
    }
  }
  ++state.counts.evaluated;
  JsonWriter result;
  result.BeginObject().Key("compose_id").String(compose_id).Key("revision").Whole(revision).Key("verdict");
  WriteVerdict(verdict, &result);
  // Beside the verdict, which is the same for everybody who asks about this mail: what this person may answer for good.
  if (state.records != nullptr) {
    WriteSilenceable(SilenceableIn(verdict, mail->policy->policy().settings), &result);
  }
  WriteParts(*mail, &result);
  return WrittenResult{result.EndObject().Take()};
}

Outcome DraftFix(SessionState& state, const Json& params) {
  Params in(params);
  in.String("compose_id");
  const std::string rule = in.String("rule");
  const std::string fix = in.String("fix");
  const Result<Mail> mail = ReadMail(state, in);
  if (!mail.ok()) {
    return mail.error();
  }
  const Result<FixAnswer> answer =
      ApplyFix(*mail->policy, mail->draft, mail->context, rule, fix, state.client->capabilities);
  if (!answer.ok()) {
    return answer.error();
  }
  OrderedJson result = {{"patch", PatchToJson(answer->patch)}};
  if (!answer->go_to.empty()) {
    result["go_to"] = answer->go_to;
  }
  return result;
}

Outcome DraftCommit(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.String("compose_id");
  CommitRequest request;
  request.digest = in.String("digest");
  request.policy_sha256 = in.String("policy_sha256");
  request.acknowledged = in.OptionalStrings("acknowledged");
  request.reason = in.OptionalString("reason");
  request.typed_count = in.OptionalWholeNumber("typed_count");
  request.typed_names = in.OptionalStrings("typed_names");
  request.client_capabilities = state.client->capabilities;
  request.language = LanguageOf(state, in);
  const Result<Mail> mail = ReadMail(state, in);
  if (!mail.ok()) {
    return mail.error();
  }
  const Result<CommitAnswer> answer = Commit(*mail->policy, mail->draft, mail->context, request);
  if (!answer.ok()) {
    return answer.error();
  }
  // A held mail stays as it is until it is released.
  const Result<Leaving> leaving =
      answer->hold_seconds > 0
          ? Leaving{answer->patch, answer->result_digest, ""}
          : MakeLeaving(*answer, mail->context.now.value_or(state.started), &SystemRandom, &state.deferred);
  if (!leaving.ok()) {
    return leaving.error();
  }
  if (state.records != nullptr) {
    const bool changed = answer->result_digest != answer->verdict.digest || answer->patch.headers.size() > 0;
    Decision decision;
    decision.event = answer->hold_seconds > 0 ? DecisionEvent::kHeld
                     : changed                ? DecisionEvent::kChanged
                                              : DecisionEvent::kAnswered;
    decision.acknowledged = static_cast<std::int64_t>(request.acknowledged.size());
    decision.reason = request.reason;
    decision.hold_seconds = answer->hold_seconds;
    if (Result<void> recorded =
            state.records->Committed(compose_id, mail->policy->policy(), answer->verdict, mail->draft, mail->context,
                                     leaving->result_digest, std::move(decision));
        !recorded) {
      return std::move(recorded).error();
    }
  }
  if (answer->hold_seconds > 0) {
    state.holds.MayBegin(
        compose_id, CommittedHold{answer->verdict.digest, answer->hold_seconds, answer->hold_may_be_cancelled,
                                  mail->draft, mail->compose, mail->policy->policy().settings.hold_countdown_seconds});
  }
  ++state.counts.committed;
  OrderedJson result = {{"patch", PatchToJson(leaving->patch)},
                        {"result_digest", leaving->result_digest},
                        {"hold_seconds", answer->hold_seconds}};
  if (!leaving->password.empty()) {
    result["password"] = leaving->password;
  }
  return result;
}

Outcome DraftVerify(SessionState& state, const Json& params) {
  Params in(params);
  in.String("compose_id");
  const std::string expected = in.String("result_digest");
  const Result<Mail> mail = ReadMail(state, in);
  if (!mail.ok()) {
    return mail.error();
  }
  const std::string digest = DraftDigest(mail->draft);
  return OrderedJson{{"matches", digest == expected}, {"digest", digest}};
}

Outcome DraftShown(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.String("compose_id");
  const std::string digest = in.String("digest");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (state.records != nullptr) {
    state.records->Shown(compose_id, digest);
  }
  return OrderedJson::object();
}

Outcome DraftSent(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.String("compose_id");
  const std::string digest = in.String("digest");
  const std::string message_id = in.OptionalString("message_id");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (state.records != nullptr) {
    state.records->Sent(compose_id, digest, message_id);
  }
  ++state.counts.sent;
  return OrderedJson::object();
}

Outcome DraftCancelled(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.String("compose_id");
  const std::string digest = in.OptionalString("digest");  // a mail that was never checked has none
  const std::string why = in.OneOf("why", {"back", "block", "failed", "unchecked"});
  if (!in.ok()) {
    return in.TakeError();
  }
  if (state.records != nullptr) {
    state.records->Cancelled(compose_id, digest, why);
  }
  ++state.counts.cancelled;
  return OrderedJson::object();
}

}  // namespace lastlook
