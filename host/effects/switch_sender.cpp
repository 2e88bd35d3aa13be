// SPDX-License-Identifier: MPL-2.0
// Sends the mail from the account that a condition proposes. Only ever offered: a mail that leaves from another account
// than the one it was written in is nothing to do behind anybody's back.
#include "effects/effect.h"
#include "policy/object_reader.h"

namespace lastlook::effects::switch_sender {
namespace {

class SwitchSender : public Effect {
 public:
  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return "from"; }
  bool only_offered() const override { return true; }

  void Apply(const FoundInMail& found, Draft* draft) const override {
    if (const Mailbox* sender = found.Sender()) {
      draft->from = *sender;
    }
  }
};

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  const ObjectReader reader(params, {}, EmptyObject::kAllowed);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<SwitchSender>());
}

}  // namespace lastlook::effects::switch_sender
