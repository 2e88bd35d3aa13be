// SPDX-License-Identifier: MPL-2.0
// history.*: headers of mails that were sent before Lastlook came, and what is not to be asked again.
#include <utility>

#include "base/localized_text.h"
#include "conditions/registry.h"
#include "engine/silence.h"
#include "mail/address_parser.h"
#include "mail/draft_json.h"
#include "wire/limits.h"
#include "wire/methods.h"
#include "wire/params.h"

namespace lastlook {
namespace {

Error Refused(std::string message, std::string remedy, std::string pointer) {
  return Error{ErrorCode::kInvalidParams, std::move(message), std::move(remedy), std::move(pointer)};
}

Error NoHistory() {
  return Error{ErrorCode::kNotRecorded, "this host keeps no history", "start it with a store", ""};
}

Result<SentMail> ReadHeader(const Json& json) {
  if (!json.is_object()) {
    return Refused("a header is " + JsonTypeName(json), "send an object", "");
  }
  Params in(json);
  const std::string date = in.String("date");
  SentMail mail;
  mail.message_id = in.OptionalString("message_id");
  mail.thread = in.OptionalString("thread");
  if (!in.ok()) {
    return in.TakeError();
  }
  const Result<Timestamp> at = ParseTimestamp(date);
  if (!at) {
    return Refused("\"date\" is no date and time", "write it like 2026-11-20T09:00:00+09:00", "/date");
  }
  mail.at = at->unix_seconds;
  for (const char* field : {"to", "cc", "bcc"}) {
    const Json* value = in.Optional(field);
    if (value == nullptr) {
      continue;
    }
    Result<std::vector<Mailbox>> mailboxes = MailboxesFromJson(*value);
    if (!mailboxes) {
      Error error = std::move(mailboxes).error();
      error.code = ErrorCode::kInvalidParams;
      return std::move(error).Under(PointerStep(field));
    }
    mail.recipients.insert(mail.recipients.end(), mailboxes->begin(), mailboxes->end());
  }
  return mail;
}

}  // namespace

Outcome HistoryLearn(SessionState& state, const Json& params) {
  Params in(params);
  const std::string account_text = in.String("account");
  const std::string cursor = in.OptionalString("cursor");
  const Json* headers = in.Optional("headers");
  const Json* complete = in.Optional("complete");
  if (!in.ok()) {
    return in.TakeError();
  }
  const Mailbox account = ParseMailbox(account_text);
  if (!account.address) {
    return Refused("\"account\" is no address", "send the address of the account", "/account");
  }
  if (headers == nullptr || !headers->is_array() || headers->size() > kMaxLearnedHeaders) {
    return Refused("\"headers\" must be an array of at most " + std::to_string(kMaxLearnedHeaders) + " headers",
                   "send smaller batches", "/headers");
  }
  if (complete != nullptr && !complete->is_boolean()) {
    return Refused("\"complete\" must be true or false", "send true with the last batch", "/complete");
  }
  std::vector<SentMail> batch;
  batch.reserve(headers->size());
  for (std::size_t i = 0; i < headers->size(); ++i) {
    Result<SentMail> mail = ReadHeader((*headers)[i]);
    if (!mail) {
      return std::move(mail).error().Under("/headers" + PointerStep(i));
    }
    batch.push_back(*std::move(mail));
  }
  if (state.records == nullptr) {
    return NoHistory();
  }
  const Result<LearningState> learnt =
      state.records->Learn(*account.address, batch, cursor, complete != nullptr && complete->get<bool>());
  if (!learnt) {
    return learnt.error();
  }
  return OrderedJson{{"account", learnt->account},
                     {"complete", learnt->complete},
                     {"headers", learnt->headers},
                     {"cursor", learnt->cursor}};
}

Outcome HistorySilence(SessionState& state, const Json& params) {
  Params in(params);
  const std::string condition = in.String("condition");
  const std::string address_text = in.String("address");
  const Json* silenced = in.Optional("silenced");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (silenced != nullptr && !silenced->is_boolean()) {
    return Refused("\"silenced\" must be true or false", "send false to be asked again", "/silenced");
  }
  if (!MayBeSilenced(condition)) {
    return Refused("no condition of this name asks about habits", "name the condition of an entry of \"silenceable\"",
                   "/condition");
  }
  const Mailbox person = ParseMailbox(address_text);
  if (!person.address) {
    return Refused("\"address\" is no address", "send the address of the recipient", "/address");
  }
  const bool wanted = silenced == nullptr || silenced->get<bool>();
  const Result<PolicyView> view = state.policy.Now();
  if (!view.ok()) {
    return view.error();
  }
  // Taking it back is always allowed.
  if (wanted && !MayBeSilencedUnder(view->prepared->policy().settings)) {
    return Error{ErrorCode::kSilencingForbidden, "the policy of this machine has this asked every time",
                 "answer the question with each mail", ""};
  }
  if (state.records == nullptr) {
    return NoHistory();
  }
  const Result<bool> changed = state.records->Silence(condition, *person.address, wanted);
  if (!changed) {
    return changed.error();
  }
  return OrderedJson{{"changed", *changed}};
}

Outcome HistorySilenced(SessionState& state, const Json& params) {
  Params in(params);
  const std::string given = in.OptionalString("lang");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (state.records == nullptr) {
    return NoHistory();
  }
  const Result<std::vector<SilencedRow>> rows = state.records->ListSilenced();
  if (!rows) {
    return rows.error();
  }
  const std::string language = given.empty() ? state.client->language : NormalizeLanguage(given);
  OrderedJson all = OrderedJson::array();
  for (const SilencedRow& row : *rows) {
    all.push_back({{"condition", row.condition},
                   {"title", ConditionText(row.condition, "title").In(language)},
                   {"address", row.address},
                   {"since", FormatTimestamp(row.at)}});
  }
  return OrderedJson{{"silenced", std::move(all)}};
}

}  // namespace lastlook
