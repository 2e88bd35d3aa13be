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

class LayersInForce : public PolicyInForceTest {
 protected:
  LayersInForce() {
    for (const char* name : {"policy.d", "bundle", "home"}) {
      fs::create_directory(directory_ / name);
    }
  }

  PolicyInForce layers() {
    return {
        {(directory_ / "policy.d").string(), (directory_ / "bundle").string(), (directory_ / "override.json").string(),
         (directory_ / "home" / "policy.json").string(), FileTrust::kAnyone},
        [this] { return now_; }};
  }

  static Mode ModeOf(const PolicyView& view, const std::string& id) {
    for (const Rule& rule : view.prepared->policy().rules) {
      if (rule.id == id) {
        return rule.mode;
      }
    }
    return Mode::kOff;
  }

  Timestamp now_ = ParseTimestamp("2026-11-24T09:00:00Z").value();
};

constexpr const char* kMachine = R"({"schema": 1, "policy": {"id": "kodama", "serial": 1},
  "rules": [{"id": "r", "mode": "warn", "if": {"attachments": {"min": 1}}}]})";
constexpr const char* kBundle = R"({"schema": 1, "policy": {"id": "kodama", "serial": 2},
  "rules": [{"id": "r", "mode": "block"}],
  "tests": [{"name": "files", "mail": {"from": "a@b.example", "attachments": [{"id": "1", "name": "a", "size": 1}]},
             "expect": {"disposition": "block"}}]})";
constexpr const char* kOverride = R"({"schema": 1, "policy": {"issued": "2026-11-24T08:00:00Z",
  "until": "2026-11-24T12:00:00Z", "reason": "the gateway is down"}, "rules": [{"id": "r", "mode": "off"}]})";

TEST_F(LayersInForce, EachLayerOverridesTheOneBelow) {
  Write("policy.d/10.json", kMachine);
  PolicyInForce policy = layers();
  EXPECT_EQ(ModeOf(*policy.Now(), "r"), Mode::kWarn);
  Write("bundle/policy.json", kBundle);
  EXPECT_EQ(ModeOf(*policy.Now(), "r"), Mode::kBlock);
  Write("override.json", kOverride);
  const auto overridden = policy.Now();
  EXPECT_EQ(ModeOf(*overridden, "r"), Mode::kOff);
  EXPECT_TRUE(overridden->problems.empty());
  Write("home/policy.json", R"({"schema": 1, "rules": [{"id": "r", "mode": "confirm"}]})");
  EXPECT_EQ(ModeOf(*policy.Now(), "r"), Mode::kConfirm);
}

TEST_F(LayersInForce, AnOverrideEndsByItself) {
  Write("policy.d/10.json", kMachine);
  Write("override.json", kOverride);
  PolicyInForce policy = layers();
  EXPECT_EQ(ModeOf(*policy.Now(), "r"), Mode::kOff);
  now_ = ParseTimestamp("2026-11-24T12:00:00Z").value();
  const auto ended = policy.Now();
  EXPECT_EQ(ModeOf(*ended, "r"), Mode::kWarn);
  EXPECT_EQ(ended->state, PolicyState::kOk);
  ASSERT_EQ(ended->problems.size(), 1U);
  EXPECT_EQ(ended->problems[0].place.file, (directory_ / "override.json").string());
  EXPECT_EQ(ended->since->unix_seconds, now_.unix_seconds);
}

TEST_F(LayersInForce, ARefusedUserFileIsLeftOut) {
  Write("policy.d/10.json", kMachine);
  PolicyInForce policy = layers();
  for (const char* text : {"{", R"({"schema": 1, "rules": [{"id": "r", "mode": "off"}]})",
                           R"({"schema": 1, "lists": {"internal": ["a.example"]}})"}) {
    Write("home/policy.json", text);
    const auto view = policy.Now();
    ASSERT_TRUE(view.ok());
    EXPECT_EQ(view->state, PolicyState::kOk);
    EXPECT_EQ(view->prepared->policy().id, "kodama");
    EXPECT_EQ(ModeOf(*view, "r"), Mode::kWarn);
    ASSERT_EQ(view->problems.size(), 1U) << text;
    EXPECT_EQ(view->problems[0].place.file, (directory_ / "home" / "policy.json").string());
    fs::remove(directory_ / "home" / "policy.json");
    EXPECT_TRUE(policy.Now()->problems.empty());
  }
}

TEST_F(LayersInForce, ABundleWhoseTestsFailIsNotActivated) {
  Write("policy.d/10.json", kMachine);
  PolicyInForce policy = layers();
  ASSERT_TRUE(policy.Now().ok());
  std::string failing = kBundle;
  failing.replace(failing.find("\"block\"}]"), 7, "\"warn\"");
  Write("bundle/policy.json", failing);
  const auto view = policy.Now();
  EXPECT_EQ(view->state, PolicyState::kLastGood);
  EXPECT_EQ(view->prepared->policy().serial, 1);
  ASSERT_EQ(view->problems.size(), 1U);
  EXPECT_NE(view->problems[0].message.find("test \"files\" fails"), std::string::npos) << view->problems[0].message;
  EXPECT_EQ(view->problems[0].place.line, 3);
  const Timestamp since = *view->since;
  now_.unix_seconds += 60;
  Write("policy.d/README", "touches the folder, changes nothing");
  EXPECT_EQ(policy.Now()->since->unix_seconds, since.unix_seconds);
}

TEST_F(LayersInForce, AListFileThatChangesIsReadAgain) {
  Write("policy.d/10.json", R"({"schema": 1, "lists": {"blocked": {"file": "blocked.csv"}}})");
  Write("policy.d/blocked.csv", "a@rival.example,a rival,Sato,2026-12-31\n");
  PolicyInForce policy = layers();
  const auto first = policy.Now();
  ASSERT_EQ(first->state, PolicyState::kOk) << DescribeError(first->problems.at(0));
  const PolicyList* blocked = first->prepared->policy().FindList("blocked");
  const ListEntry* entry = blocked->EntryOf({"a", "rival.example"}, now_);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->reason, "a rival");
  EXPECT_EQ(entry->owner, "Sato");
  EXPECT_EQ(blocked->EntryOf({"a", "rival.example"}, ParseTimestamp("2027-01-01").value()), nullptr);
  Write("policy.d/blocked.csv", "bb@rival.example\n");
  const auto second = policy.Now();
  EXPECT_NE(second->prepared->policy().sha256, first->prepared->policy().sha256);
  EXPECT_EQ(second->prepared->policy().FindList("blocked")->EntryOf({"a", "rival.example"}, now_), nullptr);
}

TEST_F(LayersInForce, AListFileIsNoLinkOutOfItsFolder) {
  Write("secret.csv", "a@rival.example\n");
  Write("policy.d/10.json", R"({"schema": 1, "lists": {"blocked": {"file": "blocked.csv"}}})");
  fs::create_symlink(directory_ / "secret.csv", directory_ / "policy.d" / "blocked.csv");
  PolicyInForce policy = layers();
  const auto view = policy.Now();
  EXPECT_EQ(view->state, PolicyState::kFallback);
  ASSERT_EQ(view->problems.size(), 1U);
  EXPECT_NE(view->problems[0].message.find("symbolic link"), std::string::npos) << view->problems[0].message;
  EXPECT_EQ(view->problems[0].place.file, (directory_ / "policy.d" / "10.json").string());
}

}  // namespace
}  // namespace lastlook
