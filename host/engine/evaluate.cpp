// SPDX-License-Identifier: MPL-2.0
#include "engine/evaluate.h"

#include <algorithm>
#include <utility>

#include "conditions/registry.h"
#include "conditions/support/part_texts.h"
#include "effects/registry.h"
#include "engine/acknowledge.h"
#include "engine/match.h"
#include "engine/offers.h"
#include "engine/patch.h"
#include "engine/planned_effects.h"
#include "engine/recipients_report.h"
#include "engine/silence.h"

namespace lastlook {
namespace {

Finding MakeFinding(const Match& match, const MailView& mail, const std::string& language, bool on_result) {
  const Rule& rule = *match.rule->rule;
  Finding finding;
  finding.rule = rule.id;
  finding.mode = rule.mode;
  finding.help = rule.help;
  finding.on_result = on_result;
  const TextArguments& arguments = match.result.arguments;
  if (match.leading != nullptr) {
    finding.condition = match.leading->name;
    finding.title = FillText(ConditionText(finding.condition, "title").In(language), arguments);
  }
  const LocalizedText& message = rule.message.empty() ? ConditionText(finding.condition, "message") : rule.message;
  finding.message = FillText(message.In(language), arguments);
  // A finding whose condition has no title of its own (a bare "not", or no condition) is named by its rule.
  if (finding.title.empty()) {
    finding.title = rule.id;
  }
  finding.evidence_total = match.result.evidence.total();
  std::vector<Evidence> kept = match.result.evidence.Kept(mail);
  finding.evidence.reserve(kept.size());
  for (Evidence& evidence : kept) {
    const LocalizedText& text = ConditionText(evidence.condition, evidence.why);
    std::string why = FillText(text.In(language), evidence.arguments);
    finding.evidence.push_back({std::move(evidence.where), std::move(evidence.excerpt), evidence.start, evidence.end,
                                std::move(why),
                                evidence.place ? DescribePlace(*evidence.place, language) : std::string(),
                                evidence.condition, ConditionText(evidence.condition, kRightText).In(language)});
  }
  if (!on_result) {
    finding.fixes = FixesOf(match, mail, language);
  }
  return finding;
}

bool HasMode(const std::vector<Match>& matches, Mode mode) {
  return std::any_of(matches.begin(), matches.end(),
                     [mode](const Match& match) { return match.rule->rule->Asks(mode); });
}

NamedRecipients NamedBy(const Match& match, std::size_t recipients) {
  NamedRecipients named{match.rule->rule->id, RecipientSet(recipients)};
  for (const std::size_t index : match.result.evidence.recipients()) {
    named.recipients.Insert(index);
  }
  return named;
}

// What the person owes before the mail may leave.
void AddNeeds(const std::vector<Match>& matches, const PlannedEffects& plan, const Draft& draft,
              const Settings& settings, Verdict* verdict) {
  const bool confirm = HasMode(matches, Mode::kConfirm);
  const bool justify = HasMode(matches, Mode::kJustify);
  Ticks ticks;
  if (confirm || justify) {
    ticks = TicksFor(verdict->recipients, settings);
    verdict->acknowledge = std::move(ticks.ids);
    for (std::string& id : MailTicks(draft, settings)) {
      verdict->acknowledge.push_back(std::move(id));
    }
  }
  if (confirm) {
    verdict->needs.emplace_back("confirm");
  }
  if (justify) {
    verdict->needs.emplace_back("justify");
  }
  if (HasMode(matches, Mode::kApprove)) {
    verdict->needs.emplace_back("approve");  // no client can give it in this version, so a commit is refused
  }
  if (ticks.type_count) {
    verdict->count_of = settings.confirm_ticks == "all" ? CountOf::kEverybody : CountOf::kOutside;
  }
  verdict->count_of = std::max(verdict->count_of, plan.typed_count);
  if (RecipientsToCount(*verdict) > 0) {
    verdict->needs.emplace_back("type_count");
  } else {
    verdict->count_of = CountOf::kNobody;  // there is nobody to count
  }
  verdict->retype = plan.retype;
  if (!verdict->retype.empty()) {
    verdict->needs.emplace_back("retype_names");
  }
}

// Attachments of which nobody knows yet what is in them. What the rules say until then is not the last word.
std::vector<std::string> PendingParts(const Draft& draft, const Context& context) {
  std::vector<std::string> pending;
  for (std::size_t i = 0; context.parts != nullptr && i < draft.attachments.size(); ++i) {
    if (context.parts->IsPending(draft.attachments[i])) {
      pending.push_back("attachments[" + std::to_string(i) + "]");
    }
  }
  return pending;
}

// What the settings say of the window, where there is one: something is owed, the mail waits, or it cannot leave.
void AddWindow(const Settings& settings, const std::string& language, Verdict* verdict) {
  const bool stays = verdict->disposition == Disposition::kBlock || HasProblem(*verdict);
  if (!stays && verdict->disposition != Disposition::kDelay && verdict->needs.empty()) {
    return;
  }
  verdict->top_message = settings.confirm_top_message.In(language);
  if (stays) {
    return;  // there is nothing to tick and no Send to wait for
  }
  verdict->tick_all = settings.confirm_tick_all && verdict->acknowledge.size() > 1;
  verdict->countdown_seconds = settings.confirm_countdown_seconds;
}

}  // namespace

Verdict Evaluate(const PreparedPolicy& prepared, const Draft& draft, const Context& context,
                 const std::string& language) {
  const Policy& policy = prepared.policy();
  Draft expanded = ExpandLists(draft, context);
  const MailView mail(expanded, context, policy);

  Verdict verdict;
  verdict.policy_id = policy.id;
  verdict.policy_serial = policy.serial;
  verdict.policy_sha256 = policy.sha256;
  verdict.digest = DraftDigest(expanded);
  verdict.pending = PendingParts(expanded, context);
  verdict.recipients = ReportRecipients(mail, prepared.rules().organisations);

  std::vector<Match> matches = MatchRules(prepared.rules(), mail);
  std::erase_if(matches, [&](const Match& match) {
    const bool simulated = match.rule->rule->mode == Mode::kSimulate;
    if (simulated) {
      verdict.simulated.push_back(match.rule->rule->id);
    }
    return simulated;
  });
  for (const Match& match : matches) {
    verdict.findings.push_back(MakeFinding(match, mail, language, false));
    verdict.named.push_back(NamedBy(match, mail.size()));
  }

  // Effects are planned on the draft as written; then the blocking rules look once at what would leave.
  PlannedEffects plan = PlanEffects(matches, mail, language);
  bool blocked = HasMode(matches, Mode::kBlock);
  if (!blocked && plan.changes_mail) {
    const MailView result_mail(plan.result, context, policy);
    for (const PreparedRule& rule : prepared.rules().rules) {
      if (rule.rule->mode != Mode::kBlock) {
        continue;
      }
      if (const auto match = MatchRule(prepared.rules(), rule, result_mail)) {
        verdict.findings.push_back(MakeFinding(*match, result_mail, language, true));
        blocked = true;
      }
    }
  }
  std::stable_sort(verdict.findings.begin(), verdict.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.mode > b.mode; });

  if (blocked) {
    verdict.disposition = Disposition::kBlock;
    verdict.result = std::move(expanded);
    AddWindow(policy.settings, language, &verdict);
    return verdict;
  }
  verdict.obligations = std::move(plan.obligations);
  verdict.hold_seconds = plan.hold_seconds;
  verdict.disposition = plan.hold_seconds > 0 || HasMode(matches, Mode::kApprove) ? Disposition::kDelay
                        : plan.changes_mail                                       ? Disposition::kModify
                                                                                  : Disposition::kAllow;
  verdict.notices = std::move(plan.notices);
  verdict.changes = std::move(plan.changes);
  AddNeeds(matches, plan, expanded, policy.settings, &verdict);
  verdict.result = plan.changes_mail ? std::move(plan.result) : std::move(expanded);
  AddWindow(policy.settings, language, &verdict);
  return verdict;
}

}  // namespace lastlook
