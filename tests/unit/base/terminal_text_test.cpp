// SPDX-License-Identifier: MPL-2.0
#include "base/terminal_text.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(DisplayWidth, CountsWideCharactersTwiceAndCombiningOnesNever) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("Ito"), 3U);
  EXPECT_EQ(DisplayWidth("伊藤"), 4U);
  EXPECT_EQ(DisplayWidth("ｱｲ"), 2U);        // half-width kana
  EXPECT_EQ(DisplayWidth("e\u0301"), 1U);   // e with a combining acute
  EXPECT_EQ(DisplayWidth("か\u3099"), 2U);  // ka with a combining voicing mark
  EXPECT_EQ(DisplayWidth("a\xFF"
                         "b"),
            3U);  // not UTF-8: one replacement character
}

TEST(PrintableLine, TakesTheTerminalAwayFromTheText) {
  EXPECT_EQ(PrintableLine("見積書 v2"), "見積書 v2");
  EXPECT_EQ(PrintableLine("a\r\nb\tc"), "a  b c");
  EXPECT_EQ(PrintableLine("\x1b[2Jgone"), "\uFFFD[2Jgone");
  EXPECT_EQ(PrintableLine("\xC2\x9B"
                          "31m"),
            "\uFFFD31m");  // C1 control sequence introducer
  EXPECT_EQ(PrintableLine("ito@\u202Emoc.live"), "ito@\uFFFDmoc.live");
  EXPECT_EQ(PrintableLine("a\u2028b"), "a b");
  EXPECT_EQ(PrintableLine(std::string("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(PrintableLine("👩\u200D🔬"), "👩\u200D🔬");  // joined emoji stay one
}

TEST(CutToWidth, LeavesRoomForTheEllipsis) {
  EXPECT_EQ(CutToWidth("abc", 3), "abc");
  EXPECT_EQ(CutToWidth("abcd", 3), "ab…");
  EXPECT_EQ(CutToWidth("伊藤花子", 8), "伊藤花子");
  EXPECT_EQ(CutToWidth("伊藤花子", 6), "伊藤…");  // a wide character is not cut in two
  EXPECT_EQ(DisplayWidth(CutToWidth("伊藤花子さん", 7)), 7U);
  EXPECT_EQ(CutToWidth("伊", 1), "…");
}

TEST(PadToWidth, CountsColumns) {
  EXPECT_EQ(PadToWidth("宛先", 6), "宛先  ");
  EXPECT_EQ(PadToWidth("Bcc", 3), "Bcc");
  EXPECT_EQ(PadToWidth("long", 2), "long");
}

}  // namespace
}  // namespace lastlook
