// SPDX-License-Identifier: MPL-2.0
#include "inspect_link/facts_codec.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace lastlook {
namespace {

PartFacts Sample() {
  PartFacts facts;
  facts.entries = {{"", FileKind::kZip, 10, false, false, "", {}},
                   {"名簿.xlsx", FileKind::kXlsx, 20, true, true, "社外秘", Uninspected::kEncrypted}};
  FactText text;
  text.entry = 1;
  text.unit = TextUnit::kSheet;
  text.name = "原本";
  text.hidden = true;
  text.text = "a\tb";
  text.anchors = {{0, {2, 3}}};
  text.hidden_columns = {{3, 4}};
  facts.texts.push_back(std::move(text));
  facts.hidden.push_back({HiddenKind::kColumns, 1, "原本", "C:D", 7});
  return facts;
}

TEST(FactsCodec, ThereAndBack) {
  const std::string bytes = EncodeFacts(Sample());
  const auto facts = DecodeFacts(bytes);
  ASSERT_TRUE(facts);
  EXPECT_EQ(EncodeFacts(*facts), bytes);
  EXPECT_EQ(facts->entries[1].label, "社外秘");
  EXPECT_EQ(CellName(CellAt(facts->texts[0], 2)), "D2");
}

TEST(FactsCodec, EveryCutIsRefused) {
  const std::string bytes = EncodeFacts(Sample());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(DecodeFacts(std::string_view(bytes).substr(0, length))) << length;
  }
  EXPECT_FALSE(DecodeFacts(bytes + "x"));
}

TEST(FactsCodec, WhatPointsNowhereIsRefused) {
  PartFacts facts = Sample();
  facts.texts[0].entry = 2;
  EXPECT_FALSE(DecodeFacts(EncodeFacts(facts)));
  facts = Sample();
  facts.hidden[0].entry = 9;
  EXPECT_FALSE(DecodeFacts(EncodeFacts(facts)));
  facts = Sample();
  facts.texts[0].text = "\xFF";
  EXPECT_FALSE(DecodeFacts(EncodeFacts(facts)));
  EXPECT_FALSE(DecodeFacts(EncodeFacts(PartFacts())));
}

}  // namespace
}  // namespace lastlook
