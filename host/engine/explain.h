// SPDX-License-Identifier: MPL-2.0
// Why each rule of a policy matched a mail, or did not: "why was I asked?" and "why was I not asked?".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/evaluate.h"
#include "engine/match.h"

namespace lastlook {

// One condition that decided.
struct ConditionReason {
  std::string path;   // from the rule to it: "if/all/1"
  std::string name;   // "recipients"
  std::string title;  // what it is about, in the reader's language
  Json params;        // as the policy gives them
  Truth truth = Truth::kFalse;
  TextArguments seen;  // what was counted or found, by the names that its texts use
  std::vector<VerdictEvidence> evidence;
  std::vector<std::string> not_given;  // what it needs to know and was not told: "history", "compose.original"
  Origin origin;
};

struct ExemptionReason {
  const Exemption* exemption = nullptr;
  ExemptionOutcome outcome = ExemptionOutcome::kApplies;
  std::string scope_key;
  std::vector<ConditionReason> because;
};

struct RuleExplanation {
  const Rule* rule = nullptr;
  RuleOutcome outcome = RuleOutcome::kMatched;
  std::string scope_key;                 // with kOutOfScope: "senders", "except_senders", "from", "until" or "hours"
  bool on_result = false;                // it matches the mail as it would leave, after all changes
  std::vector<ConditionReason> because;  // of "if": what is true when it matched, what is false when it did not
  std::vector<ConditionReason> unless;   // with kUnless: what is true
  std::vector<ExemptionReason> exemptions;
};

// A word for programs: "matched", "off", "out_of_scope" …
std::string_view RuleOutcomeName(RuleOutcome outcome);
std::string_view ExemptionOutcomeName(ExemptionOutcome outcome);

struct Explanation {
  Verdict verdict;
  std::vector<RuleExplanation> rules;  // in the policy's order
};

// Points into `policy`.
Explanation Explain(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                    const std::string& language);

// {"verdict": {…}, "rules": [ { "rule", "mode", "outcome", … } ]}
std::string ExplanationJson(const Explanation& explanation);

}  // namespace lastlook
