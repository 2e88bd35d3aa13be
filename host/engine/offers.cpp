// SPDX-License-Identifier: MPL-2.0
#include "engine/offers.h"

#include <optional>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "effects/registry.h"

namespace lastlook {
namespace {

Patch ChangesOf(const Effect& effect, const FoundInMail& found, const Draft& draft) {
  Draft changed = draft;
  effect.Apply(found, &changed);
  return PatchBetween(draft, changed);
}

// Goes through the offers of one rule, and calls `use(effect, found, fix)` for each that would help, until it answers
// false.
class OfferWalk {
 public:
  OfferWalk(const MailView& mail, const std::string& language) : mail_(mail), language_(language) {}

  template <typename Use>
  void Walk(const Match& match, const Use& use) const {
    const FoundInMail found = match.result.evidence.Found(mail_.draft());
    for (const PreparedEffect& offer : match.rule->offers) {
      if (!Offer(offer, found, use)) {
        return;
      }
    }
  }

 private:
  template <typename Use>
  bool Offer(const PreparedEffect& prepared, const FoundInMail& found, const Use& use) const {
    const std::vector<std::size_t> singly = prepared.effect->OfferedSingly(found);
    if (!singly.empty() && singly.size() <= kMostSingleFixes) {
      for (const std::size_t index : singly) {
        if (!OfferForOne(prepared, found.Only(index), mail_.draft().recipients[index], use)) {
          return false;
        }
      }
    }
    // Whoever is not all shown as evidence is not all changed by one click.
    if (singly.size() == 1 || singly.size() > kMaxEvidence || !Helps(*prepared.effect, found)) {
      return true;
    }
    TextArguments arguments;
    if (const Mailbox* sender = found.Sender()) {
      arguments.emplace_back("sender", sender->AddressOrTyped());
    }
    return use(*prepared.effect, found, MakeFix(prepared, "", prepared.effect->label(), arguments));
  }

  template <typename Use>
  bool OfferForOne(const PreparedEffect& prepared, const FoundInMail& found, const Recipient& recipient,
                   const Use& use) const {
    if (!Helps(*prepared.effect, found)) {
      return true;
    }
    TextArguments arguments = {{"person", PersonText(mail_, recipient.mailbox)}};
    if (const Mailbox* meant = found.MeantInsteadOf(recipient)) {
      arguments.emplace_back("meant", PersonText(mail_, *meant));
    }
    return use(*prepared.effect, found, MakeFix(prepared, ":" + recipient.Id(), "label_one", arguments));
  }

  // A button that changes nothing is no help.
  bool Helps(const Effect& effect, const FoundInMail& found) const {
    const Draft& draft = mail_.draft();
    if (effect.Problem(draft, found)) {
      return false;
    }
    if (!effect.go_to().empty()) {
      return true;
    }
    const std::optional<bool> changes = effect.Changes(draft, found);
    return changes ? *changes : !ChangesOf(effect, found, draft).empty();
  }

  Fix MakeFix(const PreparedEffect& prepared, const std::string& which, std::string_view label,
              const TextArguments& arguments) const {
    const std::string& name = prepared.node->name;
    return {name + which, FillText(EffectText(name, label).In(language_), arguments)};
  }

  const MailView& mail_;
  const std::string& language_;
};

}  // namespace

std::vector<Fix> FixesOf(const Match& match, const MailView& mail, const std::string& language) {
  std::vector<Fix> fixes;
  OfferWalk(mail, language).Walk(match, [&](const Effect& /*effect*/, const FoundInMail& /*found*/, Fix fix) {
    fixes.push_back(std::move(fix));
    return true;
  });
  return fixes;
}

std::optional<Offer> OfferOf(const Match& match, const MailView& mail, const std::string& fix) {
  std::optional<Offer> offer;
  const std::string language(kDefaultLanguage);
  OfferWalk(mail, language).Walk(match, [&](const Effect& effect, const FoundInMail& found, const Fix& one) {
    if (one.id != fix) {
      return true;
    }
    offer.emplace();
    offer->capability = effect.capability();
    offer->go_to = effect.go_to();
    if (offer->go_to.empty()) {
      offer->patch = ChangesOf(effect, found, mail.draft());
    }
    return false;
  });
  return offer;
}

}  // namespace lastlook
