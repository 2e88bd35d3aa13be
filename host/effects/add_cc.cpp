// SPDX-License-Identifier: MPL-2.0
// A copy in Cc, unless that address is already a recipient.
#include "effects/support/copy_effect.h"

namespace lastlook::effects::add_cc {

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  return MakeCopyEffect(RecipientField::kCc, params);
}

}  // namespace lastlook::effects::add_cc
