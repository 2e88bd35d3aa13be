// SPDX-License-Identifier: MPL-2.0
// The rules of a policy with their conditions and effects built. Private to engine/.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "conditions/condition.h"
#include "effects/effect.h"
#include "policy/address_patterns.h"
#include "policy/organisations.h"
#include "policy/policy.h"

namespace lastlook {

struct PreparedCondition {
  const ConditionNode* node = nullptr;
  std::vector<PreparedCondition> children;
  std::unique_ptr<Condition> leaf;
};

struct PreparedEffect {
  const EffectNode* node = nullptr;
  std::unique_ptr<Effect> effect;
};

struct PreparedScope {
  const Scope* scope = nullptr;
  std::vector<const AddressPatterns*> senders;  // of groups
  AddressPatterns inline_senders;
  std::vector<const AddressPatterns*> except_senders;
  AddressPatterns inline_except_senders;
};

struct PreparedRule {
  const Rule* rule = nullptr;
  std::optional<PreparedScope> scope;
  std::optional<PreparedCondition> condition;
  std::optional<PreparedCondition> unless;
  std::vector<PreparedEffect> obligations;
  std::vector<PreparedEffect> offers;
};

struct PreparedExemption {
  const Exemption* exemption = nullptr;
  std::optional<PreparedScope> scope;
  std::optional<PreparedCondition> condition;
};

struct PreparedRules {
  explicit PreparedRules(const Policy& policy) : organisations(policy) {}

  OrganisationNames organisations;
  std::vector<PreparedRule> rules;
  std::vector<PreparedExemption> exemptions;
};

// Everything points into `policy`. REQUIRES: ReadPolicy accepted it.
std::unique_ptr<PreparedRules> PrepareRules(const Policy& policy);

}  // namespace lastlook
