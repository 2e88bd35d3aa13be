// SPDX-License-Identifier: MPL-2.0
#include "engine/policy_tests.h"

#include <algorithm>
#include <utility>

#include "conditions/context_json.h"
#include "engine/evaluate.h"
#include "mail/draft_json.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

// A rule that does not exist never matches, so a misspelt "not_rules" would always be met.
Result<void> CheckRuleNames(const Policy& policy, const PolicyExpectation& expect) {
  std::vector<std::string> known;
  for (const Rule& rule : policy.rules) {
    known.push_back(rule.id);
  }
  for (const auto& [key, names] : {std::pair{"has_rules", &expect.has_rules}, std::pair{"not_rules", &expect.not_rules},
                                   std::pair{"rules", &expect.rules}, std::pair{"simulated", &expect.simulated}}) {
    for (std::size_t i = 0; *names && i < (*names)->size(); ++i) {
      const std::string& name = (**names)[i];
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        return PolicyError("there is no rule \"" + name + "\"", SuggestName(name, known),
                           "/expect" + PointerStep(key) + PointerStep(i));
      }
    }
  }
  return {};
}

Result<PreparedTest> Prepare(const Policy& policy, const PolicyTest& test) {
  PreparedTest prepared;
  prepared.name = test.name;
  prepared.origin = test.origin;
  prepared.expect = test.expect;
  Result<Draft> draft = DraftFromJson(test.mail);
  if (!draft) {
    return std::move(draft).error().Under("/mail");
  }
  prepared.draft = *std::move(draft);
  if (test.context) {
    Result<Context> context = ContextFromJson(*test.context);
    if (!context) {
      return std::move(context).error().Under("/context");
    }
    prepared.context = *std::move(context);
  }
  if (Result<void> names = CheckRuleNames(policy, test.expect); !names) {
    return std::move(names).error();
  }
  return prepared;
}

using Names = std::vector<std::string>;

Names Sorted(Names names) {
  std::sort(names.begin(), names.end());
  return names;
}

bool Holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names MatchedRules(const Verdict& verdict) {
  Names rules;
  for (const Finding& finding : verdict.findings) {
    if (!Holds(rules, finding.rule)) {  // once on the draft and once on the result is one rule
      rules.push_back(finding.rule);
    }
  }
  return rules;
}

Names ResultAddresses(const Verdict& verdict, RecipientField field) {
  Names addresses;
  for (const Recipient& recipient : verdict.result.recipients) {
    if (recipient.field == field) {
      addresses.push_back(recipient.mailbox.AddressOrTyped());
    }
  }
  return addresses;
}

Names Obligations(const Verdict& verdict) {
  Names kinds;
  for (const VerdictObligation& obligation : verdict.obligations) {
    kinds.push_back(obligation.kind);
  }
  return kinds;
}

class Comparison {
 public:
  void Exactly(const char* key, const std::optional<Names>& expected, const Names& seen) {
    if (expected && Sorted(*expected) != Sorted(seen)) {
      differences_.push_back({key, *expected, seen});
    }
  }
  void AtLeast(const char* key, const std::optional<Names>& expected, const Names& seen) {
    if (expected &&
        !std::all_of(expected->begin(), expected->end(), [&](const std::string& name) { return Holds(seen, name); })) {
      differences_.push_back({key, *expected, seen});
    }
  }
  void None(const char* key, const std::optional<Names>& expected, const Names& seen) {
    if (expected &&
        std::any_of(expected->begin(), expected->end(), [&](const std::string& name) { return Holds(seen, name); })) {
      differences_.push_back({key, *expected, seen});
    }
  }
  template <typename Value>
  void Equal(const char* key, const std::optional<Value>& expected, const Value& seen) {
    if (expected && *expected != seen) {
      differences_.push_back({key, *expected, seen});
    }
  }

  std::vector<TestDifference> Take() { return std::move(differences_); }

 private:
  std::vector<TestDifference> differences_;
};

}  // namespace

Result<std::vector<PreparedTest>> PrepareTests(const Policy& policy, const PolicySource* only) {
  std::vector<PreparedTest> prepared;
  for (const PolicyTest& test : policy.tests) {
    if (only != nullptr && test.origin.source.get() != only) {
      continue;
    }
    Result<PreparedTest> one = Prepare(policy, test);
    if (!one) {
      Error error = AtOrigin(std::move(one).error(), test.origin);
      error.code = ErrorCode::kPolicyRefused;
      return error;
    }
    prepared.push_back(*std::move(one));
  }
  return prepared;
}

PolicyTestOutcome RunTest(const PreparedPolicy& policy, const PreparedTest& test) {
  const Verdict verdict = Evaluate(policy, test.draft, test.context, std::string(kDefaultLanguage));
  const PolicyExpectation& expect = test.expect;
  const Names rules = MatchedRules(verdict);
  Comparison compare;
  compare.Equal("disposition", expect.disposition, std::string(DispositionName(verdict.disposition)));
  compare.AtLeast("has_rules", expect.has_rules, rules);
  compare.None("not_rules", expect.not_rules, rules);
  compare.Exactly("rules", expect.rules, rules);
  compare.Exactly("simulated", expect.simulated, verdict.simulated);
  compare.Exactly("needs", expect.needs, verdict.needs);
  compare.Equal("hold_seconds", expect.hold_seconds, std::int64_t{verdict.hold_seconds});
  compare.Exactly("to", expect.to, ResultAddresses(verdict, RecipientField::kTo));
  compare.Exactly("cc", expect.cc, ResultAddresses(verdict, RecipientField::kCc));
  compare.Exactly("bcc", expect.bcc, ResultAddresses(verdict, RecipientField::kBcc));
  compare.Exactly("acknowledge", expect.acknowledge, verdict.acknowledge);
  compare.Exactly("obligations", expect.obligations, Obligations(verdict));
  return PolicyTestOutcome{test.name, test.origin, compare.Take()};
}

Result<std::vector<PolicyTestOutcome>> RunPolicyTests(const PreparedPolicy& policy, const PolicySource* only) {
  Result<std::vector<PreparedTest>> tests = PrepareTests(policy.policy(), only);
  if (!tests) {
    return std::move(tests).error();
  }
  std::vector<PolicyTestOutcome> outcomes;
  for (const PreparedTest& test : *tests) {
    outcomes.push_back(RunTest(policy, test));
  }
  return outcomes;
}

}  // namespace lastlook
