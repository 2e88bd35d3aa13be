// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/name_keys.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lastlook {
namespace {

bool Has(std::string_view name, std::string_view local_part, const std::string& key) {
  const std::vector<std::string> keys = NameKeys(name, local_part);
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

TEST(NameKeys, OneSurnameInManySpellings) {
  for (const char* name : {"伊藤 太郎", "伊藤太郎", "伊藤　太郎", "いとう たろう", "イトウ タロウ", "ｲﾄｳ ﾀﾛｳ",
                           "Taro Ito", "ITOH Taro", "Itou, Taro"}) {
    EXPECT_TRUE(Has(name, "x", "ito")) << name;
  }
  EXPECT_TRUE(Has("", "taro.itoh", "ito"));
  EXPECT_TRUE(Has("蟹江 太郎", "x", "蟹江"));
  EXPECT_TRUE(Has("佐々木花子", "x", "sasaki"));
  EXPECT_TRUE(Has("しょうじ はなこ", "x", NameKeys("Shoji", "x").front()));
  EXPECT_FALSE(Has("森本太郎", "x", "mori"));
  EXPECT_FALSE(Has("A. Ito", "x", "a"));
}

TEST(NameKeys, DesksHaveNone) {
  EXPECT_TRUE(NameKeys("", "info").empty());
  EXPECT_TRUE(NameKeys("", "no-reply").empty());
  EXPECT_TRUE(NameKeys("", "").empty());
}

TEST(NameKeys, AnythingMayBeAName) {
  for (const std::string& name : {std::string("\xE3"), std::string("\xE3\x81"), std::string("\xFF "),
                                  std::string(100'000, 'a'), std::string(" \t"), std::string("😀 太郎")}) {
    EXPECT_EQ(NameKeys(name, name), NameKeys(name, name));
  }
}

}  // namespace
}  // namespace lastlook
