// SPDX-License-Identifier: MPL-2.0
// Which rules match one draft. Private to engine/.
#pragma once

#include <optional>
#include <string_view>
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

// What was seen on the way to an answer; noted only when somebody asks for it, so that explaining and deciding are one
// piece of code.
struct ConditionTrace {
  const ConditionNode* node = nullptr;
  Truth truth = Truth::kFalse;
  TextArguments arguments;               // of a leaf, also of a false one: what was counted
  EvidenceList evidence;                 // of a leaf
  std::vector<ConditionTrace> children;  // those that were looked at: "all" stops at the first false one
};

enum class RuleOutcome {
  kMatched,
  kOff,
  kOutOfScope,
  kPrivateAccount,  // it only copies the mail, and this account is none of the organisation's
  kNotRolledOut,
  kConditionFalse,
  kUnless,
  kExempted,
};

enum class ExemptionOutcome { kApplies, kEnded, kTimeUnknown, kOutOfScope, kConditionNotTrue };

struct ExemptionTrace {
  const Exemption* exemption = nullptr;
  ExemptionOutcome outcome = ExemptionOutcome::kApplies;
  std::string_view scope_key;
  std::optional<ConditionTrace> condition;
};

struct RuleTrace {
  RuleOutcome outcome = RuleOutcome::kMatched;
  std::string_view scope_key;  // with kOutOfScope: the member of "scope" that says no
  std::optional<ConditionTrace> condition;
  std::optional<ConditionTrace> unless;
  std::vector<ExemptionTrace> exemptions;  // that name the rule; looked at only for a rule that would match
};

// Rules that match, in the policy's order; rules of mode "off" never do.
std::vector<Match> MatchRules(const PreparedRules& rules, const MailView& mail);

// One rule alone. `trace` may be null; what its pointers point to belongs to `rules`.
std::optional<Match> MatchRule(const PreparedRules& rules, const PreparedRule& rule, const MailView& mail,
                               RuleTrace* trace = nullptr);

// Whether effects of this rule may copy the mail to somebody: a rule that names no senders copies only the mail of the
// organisation's own accounts, never that of a private one.
bool MayCopy(const PreparedRule& rule, const MailView& mail);

}  // namespace lastlook
