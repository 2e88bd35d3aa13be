// SPDX-License-Identifier: MPL-2.0
#include "cli/texts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/json.h"

namespace lastlook {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(LASTLOOK_SOURCE_DIR) / "host/cli";

std::string ReadFile(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Json AllTexts() {
  const Result<Json> texts = ParseJson(ReadFile(kFolder / "texts.json"));
  EXPECT_TRUE(texts.ok());
  return texts.ok() ? *texts : Json::object();
}

std::string AllSources() {
  std::string sources;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".cpp") {
      sources += ReadFile(entry.path());
    }
  }
  return sources;
}

// The "{name}" places of a text.
std::set<std::string> Places(const std::string& text) {
  std::set<std::string> places;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    places.insert(text.substr(at, text.find('}', at) - at));
  }
  return places;
}

TEST(Texts, EveryKeyHasEveryLanguageWithTheSamePlaces) {
  const Json texts = AllTexts();
  ASSERT_GT(texts.size(), 30U);
  for (const auto& [key, by_language] : texts.items()) {
    ASSERT_EQ(by_language.size(), 3U) << key;
    for (const char* language : {"en", "ja", "zh"}) {
      ASSERT_TRUE(by_language.contains(language)) << key << " lacks " << language;
      const std::string text = by_language[language];
      EXPECT_FALSE(text.empty()) << key << " " << language;
      EXPECT_EQ(Places(text), Places(by_language["en"])) << key << " " << language;
    }
  }
}

TEST(Texts, EveryKeyIsUsed) {
  const std::string sources = AllSources();
  const Json texts = AllTexts();
  for (const auto& [key, by_language] : texts.items()) {
    // Some are put together from a word and the name of a type or a band: "scan.type." + name.
    const std::string family = "\"" + key.substr(0, key.rfind('.') + 1) + "\"";
    EXPECT_TRUE(sources.find("\"" + key + "\"") != std::string::npos || sources.find(family) != std::string::npos)
        << key << " stands in texts.json and nowhere else";
  }
}

TEST(Texts, GivesTheLanguageAndFillsPlaces) {
  EXPECT_EQ(Texts("ja")("label.to"), "宛先");
  EXPECT_EQ(Texts("zh")("label.to"), "收件人");
  EXPECT_EQ(Texts("en")("more", {{"count", "3"}}), "and 3 more");
  EXPECT_EQ(Texts("en")("no.such.key"), "no.such.key");
}

}  // namespace
}  // namespace lastlook
