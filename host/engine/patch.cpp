// SPDX-License-Identifier: MPL-2.0
#include "engine/patch.h"

#include <algorithm>

namespace lastlook {
namespace {

bool SameRecipient(const Recipient& a, const Recipient& b) {
  return a.field == b.field && a.mailbox.address == b.mailbox.address &&
         (a.mailbox.address || a.mailbox.typed == b.mailbox.typed);
}

OrderedJson Strings(const std::vector<std::string>& strings) {
  OrderedJson out = OrderedJson::array();
  for (const std::string& string : strings) {
    out.push_back(string);
  }
  return out;
}

}  // namespace

Patch PatchBetween(const Draft& before, const Draft& after) {
  Patch patch;
  if (std::equal(before.recipients.begin(), before.recipients.end(), after.recipients.begin(), after.recipients.end(),
                 SameRecipient)) {
    return patch;
  }
  RecipientFields fields;
  for (const Recipient& recipient : after.recipients) {
    auto& field = recipient.field == RecipientField::kTo   ? fields.to
                  : recipient.field == RecipientField::kCc ? fields.cc
                                                           : fields.bcc;
    field.push_back(recipient.mailbox.ToString());
  }
  patch.recipients = std::move(fields);
  return patch;
}

OrderedJson PatchToJson(const Patch& patch) {
  OrderedJson out = OrderedJson::object();
  if (patch.recipients) {
    out["recipients"] = {{"to", Strings(patch.recipients->to)},
                         {"cc", Strings(patch.recipients->cc)},
                         {"bcc", Strings(patch.recipients->bcc)}};
  }
  return out;
}

}  // namespace lastlook
