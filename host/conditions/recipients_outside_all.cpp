// SPDX-License-Identifier: MPL-2.0
// Every recipient who is not inside is in the lists. What cannot be parsed is not inside, and in no list.
#include "conditions/support/every_recipient.h"

namespace lastlook::conditions::recipients_outside_all {

MakeResult Make(const Json& params, const Policy& policy) {
  return MakeEveryRecipient(WhichRecipients::kNotInside, params, policy);
}

}  // namespace lastlook::conditions::recipients_outside_all
