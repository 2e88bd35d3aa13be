// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "policy/read_policy.h"

namespace lastlook {
namespace {

namespace fs = std::filesystem;

class PolicyFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("lastlook-policy-files-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    chmod(folder_.c_str(), 0755);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text, mode_t mode = 0644) {
    const std::string path = folder_ / name;
    std::ofstream(path) << text;
    chmod(path.c_str(), mode);
    return path;
  }

  fs::path folder_;
};

TEST_F(PolicyFiles, AreReadInTheOrderOfTheirNames) {
  Write("20-b.json", "b");
  Write("10-a.json", "a");
  Write("30-c.json.bak", "c");
  Write(".hidden.json", "d");
  const auto files = ReadPolicyDirectory(folder_, PolicyLayer::kMachine, FileTrust::kAnyone);
  ASSERT_TRUE(files.ok());
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ((*files)[0]->text, "a");
  EXPECT_EQ((*files)[1]->text, "b");
  EXPECT_EQ((*files)[1]->layer, PolicyLayer::kMachine);
}

TEST_F(PolicyFiles, AFolderThatIsNotThereHoldsNone) {
  const auto files = ReadPolicyDirectory(folder_ / "none", PolicyLayer::kMachine, FileTrust::kRootOwnedOnly);
  ASSERT_TRUE(files.ok());
  EXPECT_TRUE(files->empty());
}

TEST_F(PolicyFiles, WhatOthersMayWriteIsRefused) {
  if (geteuid() != 0) {
    EXPECT_FALSE(ReadPolicyFile(Write("a.json", "{}"), PolicyLayer::kMachine, FileTrust::kRootOwnedOnly).ok());
    return;
  }
  EXPECT_TRUE(ReadPolicyFile(Write("a.json", "{}"), PolicyLayer::kMachine, FileTrust::kRootOwnedOnly).ok());
  for (const mode_t mode : {0664U, 0646U}) {
    const auto file = ReadPolicyFile(Write("b.json", "{}", mode), PolicyLayer::kMachine, FileTrust::kRootOwnedOnly);
    ASSERT_FALSE(file.ok());
    EXPECT_NE(file.error().remedy.find("chmod"), std::string::npos);
    EXPECT_TRUE(ReadPolicyFile(folder_ / "b.json", PolicyLayer::kMachine, FileTrust::kAnyone).ok());
  }
  const std::string path = Write("c.json", "{}");
  ASSERT_EQ(chown(path.c_str(), 12345, 12345), 0);
  EXPECT_FALSE(ReadPolicyFile(path, PolicyLayer::kMachine, FileTrust::kRootOwnedOnly).ok());
}

TEST_F(PolicyFiles, AFolderThatOthersMayWriteIsRefused) {
  Write("a.json", "{}");
  chmod(folder_.c_str(), 0777);
  EXPECT_FALSE(ReadPolicyDirectory(folder_, PolicyLayer::kMachine, FileTrust::kRootOwnedOnly).ok());
}

TEST_F(PolicyFiles, AFolderThatOthersCouldReplaceIsRefused) {
  if (geteuid() != 0) {
    return;  // without root every folder is refused for its owner already
  }
  const fs::path inner = folder_ / "policy.d";
  fs::create_directory(inner);
  chmod(inner.c_str(), 0755);
  EXPECT_TRUE(ReadPolicyDirectory(inner, PolicyLayer::kMachine, FileTrust::kRootOwnedOnly).ok());
  chmod(folder_.c_str(), 0777);
  const auto files = ReadPolicyDirectory(inner, PolicyLayer::kMachine, FileTrust::kRootOwnedOnly);
  ASSERT_FALSE(files.ok());
  EXPECT_EQ(files.error().place.file, folder_);
}

TEST_F(PolicyFiles, OneRefusedFileRefusesThemAll) {
  Write("a.json", "{}");
  fs::create_directory(folder_ / "b.json");
  EXPECT_FALSE(ReadPolicyDirectory(folder_, PolicyLayer::kMachine, FileTrust::kAnyone).ok());
}

TEST_F(PolicyFiles, AreBounded) {
  const auto file =
      ReadPolicyFile(Write("a.json", std::string(kMaxPolicyBytes + 1, ' ')), PolicyLayer::kMachine, FileTrust::kAnyone);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, ErrorCode::kPolicyRefused);
  EXPECT_TRUE(
      ReadPolicyFile(Write("b.json", std::string(kMaxPolicyBytes, ' ')), PolicyLayer::kMachine, FileTrust::kAnyone)
          .ok());
}

TEST_F(PolicyFiles, WhatIsNoFileIsSaidSo) {
  const auto missing = ReadPolicyFile(folder_ / "none.json", PolicyLayer::kMachine, FileTrust::kAnyone);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kUnreadableInput);
  EXPECT_FALSE(ReadPolicyFile("/dev/zero", PolicyLayer::kMachine, FileTrust::kAnyone).ok());
  EXPECT_FALSE(ReadPolicyFile(folder_, PolicyLayer::kMachine, FileTrust::kAnyone).ok());
}

}  // namespace
}  // namespace lastlook
