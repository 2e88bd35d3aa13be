// SPDX-License-Identifier: MPL-2.0
#include "detect/personal_data.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "detect/folded_chunk.h"

namespace lastlook::detect {
namespace {

// What is found, as "TYPE value".
std::vector<std::string> Found(const std::string& text) {
  std::vector<std::string> found;
  for (const PersonalDatum& datum : FindPersonalData(text)) {
    EXPECT_EQ(datum.value, text.substr(datum.begin, datum.end - datum.begin));
    found.push_back(std::string(DataTypeName(datum.type)) + " " + datum.value);
  }
  return found;
}
using Strings = std::vector<std::string>;

TEST(PersonalData, ValuesAreAsWrittenAndNormalizedWithoutWidthAndSeparators) {
  const auto found = FindPersonalData("個人番号：１２３４－５６７８－９０１８");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, "１２３４－５６７８－９０１８");
  EXPECT_EQ(found[0].normalized, "123456789018");
  EXPECT_EQ(found[0].band, Band::kHigh);
}

TEST(PersonalData, TheNearestLabelDecides) {
  EXPECT_EQ(Found("個人番号 123456789018"), Strings{"JP_MY_NUMBER 123456789018"});
  EXPECT_EQ(Found("注文番号 123456789018"), Strings{});
  EXPECT_EQ(Found("注文番号 A-1、個人番号 123456789018"), Strings{"JP_MY_NUMBER 123456789018"});
  EXPECT_EQ(Found("個人番号は別紙、注文番号 123456789018"), Strings{});
  // Twelve digits that pass as both: whichever is named.
  EXPECT_EQ(FindPersonalData("123456789018").front().band, Band::kLow);
}

TEST(PersonalData, ALabelFartherBackIsSeenWhateverStandsBetween) {
  const std::string filler =
      "本文は四十文字よりも長く続いていて、そこには番号を言い当てる語がひとつも出てきませんので、次の行まで読み進めます"
      "。";
  const std::string text =
      "123456789018\n" + filler + "個人番号の一覧。" + filler + "983205673214 " + filler + "834701562958 ";
  const std::vector<PersonalDatum> found = FindPersonalData(text);
  ASSERT_GE(found.size(), 2U);
  EXPECT_EQ(found[0].band, Band::kLow);
  EXPECT_EQ(found[1].band, Band::kHigh);
}

TEST(PersonalData, SamplesAndTestNumbersAreOnlyPossible) {
  EXPECT_EQ(FindPersonalData("個人番号（記入例）123456789018").front().band, Band::kLow);
  EXPECT_EQ(FindPersonalData("カード番号 4111 1111 1111 1111").front().band, Band::kLow);
}

TEST(PersonalData, NoNumberInsideALongerChain) {
  EXPECT_EQ(Found("個人番号 1234567890181"), Strings{});
  EXPECT_EQ(Found("個人番号 1234-5678-9018-A"), Strings{});
  EXPECT_EQ(Found("個人番号 A123456789018"), Strings{});
  EXPECT_EQ(Found("個人番号 https://x.example/123456789018"), Strings{});
  EXPECT_EQ(Found("番号123456789018です（マイナンバー）"), Strings{"JP_MY_NUMBER 123456789018"});
}

TEST(PersonalData, ColumnsWithoutAHeaderAreJudgedAsAWhole) {
  // Of twelve numbers one or two pass by chance.
  std::string with_chance = "伝票,数\n";
  for (int i = 0; i < 12; ++i) {
    with_chance += std::to_string(100000000000 + i * 1111111) + "," + std::to_string(i) + "\n";
  }
  for (const PersonalDatum& datum : FindPersonalData(with_chance)) {
    EXPECT_NE(datum.type, DataType::kMyNumber) << datum.value;
  }
}

TEST(PersonalData, LongTextsAreReadInPiecesWithTheSameResult) {
  // Whatever the piece in which a datum falls, its label is seen and it is found once.
  for (const std::size_t before : {49'100U, 49'139U, 49'150U, 49'152U, 49'160U, 98'300U}) {
    std::string text;
    while (text.size() < before) {
      text += "本文です。\n";
    }
    text += "個人番号 １２３４５６７８９０１８ と ito@c-corp.example";
    EXPECT_EQ(Found(text), (Strings{"JP_MY_NUMBER １２３４５６７８９０１８", "EMAIL_ADDRESS ito@c-corp.example"}))
        << before;
  }
}

TEST(PersonalData, PersonsAreTheMostDifferentValuesOfOneKind) {
  EXPECT_EQ(CountPersons(FindPersonalData("a@x.example b@x.example a@x.example 090-1234-5678")), 2U);
  EXPECT_EQ(CountPersons(FindPersonalData("登録番号 T7010705000725")), 0U);
  EXPECT_EQ(CountPersons({}), 0U);
}

std::string Masked(const std::string& text) {
  return MaskedValue(FindPersonalData(text).front());
}

TEST(PersonalData, MaskedValuesShowTooLittleToUse) {
  EXPECT_EQ(Masked("個人番号 1234-5678-9018"), "****-****-9018");
  EXPECT_EQ(Masked("電話 090-1234-5678"), "***-****-5678");
  EXPECT_EQ(Masked("ito@c-corp.example"), "it*@c-corp.example");
  EXPECT_EQ(Masked("a@c-corp.example"), "*@c-corp.example");
  EXPECT_EQ(Masked("氏名：山田太郎"), "山***");
  EXPECT_EQ(Masked("PW: aB3#xy99"), "********");
}

TEST(PersonalData, NamesOfTypesAndBandsReadBack) {
  EXPECT_EQ(AllDataTypes().size(), kDataTypes);
  for (const DataType type : AllDataTypes()) {
    EXPECT_EQ(DataTypeFromName(DataTypeName(type)), type);
  }
  EXPECT_FALSE(DataTypeFromName("JP_MYNUMBER"));
  for (const Band band : {Band::kLow, Band::kMedium, Band::kHigh}) {
    EXPECT_EQ(BandFromName(BandName(band)), band);
  }
  EXPECT_EQ(BandOf(84), Band::kMedium);
  EXPECT_EQ(BandOf(85), Band::kHigh);
}

TEST(PersonalData, SeveralThreadsFindTheSame) {
  const std::string text = "氏名：山田太郎 個人番号 123456789018 パスワード：aB3#xy99 090-1234-5678";
  const Strings expected = Found(text);
  std::vector<Strings> found(4);
  std::vector<std::thread> threads;
  for (Strings& mine : found) {
    threads.emplace_back([&mine, &text] { mine = Found(text); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const Strings& mine : found) {
    EXPECT_EQ(mine, expected);
  }
}

TEST(FoldedChunk, KnowsTheWayBack) {
  const std::string text = "ａ1\u200B２ﾊﾞ－か\u3099（";
  FoldedChunk chunk;
  chunk.Assign(text, 0, text.size());
  EXPECT_EQ(chunk.text(), "a12バ-が(");
  const auto original = [&](std::size_t begin, std::size_t end) {
    return text.substr(chunk.OriginalBegin(begin), chunk.OriginalEnd(end) - chunk.OriginalBegin(begin));
  };
  EXPECT_EQ(original(0, 1), "ａ");
  EXPECT_EQ(original(1, 2), "1");
  EXPECT_EQ(original(2, 3), "２");
  EXPECT_EQ(original(1, 3), "1\u200B２");
  EXPECT_EQ(original(3, 6), "ﾊﾞ");
  EXPECT_EQ(original(6, 7), "－");
  EXPECT_EQ(original(7, 10), "か\u3099");
  EXPECT_EQ(original(10, 11), "（");
  EXPECT_EQ(original(0, 11), text);
}

TEST(FoldedChunk, AnyBytes) {
  for (const std::string& text : {std::string("\xFF\xEF\xBC", 3), std::string("\xE2\x80", 2), std::string(1, '\0'),
                                  std::string("\xED\xA0\x80", 3), std::string()}) {
    FoldedChunk chunk;
    chunk.Assign(text, 0, text.size());
    EXPECT_EQ(chunk.text(), text);
  }
}

}  // namespace
}  // namespace lastlook::detect
