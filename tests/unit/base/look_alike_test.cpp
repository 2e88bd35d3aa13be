// SPDX-License-Identifier: MPL-2.0
#include "base/look_alike.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace lastlook {
namespace {

TEST(LookAlikeSkeleton, WhatLooksTheSameIsTheSame) {
  EXPECT_EQ(LookAlikeSkeleton("g00gle.example"), LookAlikeSkeleton("google.example"));
  EXPECT_EQ(LookAlikeSkeleton("paypa1.example"), LookAlikeSkeleton("paypal.example"));
  EXPECT_EQ(LookAlikeSkeleton("kodarna.example"), LookAlikeSkeleton("kodama.example"));
  EXPECT_EQ(LookAlikeSkeleton("vvatanabe.example"), LookAlikeSkeleton("watanabe.example"));
  EXPECT_EQ(LookAlikeSkeleton("gmаil.example"), LookAlikeSkeleton("gmail.example"));         // Cyrillic а
  EXPECT_EQ(LookAlikeSkeleton("xn--gmil-63d.example"), LookAlikeSkeleton("gmail.example"));  // the same as A-label
  EXPECT_NE(LookAlikeSkeleton("kodana.example"), LookAlikeSkeleton("kodama.example"));
}

TEST(LookAlikeSkeleton, AnythingHasOne) {
  EXPECT_EQ(LookAlikeSkeleton(""), "");
  for (const std::string& text : {std::string("\xFF\xFE"), std::string("xn--\xFF"), std::string(100'000, 'r'),
                                  std::string("xn--") + std::string(5000, '9'), std::string("a\0b", 3)}) {
    EXPECT_EQ(LookAlikeSkeleton(text), LookAlikeSkeleton(text));
  }
}

TEST(ReadableDomain, DecodesALabels) {
  EXPECT_EQ(ReadableDomain("xn--gmil-63d.example"), "gmаil.example");
  EXPECT_EQ(ReadableDomain("a.example"), "a.example");
}

TEST(MixesScripts, AsNoLanguageDoes) {
  EXPECT_TRUE(MixesScripts("gmаil.example"));
  EXPECT_TRUE(MixesScripts("xn--gmil-63d.example"));
  EXPECT_FALSE(MixesScripts("gmail.example"));
  EXPECT_FALSE(MixesScripts("日本語のメールabc.example"));
  EXPECT_FALSE(MixesScripts("почта.example"));
  EXPECT_FALSE(MixesScripts(""));
}

TEST(EditDistance, CountsSlipsUpToALimit) {
  EXPECT_EQ(EditDistance("gmail", "gmail", 2), 0U);
  EXPECT_EQ(EditDistance("gmail", "gmial", 2), 1U);
  EXPECT_EQ(EditDistance("gmail", "gmai", 2), 1U);
  EXPECT_EQ(EditDistance("gmail", "gmaail", 2), 1U);
  EXPECT_EQ(EditDistance("gmail", "hmali", 2), 2U);
  EXPECT_EQ(EditDistance("", "ab", 2), 2U);
  EXPECT_EQ(EditDistance("gmail", "yahoo", 2), 3U);
  EXPECT_EQ(EditDistance("gmail", "gmailgmail", 2), 3U);
  EXPECT_EQ(EditDistance("ca", "abc", 3), 3U);  // optimal string alignment: a swapped pair is not touched again
}

// As the definition says it, cell by cell.
std::size_t WholeMatrix(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> cells(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cells[i][j] = i + j;
        continue;
      }
      cells[i][j] =
          std::min({cells[i - 1][j] + 1, cells[i][j - 1] + 1, cells[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cells[i][j] = std::min(cells[i][j], cells[i - 2][j - 2] + 1);
      }
    }
  }
  return cells[a.size()][b.size()];
}

TEST(EditDistance, IsThatOfTheWholeMatrix) {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    // Few letters and about the same length, so that many are near; some longer than what fits the stack.
    std::string a(round % 50 == 0 ? 60 + random() % 20 : random() % 9, ' ');
    for (char& c : a) {
      c = static_cast<char>('a' + random() % 2);
    }
    std::string b = a;
    for (std::size_t slips = random() % 5; slips > 0; --slips) {
      const std::size_t at = random() % (b.size() + 1);
      random() % 2 == 0 ? void(b.insert(at, 1, static_cast<char>('a' + random() % 2))) : void(b.erase(at / 2, at % 2));
    }
    for (const std::size_t limit : {1U, 2U, 3U}) {
      ASSERT_EQ(EditDistance(a, b, limit), std::min(WholeMatrix(a, b), limit + 1)) << a << " " << b << " " << limit;
    }
  }
}

}  // namespace
}  // namespace lastlook
