// SPDX-License-Identifier: MPL-2.0
#include "base/localized_text.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(LocalizedText, FallsBackToEnglishAndThenToAny) {
  const LocalizedText both({{"en", "yes"}, {"ja", "はい"}});
  EXPECT_EQ(both.In("ja"), "はい");
  EXPECT_EQ(both.In("zh"), "yes");
  const LocalizedText japanese(std::map<std::string, std::string>{{"ja", "はい"}});
  EXPECT_EQ(japanese.In("zh"), "はい");
  EXPECT_EQ(LocalizedText().In("en"), "");
}

TEST(NormalizeLanguage, KnowsThree) {
  EXPECT_EQ(NormalizeLanguage("ja-JP"), "ja");
  EXPECT_EQ(NormalizeLanguage("zh_CN"), "zh");
  EXPECT_EQ(NormalizeLanguage("EN"), "en");
  EXPECT_EQ(NormalizeLanguage("fr"), "en");
  EXPECT_EQ(NormalizeLanguage(""), "en");
}

TEST(FillText, PutsValuesIntoNames) {
  EXPECT_EQ(FillText("{a} of {b} and {c}", {{"a", "1"}, {"b", "{a}"}}), "1 of {a} and {c}");
  EXPECT_EQ(FillText("open { brace", {}), "open { brace");
}

}  // namespace
}  // namespace lastlook
