// SPDX-License-Identifier: MPL-2.0
// Labelled sentences (tests/detect/forgotten_attachment.jsonl), those for tuning and those held out, which were written
// before the finder was and never tuned for.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "base/json.h"
#include "base/text_fold.h"
#include "detect/attachment_mention.h"

namespace lastlook {
namespace {

struct Score {
  int needed = 0;
  int found = 0;
  int other = 0;
  int wrongly = 0;
};

TEST(ForgottenAttachment, FindsWhatSaysSoAndLittleElse) {
  std::ifstream file(LASTLOOK_SOURCE_DIR "/tests/detect/forgotten_attachment.jsonl");
  std::map<std::string, Score> scores;
  int sentences = 0;
  for (std::string line; std::getline(file, line);) {
    const Result<Json> json = ParseJson(line);
    ASSERT_TRUE(json.ok()) << line;
    const std::string text = (*json)["text"].get<std::string>();
    const bool found = !detect::FindAttachmentMentions(Fold(text)).empty();
    const bool needed = (*json)["needs"].get<bool>();
    for (const std::string& part : {(*json)["part"].get<std::string>(),
                                    (*json)["part"].get<std::string>() + " " + (*json)["lang"].get<std::string>()}) {
      Score& score = scores[part];
      score.needed += needed ? 1 : 0;
      score.found += needed && found ? 1 : 0;
      score.other += needed ? 0 : 1;
      score.wrongly += !needed && found ? 1 : 0;
    }
    if (found != needed && std::getenv("LASTLOOK_SHOW_MISSES") != nullptr) {
      std::cerr << (needed ? "missed " : "wrong  ") << text << "\n";
    }
    ++sentences;
  }
  EXPECT_GE(sentences, 200);
  for (const auto& [part, score] : scores) {
    std::cout << part << ": recall " << score.found << "/" << score.needed << ", false " << score.wrongly << "/"
              << score.other << "\n";
  }
  for (const char* part : {"tuning", "held-out", "blind-1", "blind-2"}) {
    const Score& score = scores[part];
    EXPECT_GE(score.found * 100, score.needed * 90) << part;
    EXPECT_LE(score.wrongly * 100, score.other * 5) << part;
  }
}

}  // namespace
}  // namespace lastlook
