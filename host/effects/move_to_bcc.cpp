// SPDX-License-Identifier: MPL-2.0
// Moves the selected recipients from To and Cc to Bcc. Who stands in Bcc already stays there once.
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "effects/effect.h"
#include "policy/recipient_selector.h"

namespace lastlook::effects::move_to_bcc {
namespace {

class MoveToBcc : public Effect {
 public:
  explicit MoveToBcc(RecipientSelector selector) : selector_(std::move(selector)) {}

  Stage stage() const override { return Stage::kMoveRecipients; }
  std::string_view capability() const override { return "recipients"; }

  void Apply(Draft* draft) const override {
    const DraftFacts facts(*draft);
    std::vector<Mailbox> fields[3];
    std::vector<Mailbox> moved;
    std::unordered_set<std::string> hidden;
    for (const Recipient& recipient : draft->recipients) {
      if (recipient.field == RecipientField::kBcc && recipient.mailbox.address) {
        hidden.insert(recipient.mailbox.address->Key());
      }
    }
    for (Recipient& recipient : draft->recipients) {
      const bool moves = recipient.field != RecipientField::kBcc && selector_.Selects(recipient, facts);
      if (!moves) {
        fields[static_cast<int>(recipient.field)].push_back(std::move(recipient.mailbox));
      } else if (!recipient.mailbox.address || hidden.insert(recipient.mailbox.address->Key()).second) {
        moved.push_back(std::move(recipient.mailbox));
      }
    }
    auto& bcc = fields[static_cast<int>(RecipientField::kBcc)];
    bcc.insert(bcc.end(), std::make_move_iterator(moved.begin()), std::make_move_iterator(moved.end()));
    draft->SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(bcc));
  }

 private:
  RecipientSelector selector_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientSelector::Keys());
  RecipientSelector selector = RecipientSelector::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<MoveToBcc>(std::move(selector)));
}

}  // namespace lastlook::effects::move_to_bcc
