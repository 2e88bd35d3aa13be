// SPDX-License-Identifier: MPL-2.0
// Texts of a size nobody writes by hand: one line without an end, digits without an end. What stands in them is found
// at its place, and the time grows with the length and no faster. LASTLOOK_LARGE_BYTES says how long (the long tier of
// tests/run.sh takes 100 MB); by default they are small enough for every run.
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_fold.h"
#include "detect/attachment_mention.h"
#include "detect/dated_weekday.h"
#include "detect/greeting.h"
#include "detect/personal_data.h"
#include "detect/placeholder.h"
#include "detect/unfinished.h"
#include "detect/written_password.h"

namespace lastlook::detect {
namespace {

std::size_t LargeBytes() {
  constexpr std::size_t kEveryRun = 2'000'000;
  const char* set = std::getenv("LASTLOOK_LARGE_BYTES");
  return set == nullptr ? kEveryRun : std::strtoull(set, nullptr, 10);
}

std::string Repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) {
    text += piece;
  }
  return text;
}

template <typename Work>
double Seconds(Work work) {
  const std::clock_t began = std::clock();
  work();
  return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

// Four times the text in at most ten times the time: sixteen times would be the square.
template <typename Work>
void ExpectLinear(std::string_view piece, Work work) {
  const std::size_t bytes = LargeBytes();
  const std::string quarter = Repeated(piece, bytes / 4);
  const std::string whole = Repeated(piece, bytes);
  const double of_quarter = Seconds([&] { work(quarter); });
  const double of_whole = Seconds([&] { work(whole); });
  constexpr double kClock = 0.02;  // what is too short to measure
  EXPECT_LE(of_whole, 10 * of_quarter + kClock) << piece;
}

constexpr std::string_view kLine =
    "お世話になっております。見積書（全3ページ）は2026年12月3日に、the second phase in March 2027, ";

TEST(LargeText, WhatStandsAtTheEndOfOneLineIsFoundThere) {
  const std::string datum = " 個人番号 1234 5678 9018 ";
  const std::string text = datum + Repeated(kLine, LargeBytes()) + "\xFF\xFE" + datum;
  const std::vector<PersonalDatum> found = FindPersonalData(text);
  ASSERT_EQ(found.size(), 2U);
  for (const PersonalDatum& one : found) {
    EXPECT_EQ(one.type, DataType::kMyNumber);
    EXPECT_EQ(one.normalized, "123456789018");
    EXPECT_EQ(text.substr(one.begin, one.end - one.begin), "1234 5678 9018");
  }
  EXPECT_EQ(found[1].end, text.size() - 1);
}

TEST(LargeText, LinesWithoutAnEndTakeLinearTime) {
  for (const std::string_view piece :
       {kLine, std::string_view("a"), std::string_view("様"), std::string_view("@"), std::string_view("PW "),
        std::string_view("課長"), std::string_view("氏名："), std::string_view("か\u3099"),
        std::string_view("\u202E\u200B"), std::string_view("\0", 1)}) {
    ExpectLinear(piece, [](const std::string& text) { FindPersonalData(text); });
  }
}

TEST(LargeText, DigitsWithoutAnEndAreNothing) {
  const std::size_t digits = LargeBytes() / 100;  // a million in 100 MB
  for (const std::string_view piece : {"1", "12345678901234567890", "１", "1 ", "1-", "0120-", "4111 ", "1|", "1ー"}) {
    const std::string text = Repeated(piece, digits * (piece.size() / 2 + 1));
    EXPECT_TRUE(FindPersonalData(text).empty()) << piece;
  }
  ExpectLinear("1234567890", [](const std::string& text) { FindPersonalData(text); });
  ExpectLinear("4111-", [](const std::string& text) { FindPersonalData(text); });
}

TEST(LargeText, OtherFindersTakeLinearTime) {
  for (const std::string_view piece : {kLine, std::string_view("添付の"), std::string_view("11月22日(")}) {
    ExpectLinear(piece, [](const std::string& text) {
      const std::string folded = Fold(text);
      FindAttachmentMentions(folded);
      FindDatedWeekdays(folded);
      FindGreeting(folded);
      FindPlaceholders(folded);
      FindUnfinished(folded);
      FindWrittenPasswords(folded);
    });
  }
}

}  // namespace
}  // namespace lastlook::detect
