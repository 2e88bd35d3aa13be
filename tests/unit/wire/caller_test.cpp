// SPDX-License-Identifier: MPL-2.0
#include "wire/caller.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(IdentifyCaller, AcceptsOurOwnExtensionInAMozillaProgram) {
  const auto caller = IdentifyCaller({"/usr/lib/mozilla/native-messaging-hosts/lastlook.json", "lastlook@lastlook"});
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(*caller, "lastlook@lastlook");
}

TEST(IdentifyCaller, AcceptsThatNobodyIsNamed) {
  EXPECT_EQ(*IdentifyCaller({}), "");
  EXPECT_EQ(*IdentifyCaller({"/usr/lib/mozilla/native-messaging-hosts/lastlook.json"}), "");
}

TEST(IdentifyCaller, RefusesEverybodyElse) {
  const std::vector<std::vector<std::string_view>> strangers = {
      {"/m.json", "other@other"},
      {"/m.json", ""},
      {"/m.json", "lastlook@lastloo"},
      {"/m.json", "lastlook@lastlook,"},
      {"/m.json", ","},
      {"chrome-extension://abcdefghijklmnopabcdefghijklmnop/"},
      {"--help"}};
  for (const auto& arguments : strangers) {
    const auto caller = IdentifyCaller(arguments);
    ASSERT_FALSE(caller.ok()) << arguments.back();
    EXPECT_EQ(caller.error().code, ErrorCode::kWrongUse);
    EXPECT_FALSE(caller.error().remedy.empty());
  }
}

}  // namespace
}  // namespace lastlook
