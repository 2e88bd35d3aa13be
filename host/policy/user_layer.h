// SPDX-License-Identifier: MPL-2.0
// What a user's own file may say: stricter things, and nothing else (design section 5).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"
#include "policy/policy_document.h"

namespace lastlook {

// `below`: all lower layers, merged. Errors: kPolicyRefused with the place in the user's file and what is allowed.
Result<void> CheckUserLayer(const PolicyDocument& user, const Policy& below);

}  // namespace lastlook
