// SPDX-License-Identifier: MPL-2.0
// Takes the selected recipients out of the mail. Never all of them: a mail to nobody is no mail.
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "effects/effect.h"
#include "policy/recipient_selector.h"

namespace lastlook::effects::remove_recipients {
namespace {

class RemoveRecipients : public Effect {
 public:
  explicit RemoveRecipients(RecipientSelector selector) : selector_(std::move(selector)) {}

  Stage stage() const override { return Stage::kRemoveRecipients; }
  std::string_view capability() const override { return "recipients"; }

  std::optional<EffectProblem> Problem(const Draft& draft, const FoundInMail& found) const override {
    const DraftFacts facts(draft, found);
    const bool nobody_left = !draft.recipients.empty() && std::all_of(draft.recipients.begin(), draft.recipients.end(),
                                                                      [&](const Recipient& recipient) {
                                                                        return selector_.Selects(recipient, facts);
                                                                      });
    return nobody_left ? std::optional(EffectProblem{"nobody_left"}) : std::nullopt;
  }

  std::optional<bool> Changes(const Draft& draft, const FoundInMail& found) const override {
    const DraftFacts facts(draft, found);
    return std::any_of(draft.recipients.begin(), draft.recipients.end(),
                       [&](const Recipient& recipient) { return selector_.Selects(recipient, facts); });
  }

  void Apply(const FoundInMail& found, Draft* draft) const override {
    const DraftFacts facts(*draft, found);
    std::vector<Mailbox> fields[3];
    for (Recipient& recipient : draft->recipients) {
      if (!selector_.Selects(recipient, facts)) {
        fields[static_cast<int>(recipient.field)].push_back(std::move(recipient.mailbox));
      }
    }
    draft->SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(fields[2]));
  }

  // Of several who were found, mostly one is wrong.
  std::vector<std::size_t> OfferedSingly(const FoundInMail& found) const override {
    return selector_.asks_for_found() ? found.Recipients() : std::vector<std::size_t>();
  }

 private:
  RecipientSelector selector_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientSelector::KeysOfEffects());
  RecipientSelector selector = RecipientSelector::ReadOfEffect(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<RemoveRecipients>(std::move(selector)));
}

}  // namespace lastlook::effects::remove_recipients
