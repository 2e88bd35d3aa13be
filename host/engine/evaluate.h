// SPDX-License-Identifier: MPL-2.0
// The decision. One engine for the mail clients, the command line, the gateway and replay.
#pragma once

#include <string>

#include "conditions/context.h"
#include "engine/prepared_policy.h"
#include "engine/verdict.h"
#include "mail/draft.h"

namespace lastlook {

// Decides about `draft`. Pure: no clock, no files, no randomness. `language` is "ja", "en" or "zh".
Verdict Evaluate(const PreparedPolicy& policy, const Draft& draft, const Context& context, const std::string& language);

// The draft with address-book lists that `context` names replaced by their members, also lists inside lists.
Draft ExpandLists(Draft draft, const Context& context);

// "sha256:…" over addr-specs by field, subject, folded text with link targets, part names and contents. Equal for a
// mail that was saved and opened again. REQUIRES: lists are expanded.
std::string DraftDigest(const Draft& draft);

}  // namespace lastlook
