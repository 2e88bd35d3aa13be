// SPDX-License-Identifier: MPL-2.0
#include "effects/support/copy_effect.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "mail/address_parser.h"
#include "policy/object_reader.h"

namespace lastlook {
namespace {

class CopyEffect : public Effect {
 public:
  CopyEffect(RecipientField field, std::vector<Mailbox> copies) : field_(field), copies_(std::move(copies)) {}

  Stage stage() const override { return Stage::kAddRecipients; }
  std::string_view capability() const override { return "recipients"; }
  bool copies_the_mail() const override { return true; }

  void Apply(const FoundInMail& /*found*/, Draft* draft) const override { AddCopies(field_, copies_, draft); }

 private:
  RecipientField field_;
  std::vector<Mailbox> copies_;  // each has an address
};

}  // namespace

void AddCopies(RecipientField field, const std::vector<Mailbox>& copies, Draft* draft) {
  for (const Mailbox& copy : copies) {
    const std::string key = copy.address->Key();
    const bool there = std::any_of(draft->recipients.begin(), draft->recipients.end(), [&](const Recipient& recipient) {
      return recipient.mailbox.address && recipient.mailbox.address->Key() == key;
    });
    if (!there) {
      draft->AddRecipient(field, copy);
    }
  }
}

effects::MakeResult MakeCopyEffect(RecipientField field, const Json& params) {
  Result<std::vector<std::string>> strings = StringsFromJson(params);
  if (!strings) {
    return std::move(strings).error();
  }
  std::vector<Mailbox> copies;
  for (std::size_t i = 0; i < strings->size(); ++i) {
    Mailbox mailbox = ParseMailbox((*strings)[i]);
    if (!mailbox.address) {
      return PolicyError("\"" + (*strings)[i] + "\" is no address", "write one address, like audit@a.example",
                         params.is_array() ? PointerStep(i) : "");
    }
    copies.push_back(std::move(mailbox));
  }
  return std::unique_ptr<Effect>(std::make_unique<CopyEffect>(field, std::move(copies)));
}

}  // namespace lastlook
