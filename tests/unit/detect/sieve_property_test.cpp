// SPDX-License-Identifier: MPL-2.0
// What the sieves let through is what a closer look at every byte finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "detect/byte_sieve.h"
#include "detect/personal_data.h"
#include "detect/word_finder.h"

namespace lastlook::detect {
namespace {

template <typename Pieces>
std::string Mixed(std::mt19937& random, const Pieces& pieces, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += pieces[random() % pieces.size()];
  }
  return text;
}

std::vector<std::tuple<DataType, std::size_t, std::size_t, std::string, int>> Said(
    const std::vector<PersonalDatum>& data) {
  std::vector<std::tuple<DataType, std::size_t, std::size_t, std::string, int>> said;
  for (const PersonalDatum& datum : data) {
    said.emplace_back(datum.type, datum.begin, datum.end, datum.normalized, datum.score);
  }
  return said;
}

TEST(SieveProperty, PersonalDataIsFoundAsByLookingAtEveryByte) {
  constexpr std::array<const char*, 60> kPieces = {"1",
                                                   "2",
                                                   "34",
                                                   "567",
                                                   "1234",
                                                   "56789018",
                                                   "123456789018",
                                                   "03",
                                                   "090",
                                                   "4111",
                                                   "1985",
                                                   "12",
                                                   "31",
                                                   "-",
                                                   " ",
                                                   "  ",
                                                   "    ",
                                                   ".",
                                                   "(",
                                                   ")",
                                                   "|",
                                                   "ー",
                                                   "・",
                                                   "─",
                                                   "–",
                                                   "－",
                                                   "１２",
                                                   "ﾞ",
                                                   "\u200b",
                                                   "\u3000",
                                                   "\n",
                                                   "\t",
                                                   ",",
                                                   "、",
                                                   "。",
                                                   "：",
                                                   "DE89",
                                                   "GB29 NWBK 6016 1331 9268 19",
                                                   "TEL",
                                                   "T",
                                                   "TK",
                                                   "AB",
                                                   "@",
                                                   "taro@kodama.example.jp",
                                                   "氏名：",
                                                   "山田太郎",
                                                   "様",
                                                   "さん",
                                                   "佐藤",
                                                   "個人番号 ",
                                                   "電話",
                                                   "口座番号 ",
                                                   "銀行",
                                                   "普通",
                                                   "生年月日",
                                                   "年",
                                                   "月",
                                                   "日",
                                                   "パスワード：",
                                                   "aB3$xyz9"};
  std::mt19937 random(11);
  std::size_t found = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = Mixed(random, kPieces, 1 + random() % 60);
    if (round % 4 == 0) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    const std::vector<PersonalDatum> data = FindPersonalData(text);
    found += data.size();
    ASSERT_EQ(Said(data), Said(FindPersonalDataPlainly(text))) << text;
  }
  EXPECT_GT(found, 500U);
}

TEST(SieveProperty, WordsAreFoundAsByLookingAtEveryByte) {
  const std::vector<std::string> words = {"a",          "ab",   "abc",      "添付", "添付の",
                                          "添付します", "資料", "\xE6\xB7", "x y",  "zz"};
  constexpr std::array<const char*, 14> kPieces = {"a",    "b", "c", "添", "付", "の", "します",
                                                   "資料", "x", " ", "y",  "z",  "\n", "\xE6"};
  const WordFinder finder{std::span<const std::string>(words)};
  std::mt19937 random(12);
  // The last sizes reach over the pieces in which a text is taken.
  for (const std::size_t count : {0U, 1U, 2U, 3U, 10U, 50U, 100U, 20'000U, 40'000U}) {
    const std::string text = Mixed(random, kPieces, count);
    std::vector<std::pair<std::size_t, std::size_t>> expected;  // where, minus the length
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (text.compare(at, words[i].size(), words[i]) == 0) {
          expected.emplace_back(at, SIZE_MAX - words[i].size());
        }
      }
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::pair<std::size_t, std::size_t>> found;
    finder.ForEach(text,
                   [&](std::size_t index, std::size_t at) { found.emplace_back(at, SIZE_MAX - words[index].size()); });
    ASSERT_EQ(found, expected) << count;
  }
}

TEST(SieveProperty, AChosenSieveOverlooksNoPattern) {
  std::mt19937 random(13);
  std::vector<std::string> patterns;
  for (int i = 0; i < 200; ++i) {
    std::string pattern;
    for (std::size_t size = 1 + random() % 4; pattern.size() < size;) {
      pattern += static_cast<char>(random());
    }
    patterns.push_back(pattern);
  }
  const std::vector<std::string_view> views(patterns.begin(), patterns.end());
  const ByteSieve sieve{std::span<const std::string_view>(views)};
  const std::string text = Mixed(random, patterns, 500);
  SieveRow wide;
  SieveRow plain;
  sieve.Mark(text, &wide);
  sieve.MarkPlainly(text, &plain);
  ASSERT_EQ(wide, plain);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = std::any_of(views.begin(), views.end(), [&](std::string_view pattern) {
      return std::string_view(text).substr(at).starts_with(pattern);
    });
    ASSERT_TRUE(!begins || (wide[at / 64] >> (at % 64) & 1U) != 0) << at;
  }
  std::vector<std::size_t> places;
  ForEachMark(wide, 5, [&places](std::size_t at) {
    places.push_back(at);
    return at + 3;
  });
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    ASSERT_GE(places[i + 1], places[i] + 3);
  }
}

}  // namespace
}  // namespace lastlook::detect
