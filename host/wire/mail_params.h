// SPDX-License-Identifier: MPL-2.0
// A mail as every method about one gets it: `draft` and `context` of the params.
#pragma once

#include <memory>
#include <string>

#include "conditions/context.h"
#include "engine/prepared_policy.h"
#include "wire/params.h"
#include "wire/session_state.h"

namespace lastlook {

struct Mail {
  std::shared_ptr<const PreparedPolicy> policy;
  Draft draft;  // its address-book lists are expanded
  Context context;
  std::string compose;  // the draft's `compose` as it came, JSON; "" without
};

// `in` may already hold an error; it goes first. `compose`: JSON that takes the place of the draft's own; "" for none.
Result<Mail> ReadMail(SessionState& state, Params& in, const std::string& compose = "");

// The language of the request, else that of `hello`.
std::string LanguageOf(const SessionState& state, Params& in);

}  // namespace lastlook
