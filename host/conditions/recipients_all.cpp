// SPDX-License-Identifier: MPL-2.0
// Every recipient is in the lists.
#include "conditions/support/every_recipient.h"

namespace lastlook::conditions::recipients_all {

MakeResult Make(const Json& params, const Policy& policy) {
  return MakeEveryRecipient(WhichRecipients::kEverybody, params, policy);
}

}  // namespace lastlook::conditions::recipients_all
