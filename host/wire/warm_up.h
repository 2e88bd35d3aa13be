// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "engine/prepared_policy.h"

namespace lastlook {

// Uses everything once that is slow at its first use (Unicode data, HTML, hashes, the policy's own tables), so that the
// first mail does not pay for it.
void WarmUp(const PreparedPolicy& policy);

}  // namespace lastlook
