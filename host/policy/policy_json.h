// SPDX-License-Identifier: MPL-2.0
// A policy as JSON again: what all layers say together, as one file.
#pragma once

#include "base/json.h"
#include "policy/policy.h"

namespace lastlook {

// Reads back, as the lowest layer, to a policy that decides the same: lists in the place of list files, every setting
// with its value. Tests are not part of it; they belong to the layer that they test.
OrderedJson PolicyToJson(const Policy& policy);

}  // namespace lastlook
