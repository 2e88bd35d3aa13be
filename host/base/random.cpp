// SPDX-License-Identifier: MPL-2.0
#include "base/random.h"

#include <exception>

#include "base/crypto.h"

namespace lastlook {

Result<std::string> SystemRandom(std::size_t count) {
  try {
    return RandomBytes(count);
  } catch (const std::exception&) {
    return Error{ErrorCode::kInternalError, "the system gives no random numbers, so nothing secret can be made",
                 "restart the machine; if that does not help, tell the administrator", ""};
  }
}

}  // namespace lastlook
