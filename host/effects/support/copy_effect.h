// SPDX-License-Identifier: MPL-2.0
// A copy to somebody, shared by add_bcc and add_cc: ["audit@a.example", …].
#pragma once

#include "effects/effect.h"
#include "mail/recipient.h"

namespace lastlook {

effects::MakeResult MakeCopyEffect(RecipientField field, const Json& params);

// Adds each of `copies` to the field, unless that address is a recipient already. REQUIRES: each has an address.
void AddCopies(RecipientField field, const std::vector<Mailbox>& copies, Draft* draft);

}  // namespace lastlook
