// SPDX-License-Identifier: MPL-2.0
#include "engine/planned_effects.h"

#include <algorithm>

#include "engine/patch.h"

namespace lastlook {
namespace {

struct Planned {
  const PreparedEffect* effect;
  const Rule* rule;
};

}  // namespace

PlannedEffects PlanEffects(const std::vector<Match>& matches, const MailView& mail) {
  std::vector<Planned> planned;
  PlannedEffects plan;
  const int settings_minutes = mail.policy().settings.hold_minutes;
  int hold_minutes = 0;
  for (const Match& match : matches) {
    const Rule& rule = *match.rule->rule;
    bool holds = false;
    for (const PreparedEffect& effect : match.rule->obligations) {
      if (effect.effect->copies_the_mail() && !MayCopy(*match.rule, mail)) {
        continue;  // a private account is checked, never copied
      }
      planned.push_back({&effect, &rule});
      const int minutes = effect.effect->hold_minutes();
      holds = holds || minutes != 0;
      hold_minutes = std::max(hold_minutes, minutes < 0 ? settings_minutes : minutes);
    }
    if (rule.mode == Mode::kHold && !holds) {  // the mode alone holds as long as the settings say
      hold_minutes = std::max(hold_minutes, settings_minutes);
      plan.obligations.push_back({"hold", rule.id, Json::object()});
    }
  }
  if (!plan.obligations.empty()) {
    plan.capabilities.emplace_back("hold");
  }
  std::stable_sort(planned.begin(), planned.end(), [](const Planned& a, const Planned& b) {
    return a.effect->effect->stage() < b.effect->effect->stage();
  });
  plan.result = mail.draft();
  std::vector<VerdictObligation> obligations;
  for (const Planned& one : planned) {
    one.effect->effect->Apply(&plan.result);
    obligations.push_back({one.effect->node->name, one.rule->id, one.effect->node->params});
    const std::string capability(one.effect->effect->capability());
    if (std::find(plan.capabilities.begin(), plan.capabilities.end(), capability) == plan.capabilities.end()) {
      plan.capabilities.push_back(capability);
    }
  }
  obligations.insert(obligations.end(), plan.obligations.begin(), plan.obligations.end());
  plan.obligations = std::move(obligations);
  plan.changes_mail = PatchBetween(mail.draft(), plan.result).recipients.has_value();
  plan.hold_seconds = hold_minutes * 60;
  return plan;
}

}  // namespace lastlook
