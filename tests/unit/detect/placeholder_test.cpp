// SPDX-License-Identifier: MPL-2.0
#include "detect/placeholder.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text_fold.h"

namespace lastlook::detect {
namespace {

std::string Places(const std::string& text) {
  std::string said;
  const std::string folded = Fold(text);
  std::size_t end = 0;
  for (const Placeholder& place : FindPlaceholders(folded)) {
    EXPECT_GE(place.begin, end);
    EXPECT_LT(place.begin, place.end);
    EXPECT_LE(place.end, folded.size());
    end = place.end;
    said += (said.empty() ? "" : ", ") + folded.substr(place.begin, place.end - place.begin);
  }
  return said;
}

TEST(Placeholder, WhatWasToBeFilledIn) {
  EXPECT_EQ(Places("Dear {{first_name}}, hello"), "{{first_name}}");
  EXPECT_EQ(Places("こんにちは、${name}さん"), "${name}");
  EXPECT_NE(Places("○○様\nお世話になっております。"), "");
  EXPECT_NE(Places("〇〇株式会社 御中"), "");
  EXPECT_NE(Places("金額は [TODO] です"), "");
  EXPECT_NE(Places("Lorem ipsum dolor sit amet"), "");
  EXPECT_NE(Places("<会社名> 御中"), "");
}

TEST(Placeholder, WhatIsMeant) {
  EXPECT_EQ(Places(""), "");
  EXPECT_EQ(Places("山田様、お世話になっております。"), "");
  EXPECT_EQ(Places("f(x) = {1, 2} and a[0]"), "");
  EXPECT_EQ(Places("評価は○、△、×の三段階です。"), "");
  EXPECT_EQ(Places("<taro@kodama.example.jp>"), "");
}

TEST(Placeholder, HostileText) {
  Places(std::string(1'000'000, '{'));
  Places(std::string(1'000'000, '<'));
  std::string circles;
  for (int i = 0; i < 300'000; ++i) {
    circles += "○";
  }
  Places(circles);
  Places("{{\xFF\xFE");
  Places("${");
}

}  // namespace
}  // namespace lastlook::detect
