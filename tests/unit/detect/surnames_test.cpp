// SPDX-License-Identifier: MPL-2.0
#include "detect/surnames.h"

#include <gtest/gtest.h>

#include <string>

#include "detect/romaji.h"

namespace lastlook::detect {
namespace {

TEST(Surnames, TheLongestOneIsTaken) {
  EXPECT_EQ(JapaneseSurname("森太郎", false), std::string("森").size());
  EXPECT_EQ(JapaneseSurname("森本太郎", false), std::string("森本").size());
  EXPECT_EQ(JapaneseSurname("長谷川太郎", false), std::string("長谷川").size());
  EXPECT_EQ(JapaneseSurname("太郎", false), 0U);
  EXPECT_EQ(JapaneseSurname("", false), 0U);
  EXPECT_EQ(JapaneseSurname("\xE6\xA3", true), 0U);  // a character cut in two
  EXPECT_EQ(ChineseSurname("欧阳娜"), std::string("欧阳").size());
  EXPECT_EQ(KoreanSurname("김민수"), std::string("김").size());
}

TEST(Surnames, ReadingsUsualOneFirst) {
  EXPECT_EQ(ReadingsOfSurname("河野"), (std::vector<std::string_view>{"コウノ", "カワノ"}));
  EXPECT_EQ(ReadingsOfSurname("山﨑"), std::vector<std::string_view>{"ヤマザキ"});
  EXPECT_TRUE(ReadingsOfSurname("月見里").empty());
  EXPECT_TRUE(IsSurnameInKatakana("サトウ"));
  EXPECT_FALSE(IsSurnameInKatakana("サービス"));
}

TEST(Surnames, InLatinLettersInAnySpelling) {
  for (const char* name : {"sato", "satoh", "satou", "ohno", "ono", "wang", "mary"}) {
    EXPECT_TRUE(IsNameInLatin(name)) << name;
  }
  for (const char* word : {"guide", "release", "price", "o", ""}) {
    EXPECT_FALSE(IsNameInLatin(word)) << word;
  }
}

TEST(Romaji, OneSpellingForAll) {
  EXPECT_EQ(RomajiOfKana("イトウ"), "ito");
  EXPECT_EQ(RomajiOfKana("しんじょう"), PlainRomaji("shinjoh"));
  EXPECT_EQ(RomajiOfKana("ハットリ"), PlainRomaji("hatori"));
  EXPECT_EQ(RomajiOfKana("佐藤"), "");
}

}  // namespace
}  // namespace lastlook::detect
