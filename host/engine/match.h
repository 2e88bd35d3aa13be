// SPDX-License-Identifier: MPL-2.0
// Which rules match one draft. Private to engine/.
#pragma once

#include <optional>
#include <vector>

#include "conditions/condition.h"
#include "engine/prepared_rules.h"

namespace lastlook {

struct Match {
  const PreparedRule* rule = nullptr;
  // The condition that gives the finding its title.
  const ConditionNode* leading = nullptr;
  ConditionResult result;  // evidence of all conditions that were not false
};

// Rules that match, in the policy's order; rules of mode "off" never do.
std::vector<Match> MatchRules(const PreparedRules& rules, const MailView& mail);

// One rule alone.
std::optional<Match> MatchRule(const PreparedRules& rules, const PreparedRule& rule, const MailView& mail);

// Whether effects of this rule may copy the mail to somebody: a rule that names no senders copies only the mail of the
// organisation's own accounts, never that of a private one.
bool MayCopy(const PreparedRule& rule, const MailView& mail);

}  // namespace lastlook
