// SPDX-License-Identifier: MPL-2.0
#include "wire/mail_params.h"

#include <algorithm>
#include <utility>

#include "base/localized_text.h"
#include "conditions/context_json.h"
#include "engine/evaluate.h"
#include "mail/draft_json.h"

namespace lastlook {
namespace {

constexpr const char* kCompose = "compose";

// How the mail came to be is not read out of the mail program again: it may have forgotten.
Result<Draft> ReadDraft(const Json& json, const std::string& compose) {
  if (compose.empty() || !json.is_object()) {
    return DraftFromJson(json);  // no reader for paths: bytes only
  }
  Result<Json> kept = ParseJson(compose);
  if (!kept) {
    return std::move(kept).error();
  }
  Json with_compose = json;
  with_compose[kCompose] = *std::move(kept);
  return DraftFromJson(with_compose);
}

// An older client leaves attachments where they are, and nothing can be said of them.
bool HandsOverParts(const Client& client) {
  return std::find(client.capabilities.begin(), client.capabilities.end(), "parts") != client.capabilities.end();
}

}  // namespace

Result<Mail> ReadMail(SessionState& state, Params& in, const std::string& compose) {
  const Json* draft_json = in.Object("draft");
  if (!in.ok()) {
    return in.TakeError();
  }
  Result<Draft> draft = ReadDraft(*draft_json, compose);
  if (!draft.ok()) {
    return std::move(draft).error().Under("/draft");
  }
  Context context;
  if (const Json* context_json = in.Optional("context")) {
    Result<Context> read = ContextFromJson(*context_json);
    if (!read.ok()) {
      return std::move(read).error().Under("/context");
    }
    context = *std::move(read);
    context.parts = nullptr;  // what is in a file is not the client's to say
  }
  if (!context.now) {
    context.now = state.clock();
  }
  Result<PolicyView> view = state.policy.Now();
  if (!view.ok()) {
    return std::move(view).error();
  }
  if (Result<void> complete = state.parts.Complete(&*draft, HandsOverParts(*state.client), &context); !complete) {
    return std::move(complete).error().Under("/draft");
  }
  Draft expanded = ExpandLists(*std::move(draft), context);
  if (state.records != nullptr) {
    state.records->Complete(expanded, &context);
  }
  const auto came = draft_json->find(kCompose);
  return Mail{view->prepared, std::move(expanded), std::move(context),
              came == draft_json->end() ? std::string() : DumpJson(*came)};
}

std::string LanguageOf(const SessionState& state, Params& in) {
  const std::string language = in.OptionalString("lang");
  return language.empty() ? state.client->language : NormalizeLanguage(language);
}

}  // namespace lastlook
