// SPDX-License-Identifier: MPL-2.0
#include "policy/own_domains.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "engine/prepared_policy.h"
#include "policy/built_in_policy.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

namespace fs = std::filesystem;

class OwnDomainsTest : public testing::Test {
 protected:
  OwnDomainsTest() {
    std::string name = (fs::temp_directory_path() / "lastlook-own-XXXXXX").string();
    home_ = mkdtemp(name.data());
    below_ = PreparedPolicy::FromLayers({BuiltInPolicy()}).value();
  }
  ~OwnDomainsTest() override { fs::remove_all(home_); }

  const Policy& below() const { return below_->policy(); }
  std::string File() const { return OwnDomainsFile((home_ / ".config/lastlook/policy.json").string()); }

  fs::path home_;
  std::shared_ptr<const PreparedPolicy> below_;
};

TEST_F(OwnDomainsTest, AreKeptBesideTheOwnPolicyAndReadAgain) {
  EXPECT_TRUE(fs::path(File()).is_absolute());
  EXPECT_TRUE(ReadOwnDomains(File(), below())->empty());
  const auto checked = CheckOwnDomains({"Kodama.Example.JP", "日本.example", "kodama.example.jp"}, below());
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(*checked, (std::vector<std::string>{"kodama.example.jp", "xn--wgv71a.example"}));
  ASSERT_TRUE(WriteOwnDomains(File(), *checked).ok());
  EXPECT_EQ(ReadOwnDomains(File(), below()).value(), *checked);
  ASSERT_TRUE(WriteOwnDomains(File(), {}).ok());
  EXPECT_FALSE(fs::exists(File()));
  ASSERT_TRUE(WriteOwnDomains(File(), {}).ok());
}

TEST_F(OwnDomainsTest, WhatIsEverybodysIsRefused) {
  for (const char* domain :
       {"", "jp", "co.jp", "com.cn", "gmail.com", "nifty.com", "[192.0.2.1]", "a b.example", "@x"}) {
    const auto checked = CheckOwnDomains({domain}, below());
    ASSERT_FALSE(checked.ok()) << domain;
    EXPECT_EQ(checked.error().code, ErrorCode::kInvalidParams);
    EXPECT_FALSE(checked.error().remedy.empty());
  }
  EXPECT_TRUE(CheckOwnDomains({"kodama.co.jp", "ntt.example"}, below()).ok());
  EXPECT_FALSE(CheckOwnDomains(std::vector<std::string>(51, "a.example"), below()).ok());
}

TEST_F(OwnDomainsTest, AFileThatSaysMoreIsRefused) {
  ASSERT_TRUE(WriteOwnDomains(File(), {"a.example"}).ok());
  for (const char* text : {"", "{}", "[]", R"({"domains": "a.example"})", R"({"domains": [1]})",
                           R"({"domains": ["a.example"], "rules": []})", R"({"domains": ["gmail.com"]})"}) {
    std::ofstream(File()) << text;
    const auto read = ReadOwnDomains(File(), below());
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().place.file, File());
  }
}

TEST_F(OwnDomainsTest, AreProposedFromAddressesThatBelongToNobodyElse) {
  EXPECT_EQ(ProposedDomains({{"me", "a.example"}, {"me", "gmail.com"}, {"you", "a.example"}}, below()),
            (std::vector<std::string>{"a.example"}));
}

TEST_F(OwnDomainsTest, TheLayerSaysThatTheyAndWhatIsBelowThemIsInside) {
  const auto policy = PreparedPolicy::FromLayers({BuiltInPolicy(), OwnDomainsLayer(File(), {"a.example"})});
  ASSERT_TRUE(policy.ok()) << policy.error().message;
  const PolicyList* internal = (*policy)->policy().FindList("internal");
  ASSERT_NE(internal, nullptr);
  EXPECT_TRUE(internal->Contains({"x", "a.example"}, std::nullopt));
  EXPECT_TRUE(internal->Contains({"x", "b.a.example"}, std::nullopt));
  EXPECT_FALSE(internal->Contains({"x", "ba.example"}, std::nullopt));
}

}  // namespace
}  // namespace lastlook
