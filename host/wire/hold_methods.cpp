// SPDX-License-Identifier: MPL-2.0
// hold.*: mails that were confirmed and wait. The client keeps the mail and watches the time; the store says what is
// held.
#include <utility>

#include "engine/commit.h"
#include "wire/mail_params.h"
#include "wire/methods.h"
#include "wire/packed_mail.h"

namespace lastlook {
namespace {

constexpr std::size_t kMostNameBytes = 128;
constexpr std::size_t kMostWhereBytes = 4096;

struct Named {
  std::string id;
  std::string owner;
};

Error Refused(std::string message, std::string remedy, std::string pointer) {
  return Error{ErrorCode::kInvalidParams, std::move(message), std::move(remedy), std::move(pointer)};
}

Result<std::string> Owner(Params& in) {
  std::string owner = in.String("owner");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (owner.empty() || owner.size() > kMostNameBytes) {
    return Refused("\"owner\" is empty or too long", "name the profile of the mail program", "/owner");
  }
  return owner;
}

Result<Named> ReadNamed(Params& in) {
  std::string id = in.String("hold_id");
  Result<std::string> owner = Owner(in);
  if (!owner) {
    return std::move(owner).error();
  }
  if (id.empty() || id.size() > kMostNameBytes) {
    return Refused("\"hold_id\" is empty or too long", "send the id of a held mail", "/hold_id");
  }
  return Named{std::move(id), *std::move(owner)};
}

Outcome Answer(const SessionState& state, const Result<HeldMail>& mail) {
  if (!mail) {
    return mail.error();
  }
  return OrderedJson{{"hold", state.holds.ToJson(*mail)}};
}

}  // namespace

Outcome HoldPut(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.OptionalString("compose_id");
  const Json* where = in.Optional("where");
  const Result<Named> named = ReadNamed(in);
  if (!named) {
    return named.error();
  }
  if (where == nullptr) {
    return Answer(state, state.holds.Begin(named->id, named->owner, compose_id));
  }
  std::string where_text = DumpJson(*where);
  if (!where->is_object() || where_text.size() > kMostWhereBytes) {
    return Refused("\"where\" must be a small object", "say in a few words where the mail lies", "/where");
  }
  return Answer(state, state.holds.Saved(named->id, named->owner, where_text));
}

Outcome HoldList(SessionState& state, const Json& params) {
  Params in(params);
  const Result<std::string> owner = Owner(in);
  if (!owner) {
    return owner.error();
  }
  const Result<std::vector<HeldMail>> mails = state.holds.List(*owner);
  if (!mails) {
    return mails.error();
  }
  OrderedJson all = OrderedJson::array();
  for (const HeldMail& mail : *mails) {
    all.push_back(state.holds.ToJson(mail));
  }
  return OrderedJson{{"holds", std::move(all)}};
}

Outcome HoldRelease(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.String("compose_id");
  const Json* by_person_json = in.Optional("by_person");
  const std::string language = LanguageOf(state, in);
  const Result<Named> named = ReadNamed(in);
  if (!named) {
    return named.error();
  }
  if (by_person_json != nullptr && !by_person_json->is_boolean()) {
    return Refused("\"by_person\" must be true or false", "send true when the person asked for it", "/by_person");
  }
  const Result<HeldMail> held = state.holds.Find(named->id, named->owner);
  if (!held) {
    return held.error();
  }
  const Result<Mail> mail = ReadMail(state, in, held->compose);
  if (!mail.ok()) {
    return mail.error();
  }
  if (!HoldDesk::SameSender(*held, mail->draft)) {
    return Error{ErrorCode::kStaleDigest, "the mail is to leave from another address than the one that was confirmed",
                 "check the mail again", ""};
  }
  const Result<CommitAnswer> answer =
      Release(*mail->policy, mail->draft, mail->context, held->digest, state.client->capabilities, language);
  if (!answer.ok()) {
    return answer.error();
  }
  const Result<Leaving> leaving =
      MakeLeaving(*answer, mail->context.now.value_or(state.started), &SystemRandom, &state.deferred);
  if (!leaving.ok()) {
    return leaving.error();
  }
  // From here on the mail may be on its way: nobody else lets it go.
  const bool by_person = by_person_json != nullptr && by_person_json->get<bool>();
  const Draft expanded = ExpandLists(mail->draft, mail->context);
  if (const Result<HeldMail> claimed = state.holds.Claim(named->id, named->owner, by_person, expanded, answer->patch);
      !claimed) {
    return claimed.error();
  }
  if (state.records != nullptr) {
    state.records->Released(compose_id, mail->policy->policy(), answer->verdict, mail->draft, mail->context,
                            leaving->result_digest);
  }
  OrderedJson result = {{"patch", PatchToJson(leaving->patch)}, {"result_digest", leaving->result_digest}};
  if (!leaving->password.empty()) {
    result["password"] = leaving->password;
  }
  return result;
}

Outcome HoldAsk(SessionState& state, const Json& params) {
  Params in(params);
  const std::string why = in.OneOf("why", {"overdue", "interrupted", "refused", "not_found", "blocked", "changed"});
  const Result<Named> named = ReadNamed(in);
  if (!named) {
    return named.error();
  }
  return Answer(state, state.holds.Ask(named->id, named->owner, why));
}

Outcome HoldSent(SessionState& state, const Json& params) {
  Params in(params);
  const std::string compose_id = in.OptionalString("compose_id");
  const std::string message_id = in.OptionalString("message_id");
  const std::string digest = in.OptionalString("digest");
  const Result<Named> named = ReadNamed(in);
  if (!named) {
    return named.error();
  }
  const Result<HeldMail> held = state.holds.Sent(named->id, named->owner);
  if (!held) {
    return held.error();
  }
  if (state.records != nullptr) {
    state.records->Sent(compose_id, digest.empty() ? held->digest : digest, message_id);
  }
  ++state.counts.sent;
  return OrderedJson::object();
}

Outcome HoldCancel(SessionState& state, const Json& params) {
  Params in(params);
  const std::string why = in.OneOf("why", {"taken_back", "kept", "changed", "gone", "failed"});
  const Result<Named> named = ReadNamed(in);
  if (!named) {
    return named.error();
  }
  const bool by_person = why == "taken_back" || why == "kept";
  const Result<HeldMail> held = state.holds.Cancel(named->id, named->owner, by_person);
  if (!held) {
    return held.error();
  }
  if (state.records != nullptr) {
    state.records->Cancelled(held->compose_id, held->digest, why);
  }
  ++state.counts.cancelled;
  return OrderedJson::object();
}

}  // namespace lastlook
