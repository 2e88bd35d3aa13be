// SPDX-License-Identifier: MPL-2.0
// How well the finders do on texts with known answers (tests/detect/labelled). Prints precision and recall of each
// type, and fails where they fall under what is promised.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <utility>

#include "base/json.h"
#include "detect/personal_data.h"

namespace lastlook::detect {
namespace {

using Answers = std::multiset<std::pair<std::string, std::string>>;  // type and normalised value

struct Tally {
  int right = 0;
  int wrong = 0;
  int missed = 0;

  double Precision() const { return right + wrong == 0 ? 1 : static_cast<double>(right) / (right + wrong); }
  double Recall() const { return right + missed == 0 ? 1 : static_cast<double>(right) / (right + missed); }
  void Add(const Tally& other) {
    right += other.right;
    wrong += other.wrong;
    missed += other.missed;
  }
};

struct Quality {
  std::array<Tally, kDataTypes> of;
  int with_data = 0;
  int exactly_right = 0;
  int without_data = 0;
  int clean = 0;

  Tally Structured() const {
    Tally all;
    for (const DataType type : AllDataTypes()) {
      if (type != DataType::kPersonName && type != DataType::kAddress) {
        all.Add(of[static_cast<std::size_t>(type)]);
      }
    }
    return all;
  }
  const Tally& Of(DataType type) const { return of[static_cast<std::size_t>(type)]; }
};

Quality Judge(const std::string& name) {
  std::ifstream file(std::string(LASTLOOK_SOURCE_DIR) + "/tests/detect/labelled/" + name + ".jsonl");
  EXPECT_TRUE(file.is_open()) << name;
  Quality quality;
  const bool verbose = std::getenv("LASTLOOK_SHOW_MISSES") != nullptr;
  for (std::string line; std::getline(file, line);) {
    const Result<Json> read = ParseJson(line);
    EXPECT_TRUE(read.ok()) << line;
    const Json& text_case = *read;
    Answers expected;
    for (const Json& label : text_case.at("labels")) {
      expected.emplace(label.at("type").get<std::string>(), label.at("norm").get<std::string>());
    }
    Answers found;
    const std::string text = text_case.at("text").get<std::string>();
    for (const PersonalDatum& datum : FindPersonalData(text)) {
      found.emplace(DataTypeName(datum.type), datum.normalized);
    }
    (expected.empty() ? quality.without_data : quality.with_data) += 1;
    const bool right = found == expected;
    if (right) {
      (expected.empty() ? quality.clean : quality.exactly_right) += 1;
    }
    Answers common;
    std::set_intersection(found.begin(), found.end(), expected.begin(), expected.end(),
                          std::inserter(common, common.end()));
    for (const DataType type : AllDataTypes()) {
      const auto count = [type](const Answers& answers) {
        return static_cast<int>(std::count_if(
            answers.begin(), answers.end(), [type](const auto& answer) { return answer.first == DataTypeName(type); }));
      };
      Tally& tally = quality.of[static_cast<std::size_t>(type)];
      tally.right += count(common);
      tally.wrong += count(found) - count(common);
      tally.missed += count(expected) - count(common);
    }
    if (!right && verbose) {
      std::fprintf(stderr, "%s: %s\n", text_case.at("id").get<std::string>().c_str(), text.c_str());
      for (const auto& [type, value] : expected) {
        if (found.count({type, value}) < expected.count({type, value})) {
          std::fprintf(stderr, "   missed %s %s\n", type.c_str(), value.c_str());
        }
      }
      for (const auto& [type, value] : found) {
        if (expected.count({type, value}) < found.count({type, value})) {
          std::fprintf(stderr, "   wrong  %s %s\n", type.c_str(), value.c_str());
        }
      }
    }
  }
  return quality;
}

void Print(const std::string& name, const Quality& quality) {
  std::printf("%s\n%-22s %6s %6s %6s %10s %8s\n", name.c_str(), "type", "right", "wrong", "missed", "precision",
              "recall");
  const auto row = [](std::string_view type, const Tally& tally) {
    std::printf("%-22.*s %6d %6d %6d %10.3f %8.3f\n", static_cast<int>(type.size()), type.data(), tally.right,
                tally.wrong, tally.missed, tally.Precision(), tally.Recall());
  };
  for (const DataType type : AllDataTypes()) {
    row(DataTypeName(type), quality.Of(type));
  }
  row("structured", quality.Structured());
  std::printf("with data: %d of %d exactly right (%.1f %%); without: %d of %d clean (%.1f %%)\n", quality.exactly_right,
              quality.with_data, 100.0 * quality.exactly_right / quality.with_data, quality.clean, quality.without_data,
              100.0 * quality.clean / quality.without_data);
}

// The lines that research on labelled texts drew; for each set by itself.
void ExpectGoodEnough(const std::string& name) {
  const Quality quality = Judge(name);
  Print(name, quality);
  EXPECT_GE(quality.Structured().Precision(), 0.97);
  EXPECT_GE(quality.Structured().Recall(), 0.97);
  EXPECT_GE(quality.exactly_right, 0.93 * quality.with_data);
  EXPECT_GE(quality.clean, 0.985 * quality.without_data);
  EXPECT_GE(quality.Of(DataType::kPersonName).Precision(), 0.9);
  EXPECT_GE(quality.Of(DataType::kPersonName).Recall(), 0.8);
  EXPECT_GE(quality.Of(DataType::kAddress).Precision(), 0.95);
  EXPECT_GE(quality.Of(DataType::kAddress).Recall(), 0.85);
}

TEST(Labelled, Development) {
  ExpectGoodEnough("development");
}

TEST(Labelled, HeldOut) {
  ExpectGoodEnough("held_out");
}

TEST(Labelled, Blind1) {
  ExpectGoodEnough("blind_1");
}

TEST(Labelled, Blind2) {
  ExpectGoodEnough("blind_2");
}

TEST(Labelled, Blind3) {
  ExpectGoodEnough("blind_3");
}

TEST(Labelled, Blind4) {
  ExpectGoodEnough("blind_4");
}

}  // namespace
}  // namespace lastlook::detect
