// SPDX-License-Identifier: MPL-2.0
#include "mail/part.h"

#include "base/crypto.h"

namespace lastlook {

std::string Part::Sha256() const {
  return sha256.empty() && bytes ? Sha256Hex(*bytes) : sha256;
}

}  // namespace lastlook
