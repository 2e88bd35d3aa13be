// SPDX-License-Identifier: MPL-2.0
#include "engine/commit.h"

#include <algorithm>
#include <utility>

#include "base/text_fold.h"
#include "effects/registry.h"
#include "effects/support/packed_part.h"
#include "engine/match.h"
#include "engine/offers.h"
#include "engine/planned_effects.h"

namespace lastlook {
namespace {

bool Holds(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// As a person types them: case, width and composition do not count, nor blanks around the name.
bool NamesTyped(const std::vector<std::size_t>& wanted, const Draft& draft, const std::vector<std::string>& typed) {
  return std::equal(wanted.begin(), wanted.end(), typed.begin(), typed.end(),
                    [&](std::size_t index, const std::string& name) {
                      return Fold(TrimSpace(draft.attachments[index].name)) == Fold(TrimSpace(name));
                    });
}

// Everything that the verdict asks for and the request does not give.
std::vector<std::string> Missing(const Verdict& verdict, const Draft& draft, const CommitRequest& request) {
  std::vector<std::string> missing;
  for (const std::string& id : verdict.acknowledge) {
    if (!Holds(request.acknowledged, id)) {
      missing.push_back(id);
    }
  }
  for (const std::string& need : verdict.needs) {
    bool given = false;
    if (need == "confirm") {
      given = true;  // its ticks are above; the commit itself is the confirmation
    } else if (need == "justify") {
      given = !TrimSpace(request.reason).empty();
    } else if (need == "type_count") {
      given = request.typed_count == RecipientsToCount(verdict);
    } else if (need == "retype_names") {
      given = NamesTyped(verdict.retype, draft, request.typed_names);
    }
    if (!given) {
      missing.push_back(need);
    }
  }
  return missing;
}

Result<void> CheckCapability(const std::string& capability, const std::vector<std::string>& of_client) {
  if (capability.empty() || Holds(of_client, capability)) {
    return {};
  }
  return Error{ErrorCode::kCannotCarryOut,
               "a rule asks for something that this mail program cannot carry out: " + capability,
               "update the Lastlook extension, or ask the administrator to change the rule", ""};
}

Result<void> CheckCarriedOut(const PlannedEffects& plan, const std::vector<std::string>& client_capabilities) {
  for (const VerdictObligation& obligation : plan.obligations) {
    if (!obligation.problem.empty()) {
      return Error{ErrorCode::kCannotCarryOut, obligation.problem,
                   "change the mail, or ask the administrator to change the rule \"" + obligation.by + "\"", ""};
    }
  }
  for (const std::string& capability : plan.capabilities) {
    if (Result<void> able = CheckCapability(capability, client_capabilities); !able) {
      return able;
    }
  }
  return {};
}

// What becomes of the mail by all rules that match it.
Result<CommitAnswer> CarryOut(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                              const std::vector<std::string>& client_capabilities, const std::string& language,
                              Verdict verdict) {
  const Draft expanded = ExpandLists(draft, context);
  const MailView mail(expanded, context, policy.policy());
  std::vector<Match> matches = MatchRules(policy.rules(), mail);
  std::erase_if(matches, [](const Match& match) { return match.rule->rule->mode == Mode::kSimulate; });
  const PlannedEffects plan = PlanEffects(matches, mail, language);
  if (Result<void> able = CheckCarriedOut(plan, client_capabilities); !able) {
    return std::move(able).error();
  }
  const Draft& result = plan.changes_mail ? plan.result : expanded;
  CommitAnswer answer{PatchBetween(expanded, result), DraftDigest(result), {}, {}, plan.hold_seconds,
                      plan.hold_may_be_cancelled,     std::move(verdict)};
  if (std::any_of(result.attachments.begin(), result.attachments.end(), IsToBePacked)) {
    for (const Part& part : expanded.attachments) {
      if (Holds(answer.patch.attachments.removed, part.id)) {
        answer.packed.push_back(part);
      }
    }
    answer.result = result;
  }
  return answer;
}

Error StaleDigest() {
  return Error{ErrorCode::kStaleDigest, "the mail is no longer the one that was checked", "check the mail again", ""};
}

Error Blocked() {
  return Error{ErrorCode::kBlocked, "a rule of the organisation blocks this mail", "change the mail as the rule says",
               ""};
}

Error PartsPending() {
  return Error{ErrorCode::kPartsPending, "an attachment is still being looked into",
               "wait until it is done, then check the mail again", ""};
}

}  // namespace

Result<CommitAnswer> Commit(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                            const CommitRequest& request) {
  Verdict verdict = Evaluate(policy, draft, context, request.language);
  if (request.policy_sha256 != verdict.policy_sha256) {
    return Error{ErrorCode::kStalePolicy, "the policy changed after the mail was checked", "check the mail again", ""};
  }
  if (!verdict.pending.empty()) {
    return PartsPending();
  }
  if (request.digest != verdict.digest) {
    return StaleDigest();
  }
  if (verdict.disposition == Disposition::kBlock) {
    return Blocked();
  }
  if (std::vector<std::string> missing = Missing(verdict, draft, request); !missing.empty()) {
    Error error{ErrorCode::kNotCovered, "not everything was confirmed", "tick and fill in what is missing", ""};
    error.missing = std::move(missing);
    return error;
  }
  return CarryOut(policy, draft, context, request.client_capabilities, request.language, std::move(verdict));
}

Result<CommitAnswer> Release(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                             const std::string& digest, const std::vector<std::string>& client_capabilities,
                             const std::string& language) {
  Verdict verdict = Evaluate(policy, draft, context, language);
  // First: as long as a file is arriving, the digest is another one.
  if (!verdict.pending.empty()) {
    return PartsPending();
  }
  if (digest != verdict.digest) {
    return StaleDigest();
  }
  if (verdict.disposition == Disposition::kBlock) {
    return Blocked();
  }
  if (Holds(verdict.needs, "approve")) {
    Error error{ErrorCode::kNotCovered, "by now somebody else has to agree to this mail", "send it anew", ""};
    error.missing = {"approve"};
    return error;
  }
  return CarryOut(policy, draft, context, client_capabilities, language, std::move(verdict));
}

Result<FixAnswer> ApplyFix(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                           const std::string& rule_id, const std::string& fix,
                           const std::vector<std::string>& client_capabilities) {
  const Draft expanded = ExpandLists(draft, context);
  const MailView mail(expanded, context, policy.policy());
  for (const PreparedRule& rule : policy.rules().rules) {
    if (rule.rule->id != rule_id) {
      continue;
    }
    const std::optional<Match> match = MatchRule(policy.rules(), rule, mail);
    if (!match) {
      break;
    }
    std::optional<Offer> offer = OfferOf(*match, mail, fix);
    if (!offer) {
      break;
    }
    if (Result<void> able = CheckCapability(offer->capability, client_capabilities); !able) {
      return std::move(able).error();
    }
    return FixAnswer{std::move(offer->patch), std::move(offer->go_to)};
  }
  return Error{ErrorCode::kUnknownFix, "the rule \"" + rule_id + "\" offers no \"" + fix + "\" for this mail",
               "check the mail again", ""};
}

}  // namespace lastlook
