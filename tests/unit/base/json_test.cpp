// SPDX-License-Identifier: MPL-2.0
#include "base/json.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

constexpr JsonLimits kWithComments{.max_depth = 32, .allow_comments = true};

TEST(ParseJson, ReadsValues) {
  const auto json = ParseJson(R"({"a":[1,-2,3.5,"x",true,null,{}]})");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(DumpJson(*json), R"({"a":[1,-2,3.5,"x",true,null,{}]})");
}

TEST(ParseJson, RefusesDuplicateKeysAtTheSecond) {
  const auto json = ParseJson("{\"a\":1,\n  \"a\":2}");
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(json.error().place.line, 2);
  EXPECT_EQ(json.error().place.column, 3);
}

TEST(ParseJson, RefusesDuplicateKeysThatAreWrittenDifferently) {
  EXPECT_FALSE(ParseJson(R"({"a":1,"\u0061":2})").ok());
}

TEST(ParseJson, DepthIsBounded) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(ParseJson(nested(32)).ok());
  EXPECT_FALSE(ParseJson(nested(33)).ok());
  EXPECT_FALSE(ParseJson(nested(200000)).ok());
  EXPECT_FALSE(ParseJson(std::string(1000000, '[')).ok());
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\"}", "nul", "1e999", "\"\xFF\"", "\"\xC0\x80\"", "\"\\ud800\"",
                           "1 2", "{\"a\":1}x", "'a'", "// c\n1", "\"\n\""}) {
    const auto json = ParseJson(text);
    EXPECT_FALSE(json.ok()) << text;
    if (!json.ok()) {
      EXPECT_FALSE(json.error().message.empty());
      EXPECT_GE(json.error().place.line, 1) << text;
    }
  }
}

TEST(ParseJson, CommentsOnlyWhereAllowed) {
  EXPECT_TRUE(ParseJson("// c\n[1 /* d */]", kWithComments).ok());
  EXPECT_FALSE(ParseJson("[1 /* d */]").ok());
}

TEST(ParseJson, ALargeObjectTakesLinearTime) {
  std::string text = "{";
  for (int i = 0; i < 200000; ++i) {
    text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
  }
  const auto json = ParseJson(text + "}");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->size(), 200000U);
}

TEST(LocateInJson, FindsKeysAndElements) {
  const std::string text = "{ // c\n  \"a\": [10,\n   {\"b/c\": \"}{\", \"d\": 1}],\n \"注\": 2, \"e\": 3}";
  const auto place = [&](const char* pointer) {
    const SourcePlace found = LocateInJson(text, pointer, kWithComments);
    return std::to_string(found.line) + ":" + std::to_string(found.column);
  };
  EXPECT_EQ(place(""), "1:1");
  EXPECT_EQ(place("/a"), "2:3");
  EXPECT_EQ(place("/a/0"), "2:9");
  EXPECT_EQ(place("/a/1"), "3:4");
  EXPECT_EQ(place("/a/1/b~1c"), "3:5");
  EXPECT_EQ(place("/a/1/d"), "3:18");
  EXPECT_EQ(place("/e"), "4:10");  // columns count characters
}

TEST(LocateInJson, WhatIsNotThereIsAtItsParent) {
  EXPECT_EQ(LocateInJson("{\n\"a\":{\"b\":1}}", "/a/zz").line, 2);
  EXPECT_EQ(LocateInJson("{\n\"ab\":1}", "/a").line, 1);
}

TEST(PointerStep, EscapesAsRfc6901Section4) {
  EXPECT_EQ(PointerStep("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(PointerStep(3), "/3");
}

}  // namespace
}  // namespace lastlook
