// SPDX-License-Identifier: MPL-2.0
#include "mail/part.h"

#include "base/crypto.h"

namespace lastlook {

std::string Part::Sha256() const {
  return bytes ? Sha256Hex(*bytes) : std::string();
}

}  // namespace lastlook
