// SPDX-License-Identifier: MPL-2.0
#include "zip/entry_names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/text_fold.h"

namespace lastlook::zip {
namespace {

TEST(SafeName, LeavesAnOrdinaryNameAsItIs) {
  for (const char* name : {"見積書.xlsx", "a b (1).tar.gz", "🍣 メニュー.pdf", "README", ".profile"}) {
    EXPECT_EQ(SafeName(name), name);
  }
}

TEST(SafeName, HasNoFoldersAndNoCharactersThatASystemRefuses) {
  EXPECT_EQ(SafeName("../../etc/passwd"), ".._.._etc_passwd");
  EXPECT_EQ(SafeName("C:\\Temp\\a?.txt"), "C__Temp_a_.txt");
  EXPECT_EQ(SafeName("a\nb\x7F\xC2\x85.txt"), "a_b__.txt");
  EXPECT_EQ(SafeName(std::string_view("a\0b", 3)), "a_b");
}

TEST(SafeName, CannotBeReadBackwards) {
  EXPECT_EQ(SafeName("invoice\xE2\x80\xAE"
                     "fdp.exe"),
            "invoice_fdp.exe");  // U+202E
  EXPECT_EQ(SafeName("a\xE2\x81\xA6"
                     "b\xE2\x80\x8F.txt"),
            "a_b_.txt");  // U+2066, U+200F
}

TEST(SafeName, IsComposed) {
  EXPECT_EQ(SafeName("か\xE3\x82\x99.txt"), "が.txt");
}

TEST(SafeName, IsNoDeviceAndNotEmpty) {
  EXPECT_EQ(SafeName("con.txt"), "_con.txt");
  EXPECT_EQ(SafeName("LPT1"), "_LPT1");
  EXPECT_EQ(SafeName("console.txt"), "console.txt");
  for (const char* name : {"", "  ", "...", " . "}) {
    EXPECT_EQ(SafeName(name), "file") << name;
  }
  EXPECT_EQ(SafeName(" a.txt. "), "a.txt");
}

TEST(SafeName, IsShortAndKeepsItsExtension) {
  std::string name;
  for (int i = 0; i < 200; ++i) {
    name += "漢";
  }
  const std::string safe = SafeName(name + ".xlsx");
  EXPECT_LE(safe.size(), 200U);
  EXPECT_TRUE(safe.ends_with("漢.xlsx"));
  EXPECT_TRUE(IsValidUtf8(safe));
}

TEST(SafeName, IsUtf8WhateverComes) {
  EXPECT_EQ(SafeName("a\xFF.txt"), "a\xEF\xBF\xBD.txt");
  EXPECT_TRUE(IsValidUtf8(SafeName("\xF0\x9F")));
}

TEST(DistinctNames, NumbersTheSecondOfTwo) {
  const std::vector<std::string> expected = {"a.txt", "a (2).txt", "a (3).txt"};
  EXPECT_EQ(DistinctNames({"a.txt", "a.txt", "a.txt"}), expected);
}

TEST(DistinctNames, TakesCaseAndCompositionForAlike) {
  const std::vector<std::string> expected = {"A.txt", "a (2).TXT", "が", "が (2)"};
  EXPECT_EQ(DistinctNames({"A.txt", "a.TXT", "が", "か\xE3\x82\x99"}), expected);
}

TEST(DistinctNames, PushesNoNameAwayThatWasFree) {
  const std::vector<std::string> expected = {"a.txt", "a (3).txt", "a (2).txt"};
  EXPECT_EQ(DistinctNames({"a.txt", "a.txt", "a (2).txt"}), expected);
}

TEST(DistinctNames, IsQuickWithManyAlike) {
  const std::vector<std::string> names = DistinctNames(std::vector<std::string>(70000, "a/b.txt"));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 70000U);
  EXPECT_EQ(names.back(), "a_b (70000).txt");
}

}  // namespace
}  // namespace lastlook::zip
