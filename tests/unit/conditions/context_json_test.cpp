// SPDX-License-Identifier: MPL-2.0
#include "conditions/context_json.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

Result<Context> Read(const char* text) {
  return ContextFromJson(*ParseJson(text));
}

TEST(ContextJson, HistoryKeepsWhatIsKnownOfEachPerson) {
  const auto context = Read(R"({"history": ["mori@d-corp.example",
    {"address": "Ito <Ito@C-Corp.example>", "sent": 41, "received": 3, "last": "2026-11-01T09:00:00+09:00",
     "account": "Sato@kodama.example.jp", "with": ["mori@d-corp.example", "nobody"]}]})");
  ASSERT_TRUE(context.ok()) << DescribeError(context.error());
  const Acquaintance* ito = context->history->Find("ito@c-corp.example");
  ASSERT_NE(ito, nullptr);
  EXPECT_EQ(ito->name, "Ito");
  EXPECT_EQ(ito->sent, 41);
  EXPECT_EQ(ito->received, 3);
  EXPECT_EQ(ito->last->unix_seconds, 1793491200);
  EXPECT_EQ(ito->account, "sato@kodama.example.jp");
  EXPECT_EQ(ito->with, std::vector<Companion>{{"mori@d-corp.example"}});
  const Acquaintance* mori = context->history->Find("mori@d-corp.example");
  ASSERT_NE(mori, nullptr);
  EXPECT_FALSE(mori->sent.has_value());
  EXPECT_TRUE(context->history->HasDomain("c-corp.example"));
  EXPECT_FALSE(context->history->HasDomain("corp.example"));
}

TEST(ContextJson, AbsentIsNotEmpty) {
  EXPECT_EQ(Read("{}")->history, nullptr);
  EXPECT_NE(Read(R"({"history": []})")->history, nullptr);
  EXPECT_FALSE(Read("{}")->thread.has_value());
  EXPECT_FALSE(Read(R"({"recent": {}})")->recent->similar_last_minute.has_value());
}

TEST(ContextJson, ThreadAndRecent) {
  const auto context = Read(R"({"thread": {"answered_by": "kato@kodama.example.jp", "minutes_ago": 12},
    "recent": {"similar_last_minute": 5, "incident_minutes_ago": 90}})");
  ASSERT_TRUE(context.ok());
  EXPECT_EQ(context->thread->answered_by->address->local_part, "kato");
  EXPECT_EQ(context->thread->minutes_ago, 12);
  EXPECT_EQ(context->recent->similar_last_minute, 5);
  EXPECT_EQ(context->recent->incident_minutes_ago, 90);
}

TEST(ContextJson, TheConversation) {
  const auto context = Read(R"({"thread": {"id": "<1@k>", "usual": ["Ito <ito@c-corp.example>"]}})");
  ASSERT_TRUE(context.ok());
  EXPECT_EQ(context->thread->id, "<1@k>");
  ASSERT_TRUE(context->thread->usual.has_value());
  EXPECT_EQ(context->thread->usual->at(0).address->Key(), "ito@c-corp.example");
  EXPECT_FALSE(context->thread->answered_by.has_value());
  EXPECT_FALSE(Read(R"({"thread": {}})")->thread->usual.has_value());
}

TEST(ContextJson, WhatIsSilencedIsSoForOneConditionAndOnePerson) {
  const auto context = Read(R"({"silenced": [{"condition": "first_time", "address": "Ito@C-Corp.example"}]})");
  ASSERT_TRUE(context.ok()) << DescribeError(context.error());
  EXPECT_TRUE(context->silenced.Has("first_time", "ito@c-corp.example"));
  EXPECT_FALSE(context->silenced.Has("dormant", "ito@c-corp.example"));
  EXPECT_FALSE(context->silenced.Has("first_time", "mori@c-corp.example"));
  EXPECT_EQ(Read(R"({"silenced": ["ito@c-corp.example"]})").error().pointer, "/silenced/0");
}

TEST(ContextJson, WrongValuesAreNamedWithTheirPlace) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"({"history": [{"address": "a@b.example", "sent": -1}]})", "/history/0/sent"},
      {R"({"history": ["a@b.example", {"address": "c@b.example", "last": 5}]})", "/history/1/last"},
      {R"({"history": [{"address": "a@b.example", "with": [5]}]})", "/history/0/with/0"},
      {R"({"history": [{"address": "a@b.example", "with": [["c@b.example"]]}]})", "/history/0/with/0"},
      {R"({"history": [{"address": "a@b.example", "with": [{"address": "c@b.example", "mails": -1}]}]})",
       "/history/0/with/0/mails"},
      {R"({"history": [{"address": "a@b.example", "with": [{"address": "c@b.example", "last": "x"}]}]})",
       "/history/0/with/0/last"},
      {R"({"thread": 5})", "/thread"},
      {R"({"thread": {"minutes_ago": "5"}})", "/thread/minutes_ago"},
      {R"({"thread": {"usual": [5]}})", "/thread/usual/0"},
      {R"({"recent": {"similar_last_minute": 1.5}})", "/recent/similar_last_minute"},
      {R"({"now": "yesterday"})", "/now"},
  };
  for (const auto& [text, pointer] : wrong) {
    const auto context = Read(text);
    ASSERT_FALSE(context.ok()) << text;
    EXPECT_EQ(context.error().code, ErrorCode::kContextInvalid) << text;
    EXPECT_EQ(context.error().pointer, pointer) << text;
  }
}

}  // namespace
}  // namespace lastlook
