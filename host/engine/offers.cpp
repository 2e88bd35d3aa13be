// SPDX-License-Identifier: MPL-2.0
#include "engine/offers.h"

#include <optional>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "effects/registry.h"

namespace lastlook {
namespace {

class OfferMaker {
 public:
  OfferMaker(const MailView& mail, const std::string& language) : mail_(mail), language_(language) {}

  void Add(const PreparedEffect& prepared, const FoundInMail& found) {
    const std::vector<std::size_t> singly = prepared.effect->OfferedSingly(found);
    if (!singly.empty() && singly.size() <= kMostSingleFixes) {
      for (const std::size_t index : singly) {
        AddForOne(prepared, found.Only(index), mail_.draft().recipients[index]);
      }
    }
    // Whoever is not all shown as evidence is not all changed by one click.
    if (singly.size() != 1 && singly.size() <= kMaxEvidence) {
      TextArguments arguments;
      if (const Mailbox* sender = found.Sender()) {
        arguments.emplace_back("sender", sender->AddressOrTyped());
      }
      Add(prepared, found, "", prepared.effect->label(), arguments);
    }
  }

  std::vector<Offer> Take() && { return std::move(offers_); }

 private:
  void AddForOne(const PreparedEffect& prepared, const FoundInMail& found, const Recipient& recipient) {
    TextArguments arguments = {{"person", PersonText(mail_, recipient.mailbox)}};
    if (const Mailbox* meant = found.MeantInsteadOf(recipient)) {
      arguments.emplace_back("meant", PersonText(mail_, *meant));
    }
    Add(prepared, found, ":" + recipient.Id(), "label_one", arguments);
  }

  void Add(const PreparedEffect& prepared, const FoundInMail& found, const std::string& which, std::string_view label,
           const TextArguments& arguments) {
    const Effect& effect = *prepared.effect;
    if (effect.Problem(mail_.draft(), found)) {
      return;
    }
    Offer offer;
    offer.go_to = effect.go_to();
    if (offer.go_to.empty()) {
      Draft changed = mail_.draft();
      effect.Apply(found, &changed);
      offer.patch = PatchBetween(mail_.draft(), changed);
      if (offer.patch.empty()) {
        return;  // a button that changes nothing is no help
      }
    }
    const std::string& name = prepared.node->name;
    offer.fix = {name + which, FillText(EffectText(name, label).In(language_), arguments)};
    offer.capability = effect.capability();
    offers_.push_back(std::move(offer));
  }

  const MailView& mail_;
  const std::string& language_;
  std::vector<Offer> offers_;
};

}  // namespace

std::vector<Offer> OffersOf(const Match& match, const MailView& mail, const std::string& language) {
  OfferMaker maker(mail, language);
  const FoundInMail found = match.result.evidence.Found(mail.draft());
  for (const PreparedEffect& offer : match.rule->offers) {
    maker.Add(offer, found);
  }
  return std::move(maker).Take();
}

}  // namespace lastlook
