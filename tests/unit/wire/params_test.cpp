// SPDX-License-Identifier: MPL-2.0
#include "wire/params.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(Params, ReadsMembersOfTheRightType) {
  const Json json = {{"s", "text"}, {"n", 5}, {"l", {"a", "b"}}, {"o", {{"x", 1}}}};
  Params in(json);
  EXPECT_EQ(in.String("s"), "text");
  EXPECT_EQ(in.OptionalString("no"), "");
  EXPECT_EQ(in.OneOf("s", {"text", "other"}), "text");
  EXPECT_EQ(in.WholeNumber("n"), 5);
  EXPECT_EQ(in.OptionalWholeNumber("no"), std::nullopt);
  EXPECT_EQ(in.OptionalStrings("l"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(in.OptionalStrings("no").empty());
  EXPECT_NE(in.Object("o"), nullptr);
  EXPECT_TRUE(in.ok());
}

TEST(Params, NamesTheFirstWrongMember) {
  const Json json = {{"s", 5}, {"n", "x"}};
  Params in(json, "/client");
  in.String("s");
  in.WholeNumber("n");
  ASSERT_FALSE(in.ok());
  const Error error = in.TakeError();
  EXPECT_EQ(error.code, ErrorCode::kInvalidParams);
  EXPECT_EQ(error.pointer, "/client/s");
  EXPECT_EQ(error.message, "\"s\" must be a string, but this is a number");
}

TEST(Params, RefusesEveryOtherType) {
  const Json json = {{"negative", -1},  {"fraction", 1.5},   {"huge", 18446744073709551615U}, {"mixed", {"a", 1}},
                     {"null", nullptr}, {"word", "neither"}, {"list", Json::array()}};
  const auto refused = [&json](auto read) {
    Params in(json);
    read(in);
    return !in.ok();
  };
  EXPECT_TRUE(refused([](Params& in) { in.WholeNumber("negative"); }));
  EXPECT_TRUE(refused([](Params& in) { in.WholeNumber("fraction"); }));
  EXPECT_TRUE(refused([](Params& in) { in.WholeNumber("huge"); }));
  EXPECT_TRUE(refused([](Params& in) { in.WholeNumber("missing"); }));
  EXPECT_TRUE(refused([](Params& in) { in.OptionalWholeNumber("null"); }));
  EXPECT_TRUE(refused([](Params& in) { in.OptionalStrings("mixed"); }));
  EXPECT_TRUE(refused([](Params& in) { in.OptionalStrings("word"); }));
  EXPECT_TRUE(refused([](Params& in) { in.OneOf("word", {"either", "or"}); }));
  EXPECT_TRUE(refused([](Params& in) { in.Object("list"); }));
  EXPECT_TRUE(refused([](Params& in) { in.Object("missing"); }));
  EXPECT_TRUE(refused([](Params& in) { in.String("missing"); }));
  EXPECT_TRUE(refused([](Params& in) { in.OptionalString("null"); }));
}

}  // namespace
}  // namespace lastlook
