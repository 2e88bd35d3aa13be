// SPDX-License-Identifier: MPL-2.0
// Puts whoever seems to be meant in the place of a recipient that a condition took for a slip. Only ever offered: who
// is meant, the person knows.
#include <cstddef>
#include <unordered_set>
#include <utility>
#include <vector>

#include "effects/effect.h"
#include "policy/recipient_selector.h"

namespace lastlook::effects::replace_recipient {
namespace {

class ReplaceRecipient : public Effect {
 public:
  explicit ReplaceRecipient(RecipientSelector selector) : selector_(std::move(selector)) {}

  Stage stage() const override { return Stage::kRemoveRecipients; }
  std::string_view capability() const override { return "recipients"; }
  bool only_offered() const override { return true; }
  std::vector<std::size_t> OfferedSingly(const FoundInMail& found) const override { return found.Mistakable(); }

  void Apply(const FoundInMail& found, Draft* draft) const override {
    const DraftFacts facts(*draft, found);
    std::vector<const Mailbox*> instead;  // of each recipient; null: they stay
    std::unordered_set<std::string> there;
    for (const Recipient& recipient : draft->recipients) {
      instead.push_back(selector_.Selects(recipient, facts) ? found.MeantInsteadOf(recipient) : nullptr);
      if (instead.back() == nullptr && recipient.mailbox.address) {
        there.insert(recipient.mailbox.address->Key());
      }
    }
    std::vector<Mailbox> fields[3];
    for (std::size_t i = 0; i < instead.size(); ++i) {
      Recipient& recipient = draft->recipients[i];
      auto& field = fields[static_cast<int>(recipient.field)];
      if (instead[i] == nullptr) {
        field.push_back(std::move(recipient.mailbox));
      } else if (there.insert(instead[i]->address->Key()).second) {  // nobody gets the mail twice
        field.push_back(*instead[i]);
      }
    }
    draft->SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(fields[2]));
  }

 private:
  RecipientSelector selector_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientSelector::KeysOfEffects());
  RecipientSelector selector = RecipientSelector::ReadOfEffect(&reader, policy);
  if (!reader.error() && !selector.asks_for_found()) {
    reader.Refuse("found", "\"replace_recipient\" replaces only whom the rule found", "add \"found\": true");
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<ReplaceRecipient>(std::move(selector)));
}

}  // namespace lastlook::effects::replace_recipient
