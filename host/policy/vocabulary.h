// SPDX-License-Identifier: MPL-2.0
// What policy/ asks those above it: which conditions and effects exist, and whether their parameters are right.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "policy/policy.h"

namespace lastlook {

// Where an effect stands in a rule.
enum class EffectUse { kDo, kOffer };

class Vocabulary {
 public:
  virtual ~Vocabulary() = default;

  virtual std::vector<std::string> ConditionNames() const = 0;
  virtual std::vector<std::string> EffectNames() const = 0;

  // REQUIRES: the name is known. Errors: kPolicyRefused, with the pointer inside `params`. `policy` gives lists and
  // groups.
  virtual Result<void> CheckCondition(const std::string& name, const Json& params, const Policy& policy) const = 0;
  virtual Result<void> CheckEffect(const std::string& name, const Json& params, EffectUse use,
                                   const Policy& policy) const = 0;
};

}  // namespace lastlook
