// SPDX-License-Identifier: MPL-2.0
// From the texts of the layers to one Policy. The parser is the authority; policy.schema.json serves editors.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace lastlook {

// Largest policy file (design section 5).
inline constexpr std::size_t kMaxPolicyBytes = 4U << 20U;

// Reads the layers, lowest first, and merges them by rule id and key. A known rule id overrides only the keys it names;
// a new id above the lowest layer needs "if". Lists replace; {"extend": […]} appends. On success every name is known
// and every parameter was checked. Errors: kPolicyRefused with file, line, column and remedy.
Result<Policy> ReadPolicy(const std::vector<std::shared_ptr<const PolicySource>>& layers, const Vocabulary& vocabulary);

}  // namespace lastlook
