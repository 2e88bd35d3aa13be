// SPDX-License-Identifier: MPL-2.0
#include "engine/silence.h"

#include <set>
#include <utility>

#include "conditions/registry.h"

namespace lastlook {

bool MayBeSilenced(std::string_view condition) {
  return FindCondition(condition) != nullptr && !ConditionText(condition, kRightText).empty();
}

bool MayBeSilencedUnder(const Settings& settings) {
  return settings.history_silence == "allow";
}

std::vector<Silenceable> SilenceableIn(const Verdict& verdict, const Settings& settings) {
  if (!MayBeSilencedUnder(settings)) {
    return {};
  }
  std::set<std::pair<std::string_view, std::string_view>> not_the_persons;  // condition, recipient
  for (const Finding& finding : verdict.findings) {
    if (finding.mode >= Mode::kHold) {
      for (const VerdictEvidence& evidence : finding.evidence) {
        not_the_persons.emplace(evidence.condition, evidence.where);
      }
    }
  }
  std::vector<Silenceable> out;
  for (const Finding& finding : verdict.findings) {
    for (const VerdictEvidence& evidence : finding.evidence) {
      if (!evidence.right.empty() && !not_the_persons.contains({evidence.condition, evidence.where})) {
        out.push_back({finding.rule, std::string(evidence.condition), evidence.where, evidence.right});
      }
    }
  }
  return out;
}

}  // namespace lastlook
