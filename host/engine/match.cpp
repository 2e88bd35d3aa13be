// SPDX-License-Identifier: MPL-2.0
#include "engine/match.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/crypto.h"

namespace lastlook {
namespace {

struct TreeResult {
  ConditionResult result;
  const ConditionNode* leading = nullptr;
};

TreeResult Evaluate(const PreparedCondition& condition, const MailView& mail, ConditionTrace* trace);

// Where the trace of the next child goes; null when nobody asks.
ConditionTrace* NextChild(ConditionTrace* trace) {
  return trace == nullptr ? nullptr : &trace->children.emplace_back();
}

// The evidence of all of them. Where one of them found a place in the mail, those that only say whom the rule is about
// ("somebody outside gets it") say nothing that helps to find it.
EvidenceList EvidenceOfAll(std::vector<EvidenceList> children) {
  const bool place =
      std::any_of(children.begin(), children.end(), [](const EvidenceList& one) { return one.has_places(); });
  EvidenceList joined;
  for (EvidenceList& child : children) {
    if (place && child.says_only_whom()) {
      child.LeaveOutWhom();
    }
    joined.Append(std::move(child));
  }
  return joined;
}

// "all" is the least of its children's values, "any" the greatest. The evidence is that of the children which are not
// false.
TreeResult EvaluateJoined(const PreparedCondition& condition, const MailView& mail, bool all, ConditionTrace* trace) {
  TreeResult joined;
  joined.result.truth = all ? Truth::kTrue : Truth::kFalse;
  std::vector<EvidenceList> of_all;
  for (const PreparedCondition& child : condition.children) {
    TreeResult one = Evaluate(child, mail, NextChild(trace));
    joined.result.truth =
        all ? std::min(joined.result.truth, one.result.truth) : std::max(joined.result.truth, one.result.truth);
    if (one.result.truth != Truth::kFalse) {
      if (all) {
        of_all.push_back(std::move(one.result.evidence));
      } else {
        joined.result.evidence.Append(std::move(one.result.evidence));
      }
      // "all": the last condition says most (the first ones mostly say whom it concerns); "any": the first.
      if (one.leading != nullptr && (all || joined.leading == nullptr)) {
        joined.leading = one.leading;
        joined.result.arguments = std::move(one.result.arguments);
      }
    }
    if (all && joined.result.truth == Truth::kFalse) {
      return {};
    }
  }
  if (all) {
    joined.result.evidence = EvidenceOfAll(std::move(of_all));
  }
  return joined;
}

TreeResult EvaluateNode(const PreparedCondition& condition, const MailView& mail, ConditionTrace* trace) {
  switch (condition.node->kind) {
    case ConditionNode::Kind::kAll:
      return EvaluateJoined(condition, mail, true, trace);
    case ConditionNode::Kind::kAny:
      return EvaluateJoined(condition, mail, false, trace);
    case ConditionNode::Kind::kNot: {
      // What is not there leaves no evidence.
      const Truth inner = Evaluate(condition.children.front(), mail, NextChild(trace)).result.truth;
      TreeResult result;
      result.result.truth = inner == Truth::kUnknown ? Truth::kUnknown
                            : inner == Truth::kTrue  ? Truth::kFalse
                                                     : Truth::kTrue;
      return result;
    }
    case ConditionNode::Kind::kLeaf:
      break;
  }
  TreeResult leaf;
  leaf.result = condition.leaf->Evaluate(mail);
  leaf.result.evidence.SetCondition(condition.node->name);
  leaf.leading = condition.node;
  if (trace != nullptr) {
    trace->arguments = leaf.result.arguments;
    trace->evidence = leaf.result.evidence;
  }
  return leaf;
}

TreeResult Evaluate(const PreparedCondition& condition, const MailView& mail, ConditionTrace* trace) {
  TreeResult result = EvaluateNode(condition, mail, trace);
  if (trace != nullptr) {
    trace->node = condition.node;
    trace->truth = result.result.truth;
  }
  return result;
}

// The tree's answer; its trace goes to `trace` when that is not null.
TreeResult EvaluateTree(const PreparedCondition& condition, const MailView& mail,
                        std::optional<ConditionTrace>* trace) {
  return Evaluate(condition, mail, trace == nullptr ? nullptr : &trace->emplace());
}

Truth SenderIn(const std::optional<Mailbox>& from, const std::vector<const AddressPatterns*>& groups,
               const AddressPatterns& patterns) {
  if (!from || !from->address) {
    return Truth::kUnknown;
  }
  const bool in = patterns.Matches(*from->address) ||
                  std::any_of(groups.begin(), groups.end(),
                              [&](const AddressPatterns* group) { return group->Matches(*from->address); });
  return in ? Truth::kTrue : Truth::kFalse;
}

Truth Not(Truth truth) {
  return truth == Truth::kTrue ? Truth::kFalse : truth == Truth::kFalse ? Truth::kTrue : Truth::kUnknown;
}

Truth Of(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

// Who and when. Without a clock the times are unknown. `decided_by` may be null; it gets the first member that says no.
Truth InScope(const std::optional<PreparedScope>& prepared, const MailView& mail, std::string_view* decided_by) {
  if (!prepared) {
    return Truth::kTrue;
  }
  const Scope& scope = *prepared->scope;
  const auto& from = mail.draft().from;
  Truth truth = Truth::kTrue;
  const auto narrow = [&](std::string_view key, Truth one) {
    if (one == Truth::kFalse && truth != Truth::kFalse && decided_by != nullptr) {
      *decided_by = key;
    }
    truth = std::min(truth, one);
  };
  if (!scope.senders.empty()) {
    narrow("senders", SenderIn(from, prepared->senders, prepared->inline_senders));
  }
  if (!scope.except_senders.empty()) {
    narrow("except_senders", Not(SenderIn(from, prepared->except_senders, prepared->inline_except_senders)));
  }
  const auto& now = mail.context().now;
  if (scope.from) {
    narrow("from", now ? Of(now->unix_seconds >= scope.from->unix_seconds) : Truth::kUnknown);
  }
  if (scope.until) {
    narrow("until", now ? Of(now->unix_seconds < scope.until->unix_seconds) : Truth::kUnknown);
  }
  if (scope.hours) {
    if (!now) {
      return std::min(truth, Truth::kUnknown);
    }
    const int minute = now->LocalMinuteOfDay();
    const auto [begin, end] = *scope.hours;
    narrow("hours", Of(begin < end ? minute >= begin && minute < end : minute >= begin || minute < end));
  }
  return truth;
}

// A machine stays in its share of a rollout: the share is a hash of its seat and the rule.
bool InRollout(const Rule& rule, const std::string& seat) {
  if (rule.rollout_percent >= 100 || seat.empty()) {
    return true;
  }
  const std::string hash = Sha256Hex(seat + "\n" + rule.id).substr(0, 8);
  return static_cast<int>(std::strtoul(hash.c_str(), nullptr, 16) % 100) < rule.rollout_percent;
}

// An exemption must be certain in all its parts, its end included.
ExemptionOutcome Applies(const PreparedExemption& prepared, const MailView& mail, ExemptionTrace* trace) {
  const Exemption& exemption = *prepared.exemption;
  if (!mail.context().now) {
    return ExemptionOutcome::kTimeUnknown;
  }
  if (mail.context().now->unix_seconds >= exemption.until->unix_seconds) {
    return ExemptionOutcome::kEnded;
  }
  if (InScope(prepared.scope, mail, trace == nullptr ? nullptr : &trace->scope_key) != Truth::kTrue) {
    return ExemptionOutcome::kOutOfScope;
  }
  std::optional<ConditionTrace>* condition = trace == nullptr ? nullptr : &trace->condition;
  if (prepared.condition && EvaluateTree(*prepared.condition, mail, condition).result.truth != Truth::kTrue) {
    return ExemptionOutcome::kConditionNotTrue;
  }
  return ExemptionOutcome::kApplies;
}

bool Exempted(const PreparedRules& rules, const Rule& rule, const MailView& mail, RuleTrace* trace) {
  if (rule.final) {
    return false;
  }
  for (const PreparedExemption& prepared : rules.exemptions) {
    const Exemption& exemption = *prepared.exemption;
    if (std::find(exemption.rules.begin(), exemption.rules.end(), rule.id) == exemption.rules.end()) {
      continue;
    }
    ExemptionTrace* one = trace == nullptr ? nullptr : &trace->exemptions.emplace_back();
    const ExemptionOutcome outcome = Applies(prepared, mail, one);
    if (one != nullptr) {
      one->exemption = &exemption;
      one->outcome = outcome;
    }
    if (outcome == ExemptionOutcome::kApplies) {
      return true;
    }
  }
  return false;
}

// A rule that only copies the mail to somebody does not concern a private account at all.
bool OnlyForOtherAccounts(const PreparedRule& prepared, const MailView& mail) {
  const bool copies = std::any_of(prepared.obligations.begin(), prepared.obligations.end(),
                                  [](const PreparedEffect& effect) { return effect.effect->copies_the_mail(); });
  return copies && prepared.rule->mode <= Mode::kWarn && !MayCopy(prepared, mail);
}

}  // namespace

bool MayCopy(const PreparedRule& prepared, const MailView& mail) {
  const bool names_senders = prepared.rule->scope && !prepared.rule->scope->senders.empty();
  const auto& from = mail.draft().from;
  return names_senders || !from || !from->address || mail.IsInside(*from);
}

std::optional<Match> MatchRule(const PreparedRules& rules, const PreparedRule& prepared, const MailView& mail,
                               RuleTrace* trace) {
  const Rule& rule = *prepared.rule;
  const auto no = [trace](RuleOutcome outcome) -> std::optional<Match> {
    if (trace != nullptr) {
      trace->outcome = outcome;
    }
    return std::nullopt;
  };
  if (rule.mode == Mode::kOff) {
    return no(RuleOutcome::kOff);
  }
  if (InScope(prepared.scope, mail, trace == nullptr ? nullptr : &trace->scope_key) == Truth::kFalse) {
    return no(RuleOutcome::kOutOfScope);
  }
  if (OnlyForOtherAccounts(prepared, mail)) {
    return no(RuleOutcome::kPrivateAccount);
  }
  if (!InRollout(rule, mail.context().seat)) {
    return no(RuleOutcome::kNotRolledOut);
  }
  Match match;
  match.rule = &prepared;
  match.result.truth = Truth::kTrue;
  if (prepared.condition) {
    TreeResult tree = EvaluateTree(*prepared.condition, mail, trace == nullptr ? nullptr : &trace->condition);
    match.result = std::move(tree.result);
    match.leading = tree.leading;
  }
  if (match.result.truth == Truth::kFalse) {
    return no(RuleOutcome::kConditionFalse);
  }
  std::optional<ConditionTrace>* unless = trace == nullptr ? nullptr : &trace->unless;
  if (prepared.unless && EvaluateTree(*prepared.unless, mail, unless).result.truth == Truth::kTrue) {
    return no(RuleOutcome::kUnless);
  }
  if (Exempted(rules, rule, mail, trace)) {
    return no(RuleOutcome::kExempted);
  }
  return match;
}

std::vector<Match> MatchRules(const PreparedRules& rules, const MailView& mail) {
  std::vector<Match> matches;
  for (const PreparedRule& rule : rules.rules) {
    if (auto match = MatchRule(rules, rule, mail)) {
      matches.push_back(std::move(*match));
    }
  }
  return matches;
}

}  // namespace lastlook
