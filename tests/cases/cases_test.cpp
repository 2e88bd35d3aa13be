// SPDX-License-Identifier: MPL-2.0
// Runs tests/cases/*/*.json and tests/accidents/*.json; README.md beside this file says what they may hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "conditions/context_json.h"
#include "conditions/registry.h"
#include "effects/registry.h"
#include "engine/commit.h"
#include "engine/evaluate.h"
#include "mail/draft_json.h"
#include "policy/built_in_policy.h"

namespace lastlook {
namespace {

namespace fs = std::filesystem;

struct Case {
  Json policy;  // null, an object, an array of layers or a string (as written)
  Json user;    // a user's own file, on top of them; null: none
  Json files;   // list files that the layers may name: name → text
  bool no_builtin = false;
  Json json;
};

std::vector<std::shared_ptr<const PolicySource>> Layers(const Case& test) {
  std::vector<std::shared_ptr<const PolicySource>> layers;
  if (!test.no_builtin) {
    layers.push_back(BuiltInPolicy());
  }
  std::map<std::string, std::string> files;
  for (const auto& [name, text] : test.files.items()) {
    files.emplace(name, text.get<std::string>());
  }
  const auto add = [&](const Json& policy) {
    layers.push_back(std::make_shared<PolicySource>(
        PolicySource{PolicyLayer::kCommandLine, "case.json",
                     policy.is_string() ? policy.get<std::string>() : policy.dump(1), files}));
  };
  if (test.policy.is_array()) {
    std::for_each(test.policy.begin(), test.policy.end(), add);
  } else if (!test.policy.is_null()) {
    add(test.policy);
  }
  if (!test.user.is_null()) {
    layers.push_back(
        std::make_shared<PolicySource>(PolicySource{PolicyLayer::kUser, "case.json", test.user.dump(1), files}));
  }
  return layers;
}

// What the verdict says under one expected key; null for a key that does not exist.
class Observed {
 public:
  Observed(const PreparedPolicy& policy, const Draft& draft, const Context& context, const Json& test)
      : policy_(policy), draft_(draft), context_(context) {
    const Verdict verdict = Evaluate(policy, draft, context, test.value("lang", "en"));
    verdict_ = Json::parse(VerdictJson(verdict));
    patch_ = Json::parse(DumpJson(PatchToJson(PatchBetween(ExpandLists(draft, context), verdict.result))));
    const Verdict again = Evaluate(policy, draft, context, test.value("lang", "en"));
    EXPECT_EQ(VerdictJson(again), VerdictJson(verdict)) << "the same input, another verdict";
  }

  const Json& verdict() const { return verdict_; }

  Json Of(const std::string& key, const Json& expected) const {
    if (key == "disposition" || key == "needs" || key == "hold_seconds" || key == "acknowledge" || key == "simulated") {
      return verdict_[key];
    }
    if (key == "count_of" || key == "retype" || key == "tick_all" || key == "countdown_seconds" ||
        key == "top_message" || key == "notices" || key == "changes") {
      return verdict_.value(key, Json::array());
    }
    if (key == "patch") {
      return patch_;
    }
    if (key == "problems") {
      return Each(verdict_["obligations"], [](const Json& obligation) { return obligation.value("problem", ""); });
    }
    if (key == "to" || key == "cc" || key == "bcc") {
      return verdict_["result"][key];
    }
    if (key == "rules") {
      return Rules([](const Json&) { return true; });
    }
    if (key == "on_result") {
      return Rules([](const Json& finding) { return finding["on"] == "result"; });
    }
    if (key == "has_rules" || key == "not_rules") {
      const Json rules = Rules([](const Json&) { return true; });
      Json out = Json::array();
      for (const Json& rule : expected) {
        const bool has = std::find(rules.begin(), rules.end(), rule) != rules.end();
        if (has == (key == "has_rules")) {
          out.push_back(rule);
        }
      }
      return out;
    }
    if (key == "where" || key == "excerpts") {
      return ByRule(expected, [&](const Json& finding) {
        return Each(finding["evidence"], [&](const Json& one) { return one[key == "where" ? "where" : "excerpt"]; });
      });
    }
    if (key == "offsets") {
      return ByRule(expected, [&](const Json& finding) {
        return Each(finding["evidence"], [](const Json& one) { return Json::array({one["start"], one["end"]}); });
      });
    }
    if (key == "fixes") {
      return ByRule(expected, [&](const Json& finding) {
        return Each(finding["fixes"], [](const Json& fix) { return fix["id"]; });
      });
    }
    if (key == "evidence_total" || key == "message" || key == "title") {
      return ByRule(expected, [&](const Json& finding) { return finding[key]; });
    }
    if (key == "why") {
      return ByRule(expected, [&](const Json& finding) {
        return finding["evidence"].empty() ? Json() : finding["evidence"][0]["why"];
      });
    }
    if (key == "sides" || key == "organisations" || key == "known") {
      const char* member = key == "sides" ? "side" : key == "organisations" ? "organisation" : "known";
      Json out = Json::object();
      for (const Json& recipient : verdict_["recipients"]) {
        if (expected.contains(recipient["id"].get<std::string>())) {
          out[recipient["id"].get<std::string>()] = recipient[member];
        }
      }
      return out;
    }
    if (key == "fix") {
      return Fixed(expected);
    }
    return {};
  }

 private:
  static Json Each(const Json& items, const std::function<Json(const Json&)>& take) {
    Json out = Json::array();
    for (const Json& item : items) {
      out.push_back(take(item));
    }
    return out;
  }

  Json Rules(const std::function<bool(const Json&)>& wanted) const {
    Json out = Json::array();
    for (const Json& finding : verdict_["findings"]) {
      if (wanted(finding)) {
        out.push_back(finding["rule"]);
      }
    }
    return out;
  }

  Json ByRule(const Json& expected, const std::function<Json(const Json&)>& take) const {
    Json out = Json::object();
    for (const Json& finding : verdict_["findings"]) {
      if (expected.contains(finding["rule"].get<std::string>())) {
        out[finding["rule"].get<std::string>()] = take(finding);
      }
    }
    return out;
  }

  Json Fixed(const Json& expected) const {
    const auto answer = ApplyFix(policy_, draft_, context_, expected["rule"], expected["id"],
                                 {"recipients", "from", "subject", "body", "headers"});
    Json out = {{"rule", expected["rule"]}, {"id", expected["id"]}};
    if (answer && !answer->go_to.empty()) {
      out["go_to"] = answer->go_to;
      return out;
    }
    if (!answer || answer->patch.empty()) {
      out["error"] = answer ? "changes nothing" : answer.error().message;
      return out;
    }
    const Patch* patch = &answer->patch;
    if (!patch->recipients) {
      out["patch"] = Json::parse(DumpJson(PatchToJson(*patch)));
      return out;
    }
    out["to"] = patch->recipients->to;
    out["cc"] = patch->recipients->cc;
    out["bcc"] = patch->recipients->bcc;
    return out;
  }

  const PreparedPolicy& policy_;
  const Draft& draft_;
  const Context& context_;
  Json verdict_;
  Json patch_;
};

void ExpectRefused(const Error& error, const Json& expected) {
  for (const auto& [key, value] : expected.items()) {
    if (key == "line" || key == "column") {
      EXPECT_EQ(key == "line" ? error.place.line : error.place.column, value.get<int>()) << DescribeError(error);
    } else if (key == "message" || key == "remedy") {
      const std::string& text = key == "message" ? error.message : error.remedy;
      EXPECT_NE(text.find(value.get<std::string>()), std::string::npos) << key << ": " << text;
    } else if (key == "file") {
      EXPECT_EQ(error.place.file, value.get<std::string>()) << DescribeError(error);
    } else {
      ADD_FAILURE() << "unknown key in refused: " << key;
    }
  }
  EXPECT_FALSE(error.remedy.empty());
  EXPECT_EQ(error.place.file, expected.value("file", "case.json"));
}

void RunCase(const Case& test) {
  const Json& expect = test.json.at("expect");
  ASSERT_FALSE(expect.empty()) << "a case that expects nothing";
  const auto policy = PreparedPolicy::FromLayers(Layers(test));
  if (expect.contains("refused")) {
    ASSERT_FALSE(policy.ok()) << "the policy was to be refused";
    ExpectRefused(policy.error(), expect["refused"]);
    return;
  }
  ASSERT_TRUE(policy.ok()) << DescribeError(policy.error());
  const Result<Draft> draft = DraftFromJson(test.json.at("mail"));
  ASSERT_TRUE(draft.ok()) << DescribeError(draft.error());
  const Result<Context> context = ContextFromJson(test.json.value("context", Json::object()));
  ASSERT_TRUE(context.ok()) << DescribeError(context.error());
  const Observed observed(**policy, *draft, *context, test.json);
  for (const auto& [key, value] : expect.items()) {
    const Json seen = observed.Of(key, value);
    EXPECT_EQ(seen, value) << key << (seen.is_null() ? " is no key that a case may expect" : "") << "\nthe verdict was "
                           << observed.verdict().dump(1);
  }
}

class CaseTest : public testing::Test {
 public:
  explicit CaseTest(Case test) : test_(std::move(test)) {}
  void TestBody() override { RunCase(test_); }

 private:
  Case test_;
};

Json ReadFile(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  Result<Json> json = ParseJson(text.str(), {.max_depth = 64, .allow_comments = true});
  if (!json) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), DescribeError(json.error()).c_str());
    std::exit(1);
  }
  return std::move(json).value();
}

std::vector<fs::path> CaseFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() == ".json") {
      files.push_back(file.path());
    }
  }
  return files;
}

void RegisterFile(const fs::path& path) {
  const Json file = ReadFile(path);
  const std::string suite = path.parent_path().filename().string() + "." + path.stem().string();
  int number = 0;
  for (const Json& json : file.at("cases")) {
    Case test;
    const Json& source = json.contains("policy") || json.contains("policy_text") ? json : file;
    test.policy = source.value("policy_text", source.value("policy", Json()));
    test.user = json.value("user", Json());
    test.files = json.value("files", file.value("files", Json::object()));
    test.no_builtin = json.value("no_builtin", file.value("no_builtin", false));
    test.json = json;
    std::string name = std::to_string(++number) + " " + json.at("name").get<std::string>();
    testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, path.c_str(), 1,
                          [test]() -> testing::Test* { return new CaseTest(test); });
  }
}

// Every condition and every effect has cases, and every folder of cases is of one of them.
TEST(Cases, EveryConditionAndEffectHasAFolder) {
  for (const auto& row : ConditionRegistry()) {
    EXPECT_FALSE(fs::is_empty(fs::path(LASTLOOK_CASES_DIR) / row.name)) << row.name;
  }
  for (const auto& row : EffectRegistry()) {
    EXPECT_FALSE(fs::is_empty(fs::path(LASTLOOK_CASES_DIR) / row.name)) << row.name;
  }
  for (const auto& entry : fs::directory_iterator(LASTLOOK_CASES_DIR)) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(!entry.is_directory() || name == "engine" || FindCondition(name) != nullptr ||
                FindEffect(name) != nullptr)
        << name;
  }
}

void ExpectComplete(std::string_view name, std::string_view schema, const std::string& key) {
  const Result<Json> json = ParseJson(schema);
  ASSERT_TRUE(json.ok()) << name;
  const Json texts = json->value("x-texts", Json::object());
  EXPECT_TRUE(texts.contains(key)) << name << " has no text \"" << key << "\"";
  for (const auto& [text, languages] : texts.items()) {
    for (const char* language : {"en", "ja", "zh"}) {
      EXPECT_FALSE(languages.value(language, "").empty()) << name << ": " << text << " lacks " << language;
    }
  }
}

TEST(Cases, EverySchemaHasItsTextsInAllLanguages) {
  for (const auto& row : ConditionRegistry()) {
    ExpectComplete(row.name, row.schema, "title");
    ExpectComplete(row.name, row.schema, "message");
  }
  for (const auto& row : EffectRegistry()) {
    ExpectComplete(row.name, row.schema, "label");
  }
}

}  // namespace
}  // namespace lastlook

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<std::filesystem::path> files = lastlook::CaseFiles(LASTLOOK_ACCIDENTS_DIR);
  for (const auto& folder : std::filesystem::directory_iterator(LASTLOOK_CASES_DIR)) {
    if (folder.is_directory()) {
      const auto more = lastlook::CaseFiles(folder.path());
      files.insert(files.end(), more.begin(), more.end());
    }
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    lastlook::RegisterFile(file);
  }
  return RUN_ALL_TESTS();
}
