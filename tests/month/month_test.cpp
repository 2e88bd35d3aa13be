// SPDX-License-Identifier: MPL-2.0
// A month of an office's ordinary mail, tests/month/*.jsonl: how many drafts the recommended policy asks about.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "conditions/context_json.h"
#include "engine/evaluate.h"
#include "mail/draft_json.h"
#include "policy/built_in_policy.h"

namespace lastlook {
namespace {

namespace fs = std::filesystem;

// An office that sends 330 mails a month puts up with about six questions; more, and they are ticked unread.
constexpr double kMostAsked = 0.02;

// The least an organisation has to write.
constexpr const char kPolicy[] =
    R"({"schema": 1, "lists": {"internal": ["kodama.example.jp", "*.kodama.example.jp"]}})";

struct Judged {
  std::string place;  // file and name of the draft
  bool may_ask = false;
  Json verdict;
};

bool Asks(const Json& verdict) {
  return !verdict["needs"].empty() || verdict["disposition"] != "allow";
}

// "rule (first evidence)" of all findings, strictest first.
std::string Reasons(const Json& verdict) {
  std::string out;
  for (const Json& finding : verdict["findings"]) {
    out += (out.empty() ? "" : "; ") + finding["rule"].get<std::string>() + " [" + finding["mode"].get<std::string>();
    if (!finding["evidence"].empty()) {
      const Json& first = finding["evidence"][0];
      out += ": " + first["where"].get<std::string>() + " " + first["excerpt"].get<std::string>();
    }
    out += "]";
  }
  return out;
}

Json VerdictOf(const PreparedPolicy& policy, const Json& line, const std::string& place) {
  const Result<Draft> draft = DraftFromJson(line.at("mail"));
  const Result<Context> context = ContextFromJson(line.at("context"));
  if (!draft || !context) {
    ADD_FAILURE() << place << ": " << DescribeError(draft ? context.error() : draft.error());
    return {{"needs", Json::array()}, {"disposition", "allow"}, {"findings", Json::array()}};
  }
  return Json::parse(VerdictJson(Evaluate(policy, *draft, *context, "en")));
}

std::vector<Judged> JudgeMonth() {
  const auto policy = PreparedPolicy::FromLayers(
      {BuiltInPolicy(),
       std::make_shared<PolicySource>(PolicySource{PolicyLayer::kCommandLine, "month.json", kPolicy})});
  std::vector<Judged> month;
  if (!policy) {
    ADD_FAILURE() << DescribeError(policy.error());
    return month;
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(LASTLOOK_MONTH_DIR)) {
    if (entry.path().extension() == ".jsonl") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    std::ifstream in(file);
    for (std::string text; std::getline(in, text);) {
      const Result<Json> line = ParseJson(text);
      if (!line) {
        ADD_FAILURE() << file << ": " << DescribeError(line.error());
        continue;
      }
      Judged one;
      one.place = file.filename().string() + ": " + line->at("name").get<std::string>();
      one.may_ask = line->value("asks", false);
      one.verdict = VerdictOf(**policy, *line, one.place);
      month.push_back(std::move(one));
    }
  }
  return month;
}

const std::vector<Judged>& Month() {
  static const auto& month = *new std::vector<Judged>(JudgeMonth());
  return month;
}

TEST(Month, AsksAboutTwoInAHundredAtMost) {
  std::size_t asked = 0;
  for (const Judged& one : Month()) {
    if (Asks(one.verdict)) {
      ++asked;
      std::printf("asks%s  %s\n        %s\n", one.may_ask ? " (may)" : "      ", one.place.c_str(),
                  Reasons(one.verdict).c_str());
    }
  }
  const auto all = Month().size();
  std::printf("%zu of %zu drafts ask\n", asked, all);
  ASSERT_GE(all, 330U);
  EXPECT_LE(static_cast<double>(asked), kMostAsked * static_cast<double>(all));
}

// Mail that is held, changed or blocked is worse than mail that is asked about.
TEST(Month, NothingIsBlockedHeldOrChanged) {
  for (const Judged& one : Month()) {
    EXPECT_EQ(one.verdict["disposition"], "allow") << one.place << "\n" << Reasons(one.verdict);
  }
}

// Else the month would be quiet because nothing works.
TEST(Month, WhoeverIsNewOutsideIsAskedAbout) {
  for (const Judged& one : Month()) {
    EXPECT_TRUE(!one.may_ask || Asks(one.verdict)) << one.place;
  }
}

}  // namespace
}  // namespace lastlook
