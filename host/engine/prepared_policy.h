// SPDX-License-Identifier: MPL-2.0
// A policy made ready to run: every condition and effect built once, shared by all evaluations.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace lastlook {

struct PreparedRules;  // engine/prepared_rules.h

// Immutable and safe to share between threads; a decision in flight finishes on the policy with which it began.
class PreparedPolicy {
 public:
  // Reads, checks and prepares the layers (lowest first). Errors: as ReadPolicy.
  static Result<std::shared_ptr<const PreparedPolicy>> FromLayers(
      const std::vector<std::shared_ptr<const PolicySource>>& layers);

  // For trying out variants: a policy that was read, and changed at most in ways that KnownVocabulary() accepts.
  static std::unique_ptr<PreparedPolicy> FromAccepted(Policy policy);
  // The policy back; nothing else may be done with what is left.
  Policy Take() &&;

  ~PreparedPolicy();
  PreparedPolicy(const PreparedPolicy&) = delete;
  PreparedPolicy& operator=(const PreparedPolicy&) = delete;

  const Policy& policy() const { return policy_; }
  const PreparedRules& rules() const { return *rules_; }

 private:
  explicit PreparedPolicy(Policy policy);

  Policy policy_;
  std::unique_ptr<PreparedRules> rules_;
};

// The conditions and effects that this program knows.
const Vocabulary& KnownVocabulary();

}  // namespace lastlook
