// SPDX-License-Identifier: MPL-2.0
// Policies and drafts for the tests of the engine.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/evaluate.h"
#include "mail/draft_json.h"
#include "policy/built_in_policy.h"

namespace lastlook {

inline std::shared_ptr<const PreparedPolicy> PolicyFrom(const std::string& text, bool on_built_in = false) {
  std::vector<std::shared_ptr<const PolicySource>> layers;
  if (on_built_in) {
    layers.push_back(BuiltInPolicy());
  }
  layers.push_back(std::make_shared<PolicySource>(PolicySource{PolicyLayer::kCommandLine, "test.json", text}));
  auto policy = PreparedPolicy::FromLayers(layers);
  EXPECT_TRUE(policy.ok()) << (policy.ok() ? "" : DescribeError(policy.error()));
  return policy.ok() ? *policy : nullptr;
}

inline Draft DraftFrom(const std::string& text) {
  const auto json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  auto draft = DraftFromJson(*json);
  EXPECT_TRUE(draft.ok()) << text;
  return std::move(draft).value();
}

}  // namespace lastlook
