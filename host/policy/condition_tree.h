// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "base/result.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace lastlook {

// {"all": […]}, {"any": […]}, {"not": {…}} or {"<condition>": parameters}: exactly one key. `origin` is where `json`
// stands; errors point inside it.
Result<ConditionNode> ReadConditionTree(const Json& json, const Origin& origin, const Vocabulary& vocabulary);

// [{"<effect>": parameters}, …]: each exactly one key.
Result<std::vector<EffectNode>> ReadEffects(const Json& json, const Origin& origin, const Vocabulary& vocabulary);

// {"senders", "except_senders", "from", "until", "hours"}.
Result<Scope> ReadScope(const Json& json, const Origin& origin);

}  // namespace lastlook
