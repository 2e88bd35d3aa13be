// SPDX-License-Identifier: MPL-2.0
// The policy of a command: the built-in one with the files that were named on top.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"

namespace lastlook {

using PolicyLayers = std::vector<std::shared_ptr<const PolicySource>>;

// Lowest layer first. Whatever keeps a policy file from being read is kPolicyRefused here: the caller has no policy.
Result<PolicyLayers> ReadPolicyLayers(const std::vector<std::string>& files, bool with_built_in);

// As ReadPolicyLayers; without `files`, the machine's own policy is read, as the host reads it.
Result<PolicyLayers> ReadPolicyInForce(const std::vector<std::string>& files, bool with_built_in);

}  // namespace lastlook
