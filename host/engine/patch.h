// SPDX-License-Identifier: MPL-2.0
// What the client must change in the compose window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "mail/draft.h"

namespace lastlook {

struct RecipientFields {
  std::vector<std::string> to;  // mailboxes (RFC 5322), whole fields
  std::vector<std::string> cc;
  std::vector<std::string> bcc;
};

struct Patch {
  std::optional<RecipientFields> recipients;  // absent: unchanged
};

// The difference between the draft as written (lists expanded) and as it shall leave.
Patch PatchBetween(const Draft& before, const Draft& after);

// {"recipients":{"to":[…],"cc":[…],"bcc":[…]}}, or {}.
OrderedJson PatchToJson(const Patch& patch);

}  // namespace lastlook
