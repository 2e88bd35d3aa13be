// SPDX-License-Identifier: MPL-2.0
#include "engine/planned_effects.h"

#include <algorithm>

#include "effects/registry.h"
#include "engine/patch.h"

namespace lastlook {
namespace {

struct Planned {
  const PreparedEffect* effect;
  const Match* match;

  const Rule& rule() const { return *match->rule->rule; }
};

// Carries one effect out on the result, or says why it cannot be.
class Carrier {
 public:
  Carrier(const MailView& mail, const std::string& language, PlannedEffects* plan)
      : mail_(mail), language_(language), plan_(*plan) {}

  void CarryOut(const Planned& one) {
    const Effect& effect = *one.effect->effect;
    const std::string& name = one.effect->node->name;
    if (const Notice* notice = effect.notice(); notice != nullptr && !Show(*notice, one.rule())) {
      return;  // its time is over
    }
    VerdictObligation obligation{name, one.rule().id, one.effect->node->params, ""};
    const FoundInMail found = one.match->result.evidence.Found(mail_.draft());
    if (const std::optional<EffectProblem> problem = effect.Problem(plan_.result, found)) {
      obligation.problem = FillText(EffectText(name, problem->text).In(language_), problem->arguments);
    } else {
      Apply(effect, found, one);
    }
    plan_.obligations.push_back(std::move(obligation));
    plan_.typed_count = std::max(plan_.typed_count, effect.typed_count());
    NeedCapability(effect.capability());
  }

  void NeedCapability(std::string_view capability) {
    auto& needed = plan_.capabilities;
    if (!capability.empty() && std::find(needed.begin(), needed.end(), capability) == needed.end()) {
      needed.emplace_back(capability);
    }
  }

 private:
  bool Show(const Notice& notice, const Rule& rule) {
    const std::optional<Timestamp>& now = mail_.context().now;
    if (notice.until && now && now->unix_seconds >= notice.until->unix_seconds) {
      return false;
    }
    plan_.notices.push_back({notice.id, rule.id, notice.text.In(language_)});
    return true;
  }

  void Apply(const Effect& effect, const FoundInMail& found, const Planned& one) {
    const std::string added = effect.Added(plan_.result);
    if (added.empty()) {
      effect.Apply(found, &plan_.result);
      return;
    }
    const Draft before = plan_.result;
    effect.Apply(found, &plan_.result);
    const Patch patch = PatchBetween(before, plan_.result);
    if (!patch.empty()) {
      const char* where = patch.subject                ? "subject"
                          : !patch.headers.empty()     ? "headers"
                          : !patch.attachments.empty() ? "attachments"
                                                       : "body";
      plan_.changes.push_back({where, one.rule().id, EffectText(one.effect->node->name, "label").In(language_), added});
    }
  }

  const MailView& mail_;
  const std::string& language_;
  PlannedEffects& plan_;
};

// Whose names the person types, in the order of the mail.
std::vector<std::size_t> NamesToRetype(const std::vector<Planned>& planned, const Draft& draft) {
  std::vector<std::size_t> retype;
  for (std::size_t i = 0; i < draft.attachments.size(); ++i) {
    if (std::any_of(planned.begin(), planned.end(),
                    [&](const Planned& one) { return one.effect->effect->RetypesNameOf(draft.attachments[i]); })) {
      retype.push_back(i);
    }
  }
  return retype;
}

}  // namespace

PlannedEffects PlanEffects(const std::vector<Match>& matches, const MailView& mail, const std::string& language) {
  std::vector<Planned> planned;
  std::vector<VerdictObligation> holds_of_modes;
  constexpr int kSecondsOfAMinute = 60;
  const int settings_seconds = mail.policy().settings.hold_minutes * kSecondsOfAMinute;
  int hold_seconds = 0;
  bool may_be_cancelled = true;
  for (const Match& match : matches) {
    const Rule& rule = *match.rule->rule;
    bool holds = false;
    for (const PreparedEffect& effect : match.rule->obligations) {
      if (effect.effect->copies_the_mail() && !MayCopy(*match.rule, mail)) {
        continue;  // a private account is checked, never copied
      }
      planned.push_back({&effect, &match});
      const int seconds = effect.effect->hold_seconds();
      holds = holds || seconds != 0;
      hold_seconds = std::max(hold_seconds, seconds < 0 ? settings_seconds : seconds);
      may_be_cancelled = may_be_cancelled && effect.effect->hold_may_be_cancelled();
    }
    if (rule.Asks(Mode::kHold) && !holds) {  // the mode alone holds as long as the settings say
      hold_seconds = std::max(hold_seconds, settings_seconds);
      holds_of_modes.push_back({"hold", rule.id, Json::object(), ""});
    }
  }
  std::stable_sort(planned.begin(), planned.end(), [](const Planned& a, const Planned& b) {
    return a.effect->effect->stage() < b.effect->effect->stage();
  });
  PlannedEffects plan;
  if (!planned.empty()) {
    plan.result = mail.draft();
  }
  Carrier carrier(mail, language, &plan);
  if (!holds_of_modes.empty()) {
    carrier.NeedCapability("hold");
  }
  for (const Planned& one : planned) {
    carrier.CarryOut(one);
  }
  plan.obligations.insert(plan.obligations.end(), holds_of_modes.begin(), holds_of_modes.end());
  plan.retype = NamesToRetype(planned, mail.draft());
  plan.changes_mail = !planned.empty() && !PatchBetween(mail.draft(), plan.result).empty();
  plan.hold_seconds = hold_seconds;
  plan.hold_may_be_cancelled = may_be_cancelled;
  return plan;
}

}  // namespace lastlook
