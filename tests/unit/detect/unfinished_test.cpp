// SPDX-License-Identifier: MPL-2.0
#include "detect/unfinished.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/text_fold.h"

namespace lastlook::detect {
namespace {

std::string Kind(const std::string& text) {
  const std::string folded = Fold(text);
  const std::optional<UnfinishedPlace> place = FindUnfinished(folded);
  if (!place) {
    return "";
  }
  EXPECT_LT(place->begin, place->end);
  EXPECT_LE(place->end, folded.size());
  return place->kind == Unfinished::kOpenClause      ? "open"
         : place->kind == Unfinished::kGreetingAlone ? "alone"
                                                     : "nobody";
}

TEST(Unfinished, StopsWithinASentence) {
  EXPECT_EQ(Kind("山田様\n\nお世話になっております。\n来週の打ち合わせですが、"), "open");
  EXPECT_EQ(Kind("Hi Kate,\n\nI spoke to them about the"), "open");
}

TEST(Unfinished, NothingIsSaid) {
  EXPECT_EQ(Kind("山田様\n\nお世話になっております。\n"), "alone");
  EXPECT_EQ(Kind("Dear Kate,\n"), "alone");
  EXPECT_EQ(Kind("Dear ,\n\nthe minutes are below.\n"), "nobody");
}

TEST(Unfinished, WholeMailsAreLeftAlone) {
  EXPECT_EQ(Kind(""), "");
  EXPECT_EQ(Kind("\n \n"), "");
  EXPECT_EQ(Kind("山田様\n\nお世話になっております。\n資料を確認しました。\nよろしくお願いいたします。"), "");
  EXPECT_EQ(Kind("Hi Kate,\n\nFriday is fine.\n\nBest regards,\nTom"), "");
  EXPECT_EQ(Kind("了解しました"), "");
}

TEST(Unfinished, HostileText) {
  Kind(std::string(1'000'000, '('));
  Kind(std::string(1'000'000, '\n') + "a");
  Kind("\xFF\xFE\n\xE3\x80");
  Kind(std::string(3, '\0'));
}

}  // namespace
}  // namespace lastlook::detect
