// SPDX-License-Identifier: MPL-2.0
#include "engine/explain.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "conditions/registry.h"
#include "conditions/support/part_texts.h"
#include "engine/prepared_rules.h"

namespace lastlook {
namespace {

// Names as in the context's and the draft's JSON (design section 7).
bool IsGiven(const std::string& part, const Draft& draft, const Context& context) {
  const std::pair<std::string_view, bool> given[] = {
      {"history", context.history != nullptr},
      {"parts", context.parts != nullptr},
      {"now", context.now.has_value()},
      {"thread", context.thread.has_value()},
      {"recent", context.recent.has_value()},
      {"identities", !context.identities.empty()},
      {"contacts", !context.contacts.empty()},
      {"compose.kind", draft.compose.kind.has_value()},
      {"compose.original", draft.compose.original.has_value()},
      {"compose.initial_recipients", draft.compose.initial_recipients.has_value()},
  };
  const auto* const found =
      std::find_if(std::begin(given), std::end(given), [&](const auto& one) { return one.first == part; });
  return found == std::end(given) || found->second;
}

// What a condition needs to know stands in its schema ("x-needs"), for it is silent without.
std::vector<std::string> NotGiven(const std::string& condition, const Draft& draft, const Context& context) {
  std::vector<std::string> missing;
  const Result<Json> schema = ParseJson(FindCondition(condition)->schema);
  if (!schema) {
    return missing;
  }
  for (const Json& part : schema->value("x-needs", Json::array())) {
    if (!IsGiven(part.get<std::string>(), draft, context)) {
      missing.push_back(part.get<std::string>());
    }
  }
  return missing;
}

class Reasons {
 public:
  Reasons(const MailView& mail, const std::string& language) : mail_(mail), language_(language) {}

  // The leaves that made `root` what it is.
  std::vector<ConditionReason> Of(const std::optional<ConditionTrace>& root, const std::string& path) const {
    std::vector<ConditionReason> reasons;
    if (!root) {
      return reasons;
    }
    std::vector<std::pair<const ConditionTrace*, std::string>> open = {{&*root, path}};
    while (!open.empty()) {
      const auto [trace, at] = std::move(open.back());
      open.pop_back();
      if (trace->node->kind == ConditionNode::Kind::kLeaf) {
        reasons.push_back(Leaf(*trace, at));
        continue;
      }
      for (std::size_t i = trace->children.size(); i > 0; --i) {  // so that the first is next
        if (Decides(*trace, trace->children[i - 1])) {
          open.emplace_back(&trace->children[i - 1], at + Step(*trace->node, i - 1));
        }
      }
    }
    return reasons;
  }

 private:
  // "all" is false because of its false child, "any" true because of those that are not false; else all children do.
  static bool Decides(const ConditionTrace& parent, const ConditionTrace& child) {
    const bool parent_false = parent.truth == Truth::kFalse;
    const bool child_false = child.truth == Truth::kFalse;
    switch (parent.node->kind) {
      case ConditionNode::Kind::kAll:
        return !parent_false || child_false;
      case ConditionNode::Kind::kAny:
        return parent_false || !child_false;
      case ConditionNode::Kind::kNot:
      case ConditionNode::Kind::kLeaf:
        break;
    }
    return true;
  }

  static std::string Step(const ConditionNode& parent, std::size_t child) {
    switch (parent.kind) {
      case ConditionNode::Kind::kAll:
        return "/all/" + std::to_string(child);
      case ConditionNode::Kind::kAny:
        return "/any/" + std::to_string(child);
      case ConditionNode::Kind::kNot:
      case ConditionNode::Kind::kLeaf:
        break;
    }
    return "/not";
  }

  ConditionReason Leaf(const ConditionTrace& trace, const std::string& path) const {
    ConditionReason reason;
    reason.path = path;
    reason.name = trace.node->name;
    reason.title = FillText(ConditionText(reason.name, "title").In(language_), trace.arguments);
    reason.params = trace.node->params;
    reason.truth = trace.truth;
    reason.seen = trace.arguments;
    reason.origin = trace.node->origin;
    if (trace.truth == Truth::kFalse) {
      reason.not_given = NotGiven(reason.name, mail_.draft(), mail_.context());
      return reason;
    }
    for (const Evidence& evidence : trace.evidence.Kept(mail_)) {
      const LocalizedText& text = ConditionText(evidence.condition, evidence.why);
      reason.evidence.push_back({evidence.where, evidence.excerpt, evidence.start, evidence.end,
                                 FillText(text.In(language_), evidence.arguments),
                                 evidence.place ? DescribePlace(*evidence.place, language_) : std::string()});
    }
    return reason;
  }

  const MailView& mail_;
  const std::string& language_;
};

void WritePlace(const Origin& origin, JsonWriter* out) {
  const SourcePlace place = AtOrigin(Error(), origin).place;
  out->Key("layer").String(origin.source ? std::string(PolicyLayerName(origin.source->layer)) : "");
  out->Key("file").String(place.file).Key("line").Whole(place.line);
}

std::string_view TruthName(Truth truth) {
  return truth == Truth::kTrue ? "true" : truth == Truth::kFalse ? "false" : "unknown";
}

void WriteReasons(const char* key, const std::vector<ConditionReason>& reasons, JsonWriter* out) {
  out->Key(key).BeginArray();
  for (const ConditionReason& reason : reasons) {
    out->BeginObject();
    out->Key("condition").String(reason.name).Key("path").String(reason.path);
    out->Key("truth").String(TruthName(reason.truth)).Key("params").Value(reason.params);
    out->Key("seen").BeginObject();
    for (const auto& [name, value] : reason.seen) {
      out->Key(name).String(value);
    }
    out->EndObject();
    if (!reason.not_given.empty()) {
      out->Key("not_given").Strings(reason.not_given);
    }
    if (!reason.evidence.empty()) {
      out->Key("evidence").BeginArray();
      for (const VerdictEvidence& evidence : reason.evidence) {
        out->BeginObject().Key("where").String(evidence.where).Key("excerpt").String(evidence.excerpt);
        out->Key("start").Whole(evidence.start).Key("end").Whole(evidence.end);
        out->Key("why").String(evidence.why).EndObject();
      }
      out->EndArray();
    }
    WritePlace(reason.origin, out);
    out->EndObject();
  }
  out->EndArray();
}

void WriteExemption(const ExemptionReason& reason, JsonWriter* out) {
  const Exemption& exemption = *reason.exemption;
  out->BeginObject();
  out->Key("id").String(exemption.id).Key("outcome").String(ExemptionOutcomeName(reason.outcome));
  out->Key("reason").String(exemption.reason).Key("owner").String(exemption.owner);
  out->Key("until").String(FormatTimestamp(exemption.until->unix_seconds));
  if (reason.outcome == ExemptionOutcome::kOutOfScope) {
    out->Key("scope").String(reason.scope_key);
  }
  WriteReasons("because", reason.because, out);
  WritePlace(exemption.origin, out);
  out->EndObject();
}

void WriteRule(const RuleExplanation& explanation, JsonWriter* out) {
  const Rule& rule = *explanation.rule;
  out->BeginObject();
  out->Key("rule").String(rule.id).Key("mode").String(ModeName(rule.mode));
  out->Key("outcome").String(RuleOutcomeName(explanation.outcome));
  if (explanation.outcome == RuleOutcome::kOutOfScope) {
    out->Key("scope").String(explanation.scope_key);
  }
  if (explanation.outcome == RuleOutcome::kNotRolledOut) {
    out->Key("rollout_percent").Whole(rule.rollout_percent);
  }
  out->Key("on_result").Boolean(explanation.on_result);
  out->Key("keys").BeginObject();
  for (const auto& [key, origin] : rule.keys) {
    out->Key(key).BeginObject();
    WritePlace(origin, out);
    out->EndObject();
  }
  out->EndObject();
  WriteReasons("because", explanation.because, out);
  WriteReasons("unless", explanation.unless, out);
  out->Key("exemptions").BeginArray();
  for (const ExemptionReason& exemption : explanation.exemptions) {
    WriteExemption(exemption, out);
  }
  out->EndArray();
  WritePlace(rule.origin, out);
  out->EndObject();
}

}  // namespace

std::string_view RuleOutcomeName(RuleOutcome outcome) {
  switch (outcome) {
    case RuleOutcome::kMatched:
      return "matched";
    case RuleOutcome::kOff:
      return "off";
    case RuleOutcome::kOutOfScope:
      return "out_of_scope";
    case RuleOutcome::kPrivateAccount:
      return "private_account";
    case RuleOutcome::kNotRolledOut:
      return "not_rolled_out";
    case RuleOutcome::kConditionFalse:
      return "condition_false";
    case RuleOutcome::kUnless:
      return "unless";
    case RuleOutcome::kExempted:
      return "exempted";
  }
  return "matched";
}

std::string_view ExemptionOutcomeName(ExemptionOutcome outcome) {
  switch (outcome) {
    case ExemptionOutcome::kApplies:
      return "applies";
    case ExemptionOutcome::kEnded:
      return "ended";
    case ExemptionOutcome::kTimeUnknown:
      return "time_unknown";
    case ExemptionOutcome::kOutOfScope:
      return "out_of_scope";
    case ExemptionOutcome::kConditionNotTrue:
      return "condition_not_true";
  }
  return "applies";
}

Explanation Explain(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                    const std::string& language) {
  const Draft expanded = ExpandLists(draft, context);
  const MailView mail(expanded, context, policy.policy());
  const Reasons reasons(mail, language);
  Explanation answer;
  answer.verdict = Evaluate(policy, draft, context, language);
  for (const PreparedRule& prepared : policy.rules().rules) {
    RuleTrace trace;
    MatchRule(policy.rules(), prepared, mail, &trace);
    RuleExplanation explanation;
    explanation.rule = prepared.rule;
    explanation.outcome = trace.outcome;
    explanation.scope_key = trace.scope_key;
    explanation.because = reasons.Of(trace.condition, "if");
    if (trace.outcome == RuleOutcome::kUnless) {
      explanation.unless = reasons.Of(trace.unless, "unless");
    }
    for (const ExemptionTrace& exemption : trace.exemptions) {
      explanation.exemptions.push_back({exemption.exemption, exemption.outcome, std::string(exemption.scope_key),
                                        reasons.Of(exemption.condition, "if")});
    }
    explanation.on_result =
        std::any_of(answer.verdict.findings.begin(), answer.verdict.findings.end(),
                    [&](const Finding& finding) { return finding.on_result && finding.rule == prepared.rule->id; });
    answer.rules.push_back(std::move(explanation));
  }
  return answer;
}

std::string ExplanationJson(const Explanation& explanation) {
  JsonWriter out;
  out.BeginObject().Key("verdict");
  WriteVerdict(explanation.verdict, &out);
  out.Key("rules").BeginArray();
  for (const RuleExplanation& rule : explanation.rules) {
    WriteRule(rule, &out);
  }
  out.EndArray().EndObject();
  return out.Take();
}

}  // namespace lastlook
