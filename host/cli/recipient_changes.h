// SPDX-License-Identifier: MPL-2.0
// How the recipients of two drafts differ, in the fewest words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/draft.h"

namespace lastlook {

// `from` absent: added; `to` absent: removed; both: moved.
struct RecipientChange {
  std::optional<RecipientField> from;
  std::optional<RecipientField> to;
  std::string mailbox;
};

std::vector<RecipientChange> RecipientChanges(const Draft& before, const Draft& after);

}  // namespace lastlook
