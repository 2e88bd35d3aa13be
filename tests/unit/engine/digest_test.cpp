// SPDX-License-Identifier: MPL-2.0
#include <gtest/gtest.h>

#include <set>

#include "engine/test_policy.h"

namespace lastlook {
namespace {

std::string Digest(const std::string& draft) {
  return DraftDigest(DraftFrom(draft));
}

TEST(DraftDigest, SurvivesWhatSavingChanges) {
  const std::string once =
      Digest(R"({"to":"Ito <ito@a.example>","subject":"A  b","body":{"html":"<p>Hello\nworld</p>"}})");
  EXPECT_EQ(
      Digest(
          R"({"to":["\"Ito H.\" <ITO@a.example>"],"subject":" A b ","body":{"html":"<div><p>Hello  world</p></div>"}})"),
      once);
  EXPECT_EQ(once.substr(0, 7), "sha256:");
}

TEST(DraftDigest, ChangesWithEverythingThatMatters) {
  const std::set<std::string> digests = {
      Digest(R"({"to":"a@a.example","subject":"s","body":"b"})"),
      Digest(R"({"cc":"a@a.example","subject":"s","body":"b"})"),
      Digest(R"({"to":"b@a.example","subject":"s","body":"b"})"),
      Digest(R"({"to":"a@a.example,b@b.example","subject":"s","body":"b"})"),
      Digest(R"({"to":"a@a.example","subject":"t","body":"b"})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":"c"})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":{"html":"<a href='https://x.example/'>b</a>"}})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":{"html":"<a href='https://y.example/'>b</a>"}})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":"b","attachments":[{"id":"1","name":"f"}]})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":"b","attachments":[{"id":"1","name":"g"}]})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":"b","attachments":[{"id":"1","name":"f","size":9}]})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":"b","attachments":[{"id":"1","name":"f","content":"QQ=="}]})"),
      Digest(R"({"to":"a@a.example","subject":"s","body":"b","attachments":[{"id":"1","name":"f","content":"Qg=="}]})"),
      Digest(R"({"to":"x@@y","subject":"s","body":"b"})"),
  };
  EXPECT_EQ(digests.size(), 14U);
}

TEST(DraftDigest, PartsCannotRunIntoEachOther) {
  EXPECT_NE(Digest(R"({"subject":"a\nbody:1:b","body":""})"), Digest(R"({"subject":"a","body":"b"})"));
}

}  // namespace
}  // namespace lastlook
