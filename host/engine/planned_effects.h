// SPDX-License-Identifier: MPL-2.0
// What all matched rules together do to a mail. Private to engine/.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/match.h"
#include "engine/verdict.h"

namespace lastlook {

struct PlannedEffects {
  std::vector<VerdictObligation> obligations;
  std::vector<std::string> capabilities;  // what a client must be able to do for them, each once
  bool changes_mail = false;
  Draft result;                            // only where it changes the mail
  int hold_seconds = 0;                    // the longest
  bool hold_may_be_cancelled = true;       // no hold forbids it
  CountOf typed_count = CountOf::kNobody;  // the most
  std::vector<std::size_t> retype;         // indices of the attachments whose names the person types
  std::vector<VerdictNotice> notices;
  std::vector<VerdictChange> changes;  // beyond the recipients
};

// All obligations of all matched rules, in the order of their stages and then of the rules. One that cannot be carried
// out leaves the result as it is and says why. Texts are in `language`.
PlannedEffects PlanEffects(const std::vector<Match>& matches, const MailView& mail, const std::string& language);

}  // namespace lastlook
