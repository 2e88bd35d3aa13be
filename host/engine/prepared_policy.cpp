// SPDX-License-Identifier: MPL-2.0
#include "engine/prepared_policy.h"

#include <utility>

#include "conditions/registry.h"
#include "effects/registry.h"
#include "engine/prepared_rules.h"
#include "policy/object_reader.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

// Names and parameters are known by the registries; checking a parameter is making the thing once.
class RegistryVocabulary : public Vocabulary {
 public:
  std::vector<std::string> ConditionNames() const override { return Names(ConditionRegistry()); }
  std::vector<std::string> EffectNames() const override { return Names(EffectRegistry()); }

  Result<void> CheckCondition(const std::string& name, const Json& params, const Policy& policy) const override {
    return Check(FindCondition(name)->make(params, policy));
  }
  Result<void> CheckEffect(const std::string& name, const Json& params, EffectUse use,
                           const Policy& policy) const override {
    effects::MakeResult made = FindEffect(name)->make(params, policy);
    if (made && use == EffectUse::kDo && (*made)->only_offered()) {
      return PolicyError("\"" + name + "\" can only be offered: the person decides on it", "move it to \"offer\"");
    }
    if (made && use == EffectUse::kOffer && !(*made)->may_be_offered()) {
      return PolicyError("\"" + name + "\" cannot be offered: it is done when the mail leaves", "move it to \"do\"");
    }
    return Check(std::move(made));
  }

 private:
  template <typename Registry>
  static std::vector<std::string> Names(const Registry& registry) {
    std::vector<std::string> names;
    for (const auto& row : registry) {
      names.emplace_back(row.name);
    }
    return names;
  }

  template <typename Made>
  static Result<void> Check(Made made) {
    return made ? Result<void>() : Result<void>(std::move(made).error());
  }
};

}  // namespace

const Vocabulary& KnownVocabulary() {
  static const RegistryVocabulary kVocabulary;
  return kVocabulary;
}

PreparedPolicy::PreparedPolicy(Policy policy) : policy_(std::move(policy)), rules_(PrepareRules(policy_)) {
}

PreparedPolicy::~PreparedPolicy() = default;

std::unique_ptr<PreparedPolicy> PreparedPolicy::FromAccepted(Policy policy) {
  return std::unique_ptr<PreparedPolicy>(new PreparedPolicy(std::move(policy)));
}

Policy PreparedPolicy::Take() && {
  rules_.reset();
  return std::move(policy_);
}

Result<std::shared_ptr<const PreparedPolicy>> PreparedPolicy::FromLayers(
    const std::vector<std::shared_ptr<const PolicySource>>& layers) {
  Result<Policy> policy = ReadPolicy(layers, KnownVocabulary());
  if (!policy) {
    return std::move(policy).error();
  }
  return std::shared_ptr<const PreparedPolicy>(new PreparedPolicy(std::move(policy).value()));
}

}  // namespace lastlook
