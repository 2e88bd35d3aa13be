// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <memory>

#include "policy/policy.h"

namespace lastlook {

// policy/recommended.json, compiled in: the lowest layer.
std::shared_ptr<const PolicySource> BuiltInPolicy();

// For when the machine's policy was refused and there is no former one: every outside mail is confirmed, and no rule of
// a higher layer can have switched that off.
std::shared_ptr<const PolicySource> FallbackPolicy();

}  // namespace lastlook
