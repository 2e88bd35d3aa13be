// SPDX-License-Identifier: MPL-2.0
// "Every one of these recipients is in that list", shared by recipients_all and recipients_outside_all.
#pragma once

#include "conditions/condition.h"

namespace lastlook {

enum class WhichRecipients { kEverybody, kNotInside };

// Reads the keys of a RecipientSelector. The condition is false when there is no such recipient at all.
conditions::MakeResult MakeEveryRecipient(WhichRecipients which, const Json& params, const Policy& policy);

}  // namespace lastlook
