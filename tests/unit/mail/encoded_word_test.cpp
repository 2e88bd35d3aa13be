// SPDX-License-Identifier: MPL-2.0
#include "mail/encoded_word.h"

#include <gtest/gtest.h>

#include "mail/charset.h"

namespace lastlook {
namespace {

TEST(EncodedWord, DecodesBAndQ) {
  EXPECT_EQ(DecodeEncodedWords("=?UTF-8?B?5bGx55Sw?="), "山田");
  EXPECT_EQ(DecodeEncodedWords("=?utf-8?q?=E5=B1=B1_x?="), "山 x");
  EXPECT_EQ(DecodeEncodedWords("=?UTF-8*ja?B?5bGx55Sw?="), "山田");  // RFC 2231 section 5
  EXPECT_EQ(DecodeEncodedWords("=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?="), "山田");
}

TEST(EncodedWord, DropsBlanksBetweenTwoOnly) {
  EXPECT_EQ(DecodeEncodedWords("a =?UTF-8?Q?b?= \r\n =?UTF-8?Q?c?= d"), "a bc d");
  EXPECT_EQ(DecodeEncodedWords("=?UTF-8?Q?b?=x=?UTF-8?Q?c?="), "bxc");
}

TEST(EncodedWord, JoinsCharactersSplitBetweenTwo) {
  EXPECT_EQ(DecodeEncodedWords("=?UTF-8?B?5bGx5w==?= =?UTF-8?B?lLA=?="), "山田");
  // The escape sequence that leads back to ASCII is only in the second word.
  EXPECT_EQ(DecodeEncodedWords("=?ISO-2022-JP?B?GyRCOzM=?= =?ISO-2022-JP?B?RUQbKEI=?="), "山田");
}

TEST(EncodedWord, LeavesWhatIsNone) {
  for (const char* text :
       {"", "=", "=?", "=?=", "=?a?=", "=?UTF-8?X?a?=", "=?UTF-8?B?", "=?UTF-8?B?abc", "=??B?abc?=", "a = b"}) {
    EXPECT_EQ(DecodeEncodedWords(text), text);
  }
}

TEST(Charset, ReadsSupersetsUnderTheNamesInUse) {
  EXPECT_EQ(DecodeCharset("\x87\x40\x87\x8A\x81\x60", "Shift_JIS"), "①㈱～");
  EXPECT_EQ(DecodeCharset("\xFB\xFC\x8D\x82", "cp932"), "髙高");
  EXPECT_EQ(DecodeCharset("\xAD\xA1\xBB\xB3", "EUC-JP"), "①山");
  EXPECT_EQ(DecodeCharset("\x1B$B-!;3\x1B(B", "iso-2022-jp"), "①山");
  EXPECT_EQ(DecodeCharset("\x1B(I6@6E\x1B(B", "ISO-2022-JP"), "ｶﾀｶﾅ");
  EXPECT_EQ(DecodeCharset("\x93x\x94", "iso-8859-1"), "“x”");
  EXPECT_EQ(DecodeCharset("\xC4\xE3", "gb2312"), "你");
}

TEST(Charset, DetectsWhatIsNotDeclared) {
  EXPECT_EQ(DecodeUndeclared("plain"), "plain");
  EXPECT_EQ(DecodeUndeclared("山田"), "山田");
  EXPECT_EQ(DecodeUndeclared("\x1B$B;3ED\x1B(B"), "山田");
  EXPECT_EQ(DecodeUndeclared("\x8E\x52\x93\x63\x91\xBE\x98\x59"), "山田太郎");
  EXPECT_EQ(DecodeUndeclared("\xBB\xB3\xC5\xC4\xC2\xC0\xCF\xBA"), "山田太郎");
  EXPECT_EQ(DecodeCharset("\x8E\x52\x93\x63", "us-ascii"), "山田");
  EXPECT_EQ(DecodeCharset("\x8E\x52\x93\x63", "no-such-charset"), "山田");
}

TEST(Charset, ReplacesWhatCannotBeDecoded) {
  EXPECT_EQ(DecodeCharset("a\xFF"
                          "b",
                          "utf-8"),
            "a\xEF\xBF\xBD"
            "b");
}

}  // namespace
}  // namespace lastlook
