// SPDX-License-Identifier: MPL-2.0
#include "content/inspect.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "content/inspection.h"
#include "content/sheet_text.h"

namespace lastlook::content {
namespace {

PartFacts Facts(std::string_view name, std::string bytes, const Limits& limits = {}) {
  return Inspect(name, std::move(bytes), limits, [](std::string_view) { return Converted{"one\ftwo\f", {}}; });
}

TEST(Inspect, EmptyAndUnknown) {
  EXPECT_EQ(Facts("a.pdf", "").itself().kind, FileKind::kEmpty);
  EXPECT_FALSE(Facts("a.pdf", "").HasUninspected());
  EXPECT_EQ(Facts("a.bin", std::string("\0\1\2", 3)).itself().uninspected, Uninspected::kUnknownKind);
}

TEST(Inspect, KindsByContent) {
  EXPECT_EQ(Facts("a.pdf", "MZ" + std::string(100, '\0')).itself().kind, FileKind::kExecutable);
  EXPECT_EQ(Facts("a.txt", "#!/bin/sh\n").itself().kind, FileKind::kScript);
  EXPECT_EQ(Facts("a.txt", "<html><p>x</p></html>").itself().kind, FileKind::kHtml);
  EXPECT_EQ(Facts("a.csv", "a,b\n").itself().kind, FileKind::kCsv);
  EXPECT_FALSE(ExtensionFits(FileKind::kExecutable, "pdf"));
  EXPECT_TRUE(ExtensionFits(FileKind::kHtml, "xls"));
  EXPECT_TRUE(ExtensionFits(FileKind::kText, "log"));
}

TEST(Inspect, PagesOfPdf) {
  const PartFacts facts = Facts("a.pdf", "%PDF-1.7\n");
  ASSERT_EQ(facts.texts.size(), 2U);
  EXPECT_EQ(facts.texts[1].number, 2U);
  EXPECT_EQ(facts.texts[1].text, "two");
}

TEST(Inspect, TextsKeepWithinTheirBudget) {
  Limits limits;
  limits.text_bytes = 4;
  const PartFacts facts = Facts("a.txt", "ab田中", limits);
  EXPECT_EQ(facts.texts.at(0).text, "ab");  // never half a character
  EXPECT_EQ(facts.itself().uninspected, Uninspected::kTooLarge);
}

TEST(Inspection, ManyHiddenThingsOfOneKindDoNotHideAnother) {
  const Limits limits;
  const PdfConverter no_converter = [](std::string_view) { return Converted{}; };
  Inspection inspection(limits, no_converter);
  inspection.Start(Item{"a.xlsx", "", "x"});
  Item item;
  ASSERT_TRUE(inspection.Next(&item));
  for (int i = 0; i < 5000; ++i) {
    inspection.AddHidden(item, HiddenKind::kComments, 1);
  }
  inspection.AddHidden(item, HiddenKind::kSheet, 1, "原本");
  const auto& hidden = inspection.facts().hidden;
  ASSERT_EQ(hidden.size(), 1001U);
  EXPECT_EQ(hidden.back().kind, HiddenKind::kSheet);
}

TEST(ShownPath, LeadsNowhere) {
  EXPECT_EQ(ShownPath("../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(ShownPath("C:\\a\\..\\b.txt"), "C:/a/b.txt");
  EXPECT_EQ(ShownPath("a\xE2\x80\xAE"
                      "fdp.exe"),
            "afdp.exe");
  EXPECT_EQ(ShownPath(".."), "");
}

TEST(SheetText, CellsAreFoundAgain) {
  SheetText sheet;
  sheet.HideColumns({3, 3});
  sheet.HideColumns({4, 4});
  sheet.AddCell({2, 2}, "b2");
  sheet.AddCell({2, 4}, "d\t2");
  sheet.AddCell({3, 1}, "a3");
  sheet.AddCell({9, 900}, "far");
  EXPECT_EQ(sheet.cells_in_hidden_columns(), 1U);
  EXPECT_EQ(DescribeColumns(sheet.fact().hidden_columns), "C:D");
  const FactText fact = sheet.Take();
  EXPECT_EQ(fact.text, "b2\t\td 2\na3\nfar");
  for (const auto& [text, cell] : {std::pair{"b2", "B2"}, {"d 2", "D2"}, {"a3", "A3"}, {"far", "AHP9"}}) {
    EXPECT_EQ(CellName(CellAt(fact, fact.text.find(text))), cell);
  }
  CellWalk walk(fact);
  for (std::size_t at = 0; at < fact.text.size(); ++at) {
    EXPECT_EQ(walk.At(at), CellAt(fact, at)) << at;
  }
  EXPECT_TRUE(IsHidden(fact, {2, 4}));
  EXPECT_FALSE(IsHidden(fact, {2, 2}));
}

}  // namespace
}  // namespace lastlook::content
