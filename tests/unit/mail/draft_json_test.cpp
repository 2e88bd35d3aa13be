// SPDX-License-Identifier: MPL-2.0
#include "mail/draft_json.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

Result<Draft> Read(std::string_view text, const PathReader& path_reader = nullptr) {
  return DraftFromJson(ParseJson(text).value(), path_reader);
}

constexpr std::string_view kWhole = R"({
  "from": "山田太郎 <taro@kodama.example.jp>",
  "to": ["ito@c-corp.example, Kate <kate@a-shoji.example>"], "cc": "TeamX <TeamX>", "bcc": [],
  "reply_to": "sales@kodama.example.jp",
  "subject": "お見積り", "body": {"text": "本文", "html": "<p>本文</p>"},
  "attachments": [{"id": "a1", "name": "見積.pdf", "type": "application/pdf", "content": "JVBERg=="},
                  {"name": "later.zip", "size": 123456789}],
  "headers": {"X-Priority": "1", "Received": ["a", "b"]},
  "compose": {"kind": "reply_all", "initial_recipients": ["ito@c-corp.example"],
              "original": {"from": "ito@c-corp.example", "to": ["taro@kodama.example.jp"], "hidden": true},
              "pasted": [{"length": 250, "from": ["kate@x.example", "li@y.example"]}, {"length": 3}]},
  "of-tomorrow": 1
})";

TEST(DraftJson, ReadsEveryMember) {
  const Result<Draft> draft = Read(kWhole);
  ASSERT_TRUE(draft.ok()) << DescribeError(draft.error());
  EXPECT_EQ(draft->from->display_name, "山田太郎");
  ASSERT_EQ(draft->recipients.size(), 3U);
  EXPECT_EQ(draft->recipients[1].Id(), "to[1]");
  EXPECT_EQ(draft->recipients[1].mailbox.display_name, "Kate");
  EXPECT_FALSE(draft->recipients[2].mailbox.address.has_value());
  EXPECT_EQ(draft->reply_to.size(), 1U);
  EXPECT_EQ(draft->subject, "お見積り");
  EXPECT_EQ(draft->body.text, "本文");
  EXPECT_EQ(draft->body.html, "<p>本文</p>");
  ASSERT_EQ(draft->attachments.size(), 2U);
  EXPECT_EQ(draft->attachments[0].id, "a1");
  EXPECT_EQ(draft->attachments[0].size_bytes, 4U);
  EXPECT_EQ(*draft->attachments[0].bytes, "%PDF");
  EXPECT_EQ(draft->attachments[0].Sha256(), "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027");
  EXPECT_EQ(draft->attachments[1].id, "attachments[1]");
  EXPECT_EQ(draft->attachments[1].size_bytes, 123456789U);
  EXPECT_EQ(draft->attachments[1].bytes, nullptr);
  EXPECT_EQ(draft->attachments[1].Sha256(), "");
  EXPECT_EQ(draft->headers.size(), 3U);
  EXPECT_EQ(draft->compose.kind, ComposeKind::kReplyAll);
  EXPECT_EQ(draft->compose.initial_recipients->size(), 1U);
  ASSERT_EQ(draft->compose.pasted->size(), 2U);
  EXPECT_EQ(draft->compose.pasted->front().length, 250U);
  EXPECT_EQ(draft->compose.pasted->front().people.size(), 2U);
  EXPECT_TRUE(draft->compose.original->hidden);
  EXPECT_EQ(draft->compose.original->to.size(), 1U);
}

TEST(DraftJson, WhatIsWrittenReadsBackTheSame) {
  const OrderedJson once = DraftToJson(Read(kWhole).value());
  const OrderedJson twice = DraftToJson(Read(DumpJson(once)).value());
  EXPECT_EQ(once, twice);
  EXPECT_EQ(once["to"][1], "Kate <kate@a-shoji.example>");
}

TEST(DraftJson, AbsentIsNotEmpty) {
  const Draft draft = Read("{}").value();
  EXPECT_FALSE(draft.from.has_value());
  EXPECT_TRUE(draft.recipients.empty());
  EXPECT_FALSE(draft.body.text.has_value());
  EXPECT_FALSE(draft.compose.kind.has_value());
  EXPECT_FALSE(draft.compose.initial_recipients.has_value());
  EXPECT_TRUE(Read(R"({"compose": {"initial_recipients": []}})")->compose.initial_recipients.has_value());
}

TEST(DraftJson, TakesShortForms) {
  const Draft draft = Read(R"({"body": "text", "headers": [["B", "2"], ["A", "1"]]})").value();
  EXPECT_EQ(draft.body.text, "text");
  EXPECT_EQ(draft.headers[0].first, "B");
}

TEST(DraftJson, SeveralAuthorsAreNoKnownSender) {
  const Draft draft = Read(R"({"from": "a@x.example, b@y.example"})").value();
  ASSERT_TRUE(draft.from.has_value());
  EXPECT_FALSE(draft.from->address.has_value());
}

TEST(DraftJson, RefusesWrongTypesWithTheirPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {R"([])", ""},
      {R"({"to": 1})", "/to"},
      {R"({"to": ["a@x.example", null]})", "/to/1"},
      {R"({"from": {}})", "/from"},
      {R"({"subject": null})", "/subject"},
      {R"({"body": 1})", "/body"},
      {R"({"body": {"html": []}})", "/body/html"},
      {R"({"attachments": {}})", "/attachments"},
      {R"({"attachments": ["a"]})", "/attachments/0"},
      {R"({"attachments": [{"name": 1}]})", "/attachments/0/name"},
      {R"({"attachments": [{"size": -1}]})", "/attachments/0/size"},
      {R"({"attachments": [{"size": 1.5}]})", "/attachments/0/size"},
      {R"({"attachments": [{}, {"content": "***"}]})", "/attachments/1/content"},
      {R"({"attachments": [{"path": "a.pdf"}]})", "/attachments/0/path"},
      {R"({"attachments": [{"path": "a.pdf", "content": ""}]})", "/attachments/0/path"},
      {R"({"attachments": [{"id": "a"}, {"id": "a"}]})", "/attachments/1/id"},
      {R"({"headers": 1})", "/headers"},
      {R"({"headers": {"a/b": 1}})", "/headers/a~1b"},
      {R"({"headers": {"A": ["1", 2]}})", "/headers/A/1"},
      {R"({"headers": [["A"]]})", "/headers/0"},
      {R"({"compose": []})", "/compose"},
      {R"({"compose": {"kind": "answer"}})", "/compose/kind"},
      {R"({"compose": {"initial_recipients": 1}})", "/compose/initial_recipients"},
      {R"({"compose": {"original": {"hidden": 1}}})", "/compose/original/hidden"},
      {R"({"compose": {"pasted": {}}})", "/compose/pasted"},
      {R"({"compose": {"pasted": ["a"]}})", "/compose/pasted/0"},
      {R"({"compose": {"pasted": [{"from": "a@x.example"}]}})", "/compose/pasted/0/length"},
      {R"({"compose": {"pasted": [{"length": -1}]}})", "/compose/pasted/0/length"},
      {R"({"compose": {"pasted": [{"length": 1, "from": 2}]}})", "/compose/pasted/0/from"},
      {R"({"compose": {"original": {"cc": 1}}})", "/compose/original/cc"},
  };
  for (const auto& [text, pointer] : cases) {
    const Result<Draft> draft = Read(text);
    ASSERT_FALSE(draft.ok()) << text;
    EXPECT_EQ(draft.error().code, ErrorCode::kDraftInvalid) << text;
    EXPECT_EQ(draft.error().pointer, pointer) << text;
    EXPECT_FALSE(draft.error().remedy.empty()) << text;
  }
}

TEST(DraftJson, ReadsPathsThroughTheReaderOnly) {
  const PathReader reader = [](const std::string& path) -> Result<std::shared_ptr<const std::string>> {
    if (path == "a.pdf") {
      return std::make_shared<const std::string>("%PDF");
    }
    return Error{ErrorCode::kUnreadableInput, "no such file", "", ""};
  };
  EXPECT_EQ(*Read(R"({"attachments": [{"path": "a.pdf"}]})", reader)->attachments[0].bytes, "%PDF");
  const Result<Draft> missing = Read(R"({"attachments": [{"path": "b.pdf"}]})", reader);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().pointer, "/attachments/0/path");
}

}  // namespace
}  // namespace lastlook
