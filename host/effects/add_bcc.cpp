// SPDX-License-Identifier: MPL-2.0
// A copy in Bcc, unless that address is already a recipient.
#include "effects/support/copy_effect.h"

namespace lastlook::effects::add_bcc {

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  return MakeCopyEffect(RecipientField::kBcc, params);
}

}  // namespace lastlook::effects::add_bcc
