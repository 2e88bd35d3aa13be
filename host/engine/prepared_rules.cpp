// SPDX-License-Identifier: MPL-2.0
#include "engine/prepared_rules.h"

#include <cassert>
#include <string>
#include <utility>

#include "conditions/registry.h"
#include "effects/registry.h"

namespace lastlook {
namespace {

PreparedCondition Prepare(const ConditionNode& node, const Policy& policy) {
  PreparedCondition prepared;
  prepared.node = &node;
  if (node.kind == ConditionNode::Kind::kLeaf) {
    auto made = FindCondition(node.name)->make(node.params, policy);
    assert(made.ok());  // ReadPolicy made it once already
    prepared.leaf = std::move(made).value();
    return prepared;
  }
  for (const ConditionNode& child : node.children) {
    prepared.children.push_back(Prepare(child, policy));
  }
  return prepared;
}

std::optional<PreparedCondition> Prepare(const std::optional<ConditionNode>& node, const Policy& policy) {
  return node ? std::optional(Prepare(*node, policy)) : std::nullopt;
}

std::vector<PreparedEffect> Prepare(const std::vector<EffectNode>& nodes, const Policy& policy) {
  std::vector<PreparedEffect> prepared;
  for (const EffectNode& node : nodes) {
    auto made = FindEffect(node.name)->make(node.params, policy);
    assert(made.ok());
    prepared.push_back({&node, std::move(made).value()});
  }
  return prepared;
}

void PrepareSenders(const std::vector<std::string>& names, const Policy& policy,
                    std::vector<const AddressPatterns*>* groups, AddressPatterns* patterns) {
  for (const std::string& name : names) {
    if (const auto group = policy.groups.find(name); group != policy.groups.end()) {
      groups->push_back(&group->second.patterns);
    } else {
      const Result<void> added = patterns->Add(name);
      assert(added.ok());
      static_cast<void>(added);
    }
  }
}

std::optional<PreparedScope> Prepare(const std::optional<Scope>& scope, const Policy& policy) {
  if (!scope) {
    return std::nullopt;
  }
  PreparedScope prepared;
  prepared.scope = &*scope;
  PrepareSenders(scope->senders, policy, &prepared.senders, &prepared.inline_senders);
  PrepareSenders(scope->except_senders, policy, &prepared.except_senders, &prepared.inline_except_senders);
  return prepared;
}

}  // namespace

std::unique_ptr<PreparedRules> PrepareRules(const Policy& policy) {
  auto rules = std::make_unique<PreparedRules>(policy);
  for (const Rule& rule : policy.rules) {
    rules->rules.push_back({&rule, Prepare(rule.scope, policy), Prepare(rule.condition, policy),
                            Prepare(rule.unless, policy), Prepare(rule.obligations, policy),
                            Prepare(rule.offers, policy)});
  }
  for (const Exemption& exemption : policy.exemptions) {
    rules->exemptions.push_back({&exemption, Prepare(exemption.scope, policy), Prepare(exemption.condition, policy)});
  }
  return rules;
}

}  // namespace lastlook
