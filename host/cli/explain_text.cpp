// SPDX-License-Identifier: MPL-2.0
#include "cli/explain_text.h"

#include <algorithm>
#include <utility>

#include "base/terminal_text.h"
#include "cli/verdict_text.h"

namespace lastlook {
namespace {

// More than this says no more to a reader; --format json has everything.
constexpr std::size_t kShownEvidence = 5;
constexpr std::size_t kExcerptColumns = 64;

std::string Place(const Origin& origin) {
  const SourcePlace place = AtOrigin(Error(), origin).place;
  const std::string where = PrintableLine(place.file) + ":" + std::to_string(place.line);
  // The built-in policy is named by its file, and a file of the command line is known to who named it.
  const PolicyLayer layer = origin.source->layer;
  const bool told = layer == PolicyLayer::kBuiltIn || layer == PolicyLayer::kCommandLine;
  return told ? where : std::string(PolicyLayerName(layer)) + " " + where;
}

std::string_view ScopeText(std::string_view key) {
  return key == "senders"          ? "explain.scope.senders"
         : key == "except_senders" ? "explain.scope.except_senders"
         : key == "from"           ? "explain.scope.from"
         : key == "until"          ? "explain.scope.until"
                                   : "explain.scope.hours";
}

std::string_view ExemptionText(ExemptionOutcome outcome) {
  switch (outcome) {
    case ExemptionOutcome::kApplies:
      return "explain.exempted";
    case ExemptionOutcome::kEnded:
      return "explain.exemption.ended";
    case ExemptionOutcome::kTimeUnknown:
      return "explain.exemption.time_unknown";
    case ExemptionOutcome::kOutOfScope:
      return "explain.exemption.out_of_scope";
    case ExemptionOutcome::kConditionNotTrue:
      return "explain.exemption.condition_not_true";
  }
  return "explain.exempted";
}

class Writer {
 public:
  Writer(const Texts& texts, const Style& style) : texts_(texts), style_(style) {}

  std::string Write(const std::string& mail, const Explanation& explanation) {
    const auto [headline, ink] = VerdictHeadline(explanation.verdict, texts_);
    out_ += style_(ink, "\u25A0 " + headline) + "  " + style_(Ink::kBold, PrintableLine(mail)) + "\n";
    // "Why was I asked?" is asked more often than "why not?", and by people in more of a hurry.
    std::size_t matched = 0;
    for (const bool wanted : {true, false}) {
      for (const RuleExplanation& rule : explanation.rules) {
        if (Matched(rule) == wanted) {
          matched += wanted ? 1 : 0;
          RuleLines(rule);
        }
      }
    }
    Line(1, texts_("explain.tally",
                   {{"count", std::to_string(explanation.rules.size())}, {"matched", std::to_string(matched)}}));
    return std::move(out_);
  }

 private:
  static bool Matched(const RuleExplanation& rule) { return rule.outcome == RuleOutcome::kMatched || rule.on_result; }

  void Line(std::size_t depth, const std::string& text) { out_ += std::string(2 * depth, ' ') + text + "\n"; }

  void RuleLines(const RuleExplanation& explanation) {
    const Rule& rule = *explanation.rule;
    const bool matched = Matched(explanation);
    const std::string mark = matched ? style_(ModeInk(rule.mode), "\u25CF") : style_(Ink::kDim, "\u25CB");
    const std::string mode = "[" + ModeLabel(rule.mode, texts_) + "]";
    Line(1, mark + " " + style_(matched ? Ink::kBold : Ink::kDim, PrintableLine(rule.id)) + "  " + mode + " " +
                texts_(matched ? "explain.matched" : "explain.not_matched") + "  " +
                style_(Ink::kDim, Place(rule.origin)));
    Overridden(rule);
    if (explanation.on_result) {
      Line(3, texts_("explain.on_result"));
    }
    switch (explanation.outcome) {
      case RuleOutcome::kMatched:
        if (!rule.condition) {
          Line(3, texts_("explain.always"));
        }
        Reasons(3, explanation.because);
        break;
      case RuleOutcome::kOff:
        Line(3, texts_("explain.off"));
        break;
      case RuleOutcome::kOutOfScope:
        Line(3, texts_(ScopeText(explanation.scope_key)));
        break;
      case RuleOutcome::kPrivateAccount:
        Line(3, texts_("explain.private_account"));
        break;
      case RuleOutcome::kNotRolledOut:
        Line(3, texts_("explain.not_rolled_out", {{"percent", std::to_string(rule.rollout_percent)}}));
        break;
      case RuleOutcome::kConditionFalse:
        Reasons(3, explanation.because);
        break;
      case RuleOutcome::kUnless:
        Line(3, texts_("explain.unless"));
        Reasons(4, explanation.unless);
        break;
      case RuleOutcome::kExempted:
        break;  // said by the exemption
    }
    for (const ExemptionReason& exemption : explanation.exemptions) {
      ExemptionLines(exemption);
    }
  }

  // What a higher layer changed in the rule of a lower one.
  void Overridden(const Rule& rule) {
    const auto condition = rule.keys.find("if");
    for (const auto& [key, origin] : rule.keys) {
      if (condition != rule.keys.end() && key != "id" && origin.source != condition->second.source) {
        Line(3, style_(Ink::kDim, texts_("explain.overridden", {{"key", key}, {"place", Place(origin)}})));
      }
    }
  }

  void ExemptionLines(const ExemptionReason& reason) {
    const Exemption& exemption = *reason.exemption;
    Line(3, texts_(ExemptionText(reason.outcome), {{"id", exemption.id},
                                                   {"until", FormatTimestamp(exemption.until->unix_seconds)},
                                                   {"reason", PrintableLine(exemption.reason)},
                                                   {"owner", PrintableLine(exemption.owner)}}) +
                "  " + style_(Ink::kDim, Place(exemption.origin)));
    Reasons(4, reason.because);
  }

  void Reasons(std::size_t depth, const std::vector<ConditionReason>& reasons) {
    for (const ConditionReason& reason : reasons) {
      const std::string line = texts_(
          "explain.reason", {{"condition", reason.name}, {"path", reason.path}, {"what", PrintableLine(What(reason))}});
      Line(depth, line + "  " + style_(Ink::kDim, Place(reason.origin)));
      const std::size_t shown = std::min(reason.evidence.size(), kShownEvidence);
      for (std::size_t i = 0; i < shown; ++i) {
        Line(depth + 1, "\u2022 " + EvidenceText(reason.evidence[i]));
      }
      if (reason.evidence.size() > shown) {
        Line(depth + 1, "\u2022 " + texts_("more", {{"count", std::to_string(reason.evidence.size() - shown)}}));
      }
    }
  }

  std::string What(const ConditionReason& reason) const {
    if (!reason.not_given.empty()) {
      std::string parts;
      for (const std::string& part : reason.not_given) {
        parts += (parts.empty() ? "" : ", ") + part;
      }
      return texts_("explain.not_given", {{"parts", parts}});
    }
    const std::string truth = texts_(reason.truth == Truth::kTrue    ? "explain.true"
                                     : reason.truth == Truth::kFalse ? "explain.false"
                                                                     : "explain.unknown");
    const std::string seen = Seen(reason);
    return seen.empty() ? truth : truth + " \u2013 " + seen;
  }

  // What was counted, and against what; other findings by their names.
  std::string Seen(const ConditionReason& reason) const {
    TextArguments arguments = reason.seen;
    const bool counted =
        std::any_of(arguments.begin(), arguments.end(), [](const auto& argument) { return argument.first == "count"; });
    if (!counted) {
      std::string all;
      for (const auto& [name, value] : arguments) {
        all += (all.empty() ? "" : ", ") + name + " = " + CutToWidth(value, kExcerptColumns);
      }
      return all;
    }
    const auto limit = [&](const char* key) {
      const bool given = reason.params.is_object() && reason.params.contains(key);
      if (given) {
        arguments.emplace_back(key, DumpJson(reason.params[key]));
      }
      return given;
    };
    const bool min = limit("min");
    const bool max = limit("max");
    // Without both, one is enough (conditions/support/count_range.h).
    if (!min && !max && reason.truth == Truth::kFalse) {
      arguments.emplace_back("min", "1");
      return texts_("explain.at_least", arguments);
    }
    return texts_(min && max ? "explain.between"
                  : min      ? "explain.at_least"
                  : max      ? "explain.at_most"
                             : "explain.counted",
                  arguments);
  }

  std::string EvidenceText(const VerdictEvidence& evidence) const {
    std::string what = PrintableLine(evidence.why);
    const std::string excerpt = CutToWidth(PrintableLine(evidence.excerpt), kExcerptColumns);
    if (what.find(excerpt) == std::string::npos) {
      what = excerpt + (what.empty() ? "" : " \u2013 " + what);
    }
    return texts_("finding.evidence", {{"where", WhereLabel(evidence.where, texts_)}, {"what", what}});
  }

  const Texts& texts_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string DescribeExplanation(const std::string& mail, const Explanation& explanation, const Texts& texts,
                                const Style& style) {
  return Writer(texts, style).Write(mail, explanation);
}

}  // namespace lastlook
