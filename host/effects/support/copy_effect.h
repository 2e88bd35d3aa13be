// SPDX-License-Identifier: MPL-2.0
// A copy to somebody, shared by add_bcc and add_cc: ["audit@a.example", …].
#pragma once

#include "effects/effect.h"
#include "mail/recipient.h"

namespace lastlook {

effects::MakeResult MakeCopyEffect(RecipientField field, const Json& params);

}  // namespace lastlook
