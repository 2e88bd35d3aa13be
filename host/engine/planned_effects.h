// SPDX-License-Identifier: MPL-2.0
// What all matched rules together do to a mail. Private to engine/.
#pragma once

#include <string>
#include <vector>

#include "engine/match.h"
#include "engine/verdict.h"

namespace lastlook {

struct PlannedEffects {
  std::vector<VerdictObligation> obligations;
  std::vector<std::string> capabilities;  // what a client must be able to do for them, each once
  Draft result;
  bool changes_mail = false;
  int hold_seconds = 0;  // the longest
};

// All obligations of all matched rules, in the order of their stages and then of the rules.
PlannedEffects PlanEffects(const std::vector<Match>& matches, const MailView& mail);

}  // namespace lastlook
