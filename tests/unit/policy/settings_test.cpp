// SPDX-License-Identifier: MPL-2.0
// policy/settings.schema.json and the table of settings say the same.
#include "policy/settings.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace lastlook {
namespace {

Json Schema() {
  std::ifstream in(std::string(LASTLOOK_SOURCE_DIR) + "/policy/settings.schema.json");
  std::stringstream text;
  text << in.rdbuf();
  return ParseJson(text.str()).value();
}

TEST(Settings, TheSchemaAndTheTableSayTheSame) {
  const Json properties = Schema().at("properties");
  EXPECT_EQ(properties.size(), SettingRows().size());
  for (const SettingRow& row : SettingRows()) {
    SCOPED_TRACE(row.key);
    ASSERT_TRUE(properties.contains(std::string(row.key)));
    const Json& schema = properties.at(std::string(row.key));
    EXPECT_EQ(schema.at("default"), row.get(Settings()));
    const bool lower = row.tightening == Tightening::kLower;
    EXPECT_EQ(schema.at("x-tightening"), lower ? "lower" : row.tightening == Tightening::kHigher ? "higher" : "none");
    EXPECT_TRUE(!lower || row.kind == SettingRow::Kind::kBoolean);
    for (const char* language : {"en", "ja", "zh"}) {
      EXPECT_FALSE(schema.at("x-texts").value(language, "").empty());
    }
    switch (row.kind) {
      case SettingRow::Kind::kBoolean:
        EXPECT_EQ(schema.at("type"), "boolean");
        break;
      case SettingRow::Kind::kWhole:
        EXPECT_EQ(schema.at("type"), "integer");
        EXPECT_EQ(schema.at("minimum"), row.least);
        EXPECT_EQ(schema.at("maximum"), row.most);
        EXPECT_FALSE(CheckSetting(row, row.least - 1).ok());
        EXPECT_TRUE(CheckSetting(row, row.least).ok());
        EXPECT_TRUE(CheckSetting(row, row.most).ok());
        EXPECT_FALSE(CheckSetting(row, row.most + 1).ok());
        break;
      case SettingRow::Kind::kOneOf:
        EXPECT_EQ(schema.at("enum"), Json(row.values));
        EXPECT_FALSE(CheckSetting(row, "?").ok());
        break;
      case SettingRow::Kind::kTexts:
        EXPECT_EQ(schema.at("type"), "object");
        for (const char* language : {"en", "ja", "zh"}) {
          const auto most = schema.at("properties").at(language).at("maxLength").get<std::size_t>();
          const auto repeated = [&](std::size_t count) {
            std::string text;
            for (std::size_t i = 0; i < count; ++i) {
              text += "宛";
            }
            return Json{{language, text}};
          };
          EXPECT_TRUE(CheckSetting(row, repeated(most)).ok());
          EXPECT_FALSE(CheckSetting(row, repeated(most + 1)).ok());
          EXPECT_FALSE(CheckSetting(row, Json{{language, "\u3000"}}).ok());
          EXPECT_FALSE(CheckSetting(row, Json{{language, 1}}).ok());
        }
        EXPECT_FALSE(CheckSetting(row, Json{{"fr", "Attention"}}).ok());
        EXPECT_FALSE(CheckSetting(row, "Attention").ok());
        break;
    }
    EXPECT_TRUE(CheckSetting(row, schema.at("default")).ok());
    EXPECT_FALSE(CheckSetting(row, nullptr).ok());
    EXPECT_FALSE(CheckSetting(row, Json::array()).ok());
  }
}

TEST(Settings, WhatIsSetIsWhatIsGot) {
  Settings settings;
  for (const SettingRow& row : SettingRows()) {
    const Json value = row.kind == SettingRow::Kind::kBoolean         ? Json(true)
                       : row.kind == SettingRow::Kind::kWhole         ? Json(row.most)
                       : row.kind == SettingRow::Kind::kTexts         ? Json{{"ja", "宛先"}, {"en", "To"}}
                       : row.get(settings) == Json(row.values.back()) ? Json(row.values.front())
                                                                      : Json(row.values.back());
    ASSERT_NE(row.get(settings), value) << row.key;
    row.set(&settings, value);
    EXPECT_EQ(row.get(settings), value) << row.key;
  }
}

TEST(Settings, StricterIsLaterHigherOrTrue) {
  const SettingRow& ticks = *FindSetting("confirm.ticks");
  EXPECT_TRUE(IsAtLeastAsStrict(ticks, "none", "all"));
  EXPECT_TRUE(IsAtLeastAsStrict(ticks, "all", "all"));
  EXPECT_FALSE(IsAtLeastAsStrict(ticks, "all", "outside"));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("hold.minutes"), 5, 4));
  EXPECT_TRUE(IsAtLeastAsStrict(*FindSetting("hold.minutes"), 5, 6));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("confirm.tick_body"), true, false));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("decisions.recipients"), "hmac", "clear"));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("decisions.recipients"), "hmac", "none"));
  EXPECT_TRUE(IsAtLeastAsStrict(*FindSetting("confirm.tick_all"), true, false));
  EXPECT_TRUE(IsAtLeastAsStrict(*FindSetting("confirm.tick_all"), true, true));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("confirm.tick_all"), false, true));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("confirm.countdown_seconds"), 5, 4));
  EXPECT_FALSE(IsAtLeastAsStrict(*FindSetting("confirm.top_message"), Json{{"en", "Look"}}, Json::object()));
  EXPECT_EQ(FindSetting("hold.minute"), nullptr);
}

}  // namespace
}  // namespace lastlook
