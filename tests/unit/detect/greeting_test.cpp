// SPDX-License-Identifier: MPL-2.0
#include "detect/greeting.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text_fold.h"

namespace lastlook::detect {
namespace {

// The likeliest name of each, and "*" where everybody is greeted.
std::string Greeted(const std::string& text) {
  std::string said;
  const std::string folded = Fold(text);
  const Greeting greeting = FindGreeting(folded);
  for (const Addressee& person : greeting.people) {
    EXPECT_LT(person.begin, person.end);
    EXPECT_LE(person.end, folded.size());
    EXPECT_FALSE(person.names.empty());
    said += (said.empty() ? "" : ", ") + (person.names.empty() ? "" : person.names.front());
  }
  return said + (greeting.everybody ? "*" : "");
}

TEST(Greeting, WhoIsAddressed) {
  EXPECT_EQ(Greeted("山田様\n\nお世話になっております。"), "山田");
  EXPECT_EQ(Greeted("佐藤さん、田中さん\nお疲れさまです。"), "佐藤, 田中");
  EXPECT_EQ(Greeted("Dear Mr. Smith,\nthank you"), "smith");
  EXPECT_EQ(Greeted("Hi Kate,\nplease"), "kate");
  EXPECT_EQ(Greeted("尊敬的李先生：\n您好"), "李");
}

TEST(Greeting, NobodyInParticular) {
  EXPECT_EQ(Greeted("各位\n\nお疲れさまです。"), "*");
  EXPECT_EQ(Greeted("皆様\nお疲れさまです。"), "*");
  EXPECT_EQ(Greeted("ご担当者様\nお世話になります。"), "*");
  EXPECT_EQ(Greeted("Dear all,\nplease note"), "*");
  EXPECT_EQ(Greeted(""), "");
  EXPECT_EQ(Greeted("議事録をお送りします。\n次回は来週です。"), "");
}

TEST(Greeting, OnlyTheFirstLines) {
  EXPECT_EQ(Greeted("1\n2\n3\n4\n5\n6\n山田様"), "");
  EXPECT_EQ(Greeted("\n\n\n\n\n\n\n山田様\n本文"), "山田");  // empty lines do not count
}

TEST(Greeting, LinesThatAreNothingElse) {
  EXPECT_TRUE(IsSalutation(Fold("山田様")));
  EXPECT_TRUE(IsSalutation(Fold("お世話になっております。")));
  EXPECT_TRUE(IsSalutation(Fold("Dear Kate,")));
  EXPECT_FALSE(IsSalutation(Fold("山田様に見積書をお送りしました。")));
  EXPECT_FALSE(IsSalutation(""));
  EXPECT_TRUE(IsClosing(Fold("よろしくお願いいたします。")));
  EXPECT_TRUE(IsClosing(Fold("Best regards,")));
  EXPECT_FALSE(IsClosing(Fold("ご確認のうえ、金曜までにご返信をお願いします。")));
}

TEST(Greeting, HostileText) {
  std::string long_line;
  for (int i = 0; i < 100'000; ++i) {
    long_line += "様";
  }
  Greeted(long_line);
  Greeted(std::string(1'000'000, '\n'));
  Greeted("Dear \xFF\xFE\0, x");
  Greeted(std::string("\xE5\xB1\xB1\xE7\x94\xB0\xE6\xA7", 8));  // cut inside a character
}

}  // namespace
}  // namespace lastlook::detect
