// SPDX-License-Identifier: MPL-2.0
#include "base/look_alike.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(LookAlikeSkeleton, WhatLooksTheSameIsTheSame) {
  EXPECT_EQ(LookAlikeSkeleton("g00gle.example"), LookAlikeSkeleton("google.example"));
  EXPECT_EQ(LookAlikeSkeleton("paypa1.example"), LookAlikeSkeleton("paypal.example"));
  EXPECT_EQ(LookAlikeSkeleton("kodarna.example"), LookAlikeSkeleton("kodama.example"));
  EXPECT_EQ(LookAlikeSkeleton("vvatanabe.example"), LookAlikeSkeleton("watanabe.example"));
  EXPECT_EQ(LookAlikeSkeleton("gmаil.example"), LookAlikeSkeleton("gmail.example"));         // Cyrillic а
  EXPECT_EQ(LookAlikeSkeleton("xn--gmil-63d.example"), LookAlikeSkeleton("gmail.example"));  // the same as A-label
  EXPECT_NE(LookAlikeSkeleton("kodana.example"), LookAlikeSkeleton("kodama.example"));
}

TEST(LookAlikeSkeleton, AnythingHasOne) {
  EXPECT_EQ(LookAlikeSkeleton(""), "");
  for (const std::string& text : {std::string("\xFF\xFE"), std::string("xn--\xFF"), std::string(100'000, 'r'),
                                  std::string("xn--") + std::string(5000, '9'), std::string("a\0b", 3)}) {
    EXPECT_EQ(LookAlikeSkeleton(text), LookAlikeSkeleton(text));
  }
}

TEST(ReadableDomain, DecodesALabels) {
  EXPECT_EQ(ReadableDomain("xn--gmil-63d.example"), "gmаil.example");
  EXPECT_EQ(ReadableDomain("a.example"), "a.example");
}

TEST(MixesScripts, AsNoLanguageDoes) {
  EXPECT_TRUE(MixesScripts("gmаil.example"));
  EXPECT_TRUE(MixesScripts("xn--gmil-63d.example"));
  EXPECT_FALSE(MixesScripts("gmail.example"));
  EXPECT_FALSE(MixesScripts("日本語のメールabc.example"));
  EXPECT_FALSE(MixesScripts("почта.example"));
  EXPECT_FALSE(MixesScripts(""));
}

TEST(EditDistance, CountsSlipsUpToALimit) {
  EXPECT_EQ(EditDistance("gmail", "gmail", 2), 0U);
  EXPECT_EQ(EditDistance("gmail", "gmial", 2), 1U);
  EXPECT_EQ(EditDistance("gmail", "gmai", 2), 1U);
  EXPECT_EQ(EditDistance("gmail", "gmaail", 2), 1U);
  EXPECT_EQ(EditDistance("gmail", "hmali", 2), 2U);
  EXPECT_EQ(EditDistance("", "ab", 2), 2U);
  EXPECT_EQ(EditDistance("gmail", "yahoo", 2), 3U);
  EXPECT_EQ(EditDistance("gmail", "gmailgmail", 2), 3U);
  EXPECT_EQ(EditDistance("ca", "abc", 3), 3U);  // optimal string alignment: a swapped pair is not touched again
}

}  // namespace
}  // namespace lastlook
