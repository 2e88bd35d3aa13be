// SPDX-License-Identifier: MPL-2.0
#include "wire/policy_in_force.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/log.h"

namespace lastlook {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGood = R"({"schema": 1, "policy": {"id": "kodama", "serial": 1}})";
constexpr const char* kNewer = R"({"schema": 1, "policy": {"id": "kodama", "serial": 2}})";
constexpr const char* kBroken = "{\"schema\": 1,\n  \"rulez\": []}";

class PolicyInForceTest : public testing::Test {
 protected:
  PolicyInForceTest() {
    StartLog(LogLevel::kError);
    std::string name = (fs::temp_directory_path() / "lastlook-policy-XXXXXX").string();
    directory_ = mkdtemp(name.data());
  }
  ~PolicyInForceTest() override { fs::remove_all(directory_); }

  void Write(const std::string& name, const std::string& text) { std::ofstream(directory_ / name) << text; }

  // The files here belong to whoever runs the tests, which is not what this is about.
  PolicyInForce policy() const { return {directory_.string(), FileTrust::kAnyone}; }

  fs::path directory_;
};

TEST_F(PolicyInForceTest, WithoutADirectoryTheBuiltInPolicyHolds) {
  PolicyInForce policy((directory_ / "none").string(), FileTrust::kRootOwnedOnly);
  const auto view = policy.Now();
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->state, PolicyState::kOk);
  EXPECT_TRUE(view->problems.empty());
  EXPECT_EQ(view->prepared->policy().sha256.size(), 64U);
}

TEST_F(PolicyInForceTest, ReadsAgainOnlyWhenSomethingChanged) {
  Write("10.json", kGood);
  PolicyInForce policy = this->policy();
  const auto first = policy.Now();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->prepared->policy().serial, 1);
  EXPECT_EQ(policy.Now()->prepared, first->prepared);
  Write("20.json", kNewer);
  const auto second = policy.Now();
  EXPECT_EQ(second->state, PolicyState::kOk);
  EXPECT_EQ(second->prepared->policy().serial, 2);
  EXPECT_NE(second->prepared->policy().sha256, first->prepared->policy().sha256);
}

TEST_F(PolicyInForceTest, ARefusedPolicyLeavesTheLastGoodOneInForce) {
  Write("10.json", kGood);
  PolicyInForce policy = this->policy();
  const auto good = policy.Now();
  Write("20.json", kBroken);
  const auto refused = policy.Now();
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->state, PolicyState::kLastGood);
  EXPECT_EQ(refused->prepared, good->prepared);
  ASSERT_EQ(refused->problems.size(), 1U);
  EXPECT_EQ(refused->problems[0].place.file, (directory_ / "20.json").string());
  EXPECT_EQ(refused->problems[0].place.line, 2);
  EXPECT_EQ(refused->problems[0].place.column, 3);
  EXPECT_FALSE(refused->problems[0].remedy.empty());
  fs::remove(directory_ / "20.json");
  EXPECT_EQ(policy.Now()->state, PolicyState::kOk);
}

TEST_F(PolicyInForceTest, ARefusedPolicyWithoutAFormerOneFallsBack) {
  Write("10.json", kBroken);
  PolicyInForce policy = this->policy();
  const auto refused = policy.Now();
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->state, PolicyState::kFallback);
  EXPECT_EQ(refused->problems.size(), 1U);
  Write("10.json", kGood);
  EXPECT_EQ(policy.Now()->state, PolicyState::kOk);
}

TEST_F(PolicyInForceTest, TheBuiltInPolicyAloneIsNotALastGoodOne) {
  PolicyInForce policy = this->policy();
  EXPECT_EQ(policy.Now()->state, PolicyState::kOk);
  Write("10.json", kBroken);
  EXPECT_EQ(policy.Now()->state, PolicyState::kFallback);
}

TEST_F(PolicyInForceTest, APolicyOfAnybodyIsRefused) {
  Write("10.json", kGood);
  fs::permissions(directory_ / "10.json", fs::perms::others_write, fs::perm_options::add);
  PolicyInForce policy(directory_.string(), FileTrust::kRootOwnedOnly);
  const auto view = policy.Now();
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->state, PolicyState::kFallback);
  EXPECT_EQ(view->prepared->policy().id, "fallback");
}

}  // namespace
}  // namespace lastlook
