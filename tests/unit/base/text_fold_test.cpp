// SPDX-License-Identifier: MPL-2.0
#include "base/text_fold.h"

#include <gtest/gtest.h>

#include <random>

namespace lastlook {
namespace {

TEST(FoldText, CaseAndWidthFallTogether) {
  EXPECT_EQ(Fold("Ｃｏｎｆｉｄｅｎｔｉａｌ"), "confidential");
  EXPECT_EQ(Fold("ﾏｲﾅﾝﾊﾞｰ"), "マイナンバー");
  EXPECT_EQ(Fold("㈱"), "(株)");
  EXPECT_EQ(Fold("Straße"), "strasse");
}

TEST(FoldText, OffsetsPointIntoTheOriginal) {
  const std::string original = "😀Ａﾊﾞ㈱x";
  const FoldedText folded = FoldText(original);
  const std::size_t at = folded.text.find("バ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(folded.OriginalBegin(at), 3U);    // behind the emoji (two units) and Ａ
  EXPECT_EQ(folded.OriginalEnd(at + 3), 5U);  // ﾊ and ﾞ
  const std::size_t kabu = folded.text.find("(株)");
  EXPECT_EQ(folded.OriginalBegin(kabu), 5U);
  EXPECT_EQ(folded.OriginalEnd(kabu + 5), 6U);
  EXPECT_EQ(folded.original_utf16.back(), Utf16Length(original));
}

// Kana and ideographs take a short way; a mark behind them must not be lost on it, and every one must be what the
// normaliser makes of it.
TEST(FoldText, KanaAndIdeographsFoldToThemselves) {
  for (unsigned c = 0x3001; c <= 0x9FFF; c = c == 0x3011   ? 0x3041
                                             : c == 0x3096 ? 0x30A1
                                             : c == 0x30FC ? 0x4E00
                                                           : c + 1) {
    if (c == 0x3004) {
      continue;
    }
    const std::string character = {static_cast<char>(0xE0U | c >> 12U), static_cast<char>(0x80U | (c >> 6U & 0x3FU)),
                                   static_cast<char>(0x80U | (c & 0x3FU))};
    ASSERT_EQ(Fold(character + character), character + character) << c;
    ASSERT_EQ(Fold(character + "\u0301"), character + "\u0301") << c;  // the long way
  }
  EXPECT_EQ(Fold("か\u3099き"), "がき");
  EXPECT_EQ(Fold("株ﾊﾞ"), "株バ");
  EXPECT_EQ(FoldText("か\u3099き").original_utf16, (std::vector<std::uint32_t>{0, 0, 0, 2, 2, 2, 3}));
  EXPECT_EQ(FoldText("aか株b").original_utf16, (std::vector<std::uint32_t>{0, 1, 1, 1, 2, 2, 2, 3, 4}));
}

TEST(FoldText, WhatIsNotUtf8BecomesAReplacement) {
  EXPECT_EQ(Fold("a\xFF"
                 "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(FoldText("a\xE3\x81").text.substr(0, 1), "a");
}

TEST(FoldText, EndlessCombiningMarksAreBounded) {
  std::string text = "a";
  for (int i = 0; i < 100000; ++i) {
    text += "\xCC\x81";
  }
  EXPECT_EQ(FoldText(text).original_utf16.back(), 100001U);
}

// Whatever the text: the map is as long as the text and never goes back.
TEST(FoldText, TheMapIsMonotonous) {
  std::mt19937 random(20261122);
  const std::string alphabet[] = {"a", "Z", "é",  "e\xCC\x81", "ﾊ",    "ﾞ",  "株", "㈱",
                                  "😀", " ", "\n", "ﬁ",         "\xFF", "가", "각"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned i = random() % 30; i > 0; --i) {
      text += alphabet[random() % std::size(alphabet)];
    }
    const FoldedText folded = FoldText(text);
    ASSERT_EQ(folded.original_utf16.size(), folded.text.size() + 1);
    for (std::size_t i = 1; i < folded.original_utf16.size(); ++i) {
      ASSERT_LE(folded.original_utf16[i - 1], folded.original_utf16[i]);
    }
    ASSERT_EQ(folded.original_utf16.back(), Utf16Length(text));
    ASSERT_EQ(Fold(folded.text), folded.text) << "folding twice is folding once";
  }
}

TEST(Utf16Slice, CountsInUnits) {
  EXPECT_EQ(Utf16Slice("a😀b株", 1, 3), "😀");
  EXPECT_EQ(Utf16Slice("a😀b株", 3, 5), "b株");
  EXPECT_EQ(Utf16Slice("abc", 3, 5), "");
}

TEST(IsValidUtf8, KnowsWhatIsNot) {
  EXPECT_TRUE(IsValidUtf8("株😀"));
  for (const char* text : {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xE3\x81", "\xF5\x80\x80\x80"}) {
    EXPECT_FALSE(IsValidUtf8(text));
  }
}

}  // namespace
}  // namespace lastlook
