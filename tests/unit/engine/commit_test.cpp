// SPDX-License-Identifier: MPL-2.0
#include "engine/commit.h"

#include <gtest/gtest.h>

#include "engine/test_policy.h"
#include "mail/address_parser.h"

namespace lastlook {
namespace {

constexpr char kPolicy[] = R"({"schema":1,"lists":{"internal":["in.example"],"blocked":["no.example"]},"rules":[
  {"id":"ask","mode":"confirm","if":{"recipients":{"not_in":"internal"}},"offer":[{"move_to_bcc":{"not_in":"internal"}}]},
  {"id":"why","mode":"justify","if":{"text":{"any_of":["secret"]}}},
  {"id":"copy","mode":"warn","if":{"recipients":{"not_in":"internal"}},"do":[{"add_bcc":["audit@in.example"]}]},
  {"id":"later","mode":"hold","if":{"text":{"any_of":["later"]}},"do":[{"hold":{"minutes":2}}]},
  {"id":"no","mode":"block","if":{"recipients":{"in":"blocked"}}}]})";

class CommitTest : public testing::Test {
 protected:
  CommitTest() : policy_(PolicyFrom(kPolicy)) {}

  // A request that covers everything about this draft.
  CommitRequest FullRequest(const Draft& draft) const {
    const Verdict verdict = Evaluate(*policy_, draft, {}, "en");
    CommitRequest request;
    request.digest = verdict.digest;
    request.policy_sha256 = verdict.policy_sha256;
    request.acknowledged = verdict.acknowledge;
    request.reason = "the customer asked for it";
    request.client_capabilities = {"recipients", "hold"};
    return request;
  }

  ErrorCode Refusal(const Draft& draft, const CommitRequest& request) const {
    const auto answer = Commit(*policy_, draft, {}, request);
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? ErrorCode::kInternalError : answer.error().code;
  }

  std::shared_ptr<const PreparedPolicy> policy_;
  Draft outside_ = DraftFrom(R"({"from":"me@in.example","to":"a@out.example","subject":"secret","body":"x"})");
};

TEST_F(CommitTest, GivesThePatchAndTheDigestOfTheResult) {
  const auto answer = Commit(*policy_, outside_, {}, FullRequest(outside_));
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->patch.recipients->bcc, std::vector<std::string>{"audit@in.example"});
  const Draft result = DraftFrom(
      R"({"from":"me@in.example","to":"a@out.example","bcc":"audit@in.example","subject":"secret","body":"x"})");
  EXPECT_EQ(answer->result_digest, DraftDigest(result));
  EXPECT_EQ(answer->hold_seconds, 0);
}

TEST_F(CommitTest, RefusesAnotherMail) {
  const CommitRequest request = FullRequest(outside_);
  EXPECT_EQ(
      Refusal(DraftFrom(R"({"from":"me@in.example","to":"b@out.example","subject":"secret","body":"x"})"), request),
      ErrorCode::kStaleDigest);
}

TEST_F(CommitTest, RefusesAnotherPolicy) {
  CommitRequest request = FullRequest(outside_);
  request.policy_sha256[0] ^= 1;
  EXPECT_EQ(Refusal(outside_, request), ErrorCode::kStalePolicy);
}

TEST_F(CommitTest, RefusesWithoutTheTick) {
  CommitRequest request = FullRequest(outside_);
  request.acknowledged = {"cc[0]"};
  const auto answer = Commit(*policy_, outside_, {}, request);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kNotCovered);
  EXPECT_EQ(answer.error().missing, std::vector<std::string>{"to[0]"});
}

TEST_F(CommitTest, RefusesWithoutTheReason) {
  CommitRequest request = FullRequest(outside_);
  request.reason = " \n";
  const auto answer = Commit(*policy_, outside_, {}, request);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().missing, std::vector<std::string>{"justify"});
}

TEST_F(CommitTest, RefusesABlockedMail) {
  const Draft draft = DraftFrom(R"({"from":"me@in.example","to":"a@no.example"})");
  EXPECT_EQ(Refusal(draft, FullRequest(draft)), ErrorCode::kBlocked);
}

TEST_F(CommitTest, NeverDropsWhatTheClientCannotDo) {
  CommitRequest request = FullRequest(outside_);
  request.client_capabilities = {"hold"};
  EXPECT_EQ(Refusal(outside_, request), ErrorCode::kCannotCarryOut);
  const Draft later = DraftFrom(R"({"from":"me@in.example","to":"a@in.example","subject":"later"})");
  request = FullRequest(later);
  EXPECT_EQ(Commit(*policy_, later, {}, request)->hold_seconds, 120);
  request.client_capabilities = {"recipients"};
  EXPECT_EQ(Refusal(later, request), ErrorCode::kCannotCarryOut);
}

TEST_F(CommitTest, TheNumberIsTypedAboveTheLastTicks) {
  std::string to = "\"p0@d0.example\"";
  for (int i = 1; i < 60; ++i) {
    to += ",\"p" + std::to_string(i) + "@d" + std::to_string(i) + ".example\"";
  }
  const Draft draft = DraftFrom(R"({"from":"me@in.example","to":[)" + to + "]}");
  CommitRequest request = FullRequest(draft);
  request.typed_count = 59;
  EXPECT_EQ(Refusal(draft, request), ErrorCode::kNotCovered);
  request.typed_count = 60;
  EXPECT_TRUE(Commit(*policy_, draft, {}, request).ok());
}

TEST(CommitTyped, TheNumberThatARuleAsksFor) {
  const auto policy = PolicyFrom(R"({"schema":1,"lists":{"internal":["in.example"]},"rules":[
    {"id":"n","mode":"warn","if":{"recipients":{"min":2}},"do":[{"type_count":{"of":"everybody"}}]}]})");
  const Draft draft = DraftFrom(R"({"from":"me@in.example","to":["a@out.example","b@in.example"]})");
  const Verdict verdict = Evaluate(*policy, draft, {}, "en");
  CommitRequest request{verdict.digest, verdict.policy_sha256, {}, "", {}, {}, {}};
  for (const auto& [typed, passes] : {std::pair<std::optional<std::int64_t>, bool>{{}, false}, {1, false}, {2, true}}) {
    request.typed_count = typed;
    const auto answer = Commit(*policy, draft, {}, request);
    ASSERT_EQ(answer.ok(), passes);
    if (!passes) {
      EXPECT_EQ(answer.error().missing, std::vector<std::string>{"type_count"});
    }
  }
}

TEST(CommitTyped, TheNamesOfTheFiles) {
  const auto policy = PolicyFrom(R"({"schema":1,"rules":[
    {"id":"n","mode":"warn","if":{"recipients":{"min":1}},"do":[{"retype_names":{"name":["*.xlsx","*.pdf"]}}]}]})");
  // The second name as a Mac writes it: letters and marks apart.
  const Draft draft =
      DraftFrom(R"({"to":"a@out.example","attachments":[{"id":"1","name":"Offer １.XLSX"},{"id":"2","name":"x.txt"},)"
                R"({"id":"3","name":"か\u3099.pdf"}]})");
  const Verdict verdict = Evaluate(*policy, draft, {}, "en");
  EXPECT_EQ(verdict.retype, (std::vector<std::size_t>{0, 2}));
  CommitRequest request{verdict.digest, verdict.policy_sha256, {}, "", {}, {}, {}};
  using Names = std::vector<std::string>;
  for (const Names& names : {Names{"offer 1.xlsx", "が.pdf"}, Names{" Offer １.XLSX ", "か\u3099.pdf"}}) {
    request.typed_names = names;
    EXPECT_TRUE(Commit(*policy, draft, {}, request).ok()) << names[0];
  }
  for (const Names& names :
       {Names{}, Names{"offer 1.xlsx"}, Names{"offer 1.xlsx", "か.pdf"}, Names{"が.pdf", "offer 1.xlsx"},
        Names{"offer 1.xlsx", "が.pdf", "x.txt"}, Names{"offer1.xlsx", "が.pdf"}, Names{"", ""}}) {
    request.typed_names = names;
    const auto answer = Commit(*policy, draft, {}, request);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().missing, std::vector<std::string>{"retype_names"});
  }
}

TEST(CommitProblem, AnObligationThatCannotBeCarriedOutKeepsTheMail) {
  const auto policy = PolicyFrom(R"({"schema":1,"rules":[
    {"id":"gone","mode":"warn","if":{"recipients":{"min":1}},"do":[{"remove_recipients":{"in":"out.example"}}]}]})");
  const Draft draft = DraftFrom(R"({"to":"a@out.example"})");
  const Verdict verdict = Evaluate(*policy, draft, {}, "ja");
  ASSERT_TRUE(HasProblem(verdict));
  CommitRequest request{verdict.digest, verdict.policy_sha256, {}, "", {}, {}, {"recipients"}};
  request.language = "ja";
  const auto answer = Commit(*policy, draft, {}, request);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kCannotCarryOut);
  EXPECT_EQ(answer.error().message, verdict.obligations[0].problem);
  EXPECT_NE(answer.error().message.find("宛先"), std::string::npos);
}

TEST(CommitPatch, NamesOnlyWhatChanges) {
  const auto policy = PolicyFrom(R"({"schema":1,"rules":[
    {"id":"foot","mode":"warn","if":{"recipients":{"min":1}},"do":[{"add_text":{"text":"Kodama"}},
     {"add_header":{"name":"X-Label","value":"public"}}]}]})");
  const Draft draft = DraftFrom(R"({"to":"a@out.example","subject":"s","body":{"html":"<p>Hi</p>"}})");
  const Verdict verdict = Evaluate(*policy, draft, {}, "en");
  EXPECT_EQ(verdict.disposition, Disposition::kModify);
  CommitRequest request{verdict.digest, verdict.policy_sha256, {}, "", {}, {}, {"body"}};
  EXPECT_EQ(Commit(*policy, draft, {}, request).error().code, ErrorCode::kCannotCarryOut);
  request.client_capabilities = {"body", "headers"};
  const auto answer = Commit(*policy, draft, {}, request);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(DumpJson(PatchToJson(answer->patch)),
            R"({"body":{"html":"<p>Hi</p><p>Kodama</p>"},"headers":[{"name":"X-Label","value":"public"}]})");
  EXPECT_EQ(
      answer->result_digest,
      DraftDigest(DraftFrom(
          R"({"to":"a@out.example","subject":"s","body":{"html":"<html><body><p>Hi</p>\n<p>Kodama</p></body>"}})")));
}

TEST(Patch, EveryMember) {
  const Draft before =
      DraftFrom(R"({"to":"a@a.example","subject":"s","body":{"text":"b"},"headers":[["X-A","1"],["x-a","2"]]})");
  const Draft after = DraftFrom(
      R"({"from":"b@a.example","cc":"a@a.example","subject":"t","body":{"text":""},"headers":[["X-A","1"]]})");
  EXPECT_TRUE(PatchBetween(before, before).empty());
  EXPECT_EQ(
      DumpJson(PatchToJson(PatchBetween(before, after))),
      R"({"recipients":{"to":[],"cc":["a@a.example"],"bcc":[]},"from":"b@a.example","subject":"t","body":{"text":""},)"
      R"("headers":[{"name":"X-A","value":"1"}]})");
}

TEST_F(CommitTest, AFixIsThePatchOfThatEffectAlone) {
  const auto answer = ApplyFix(*policy_, outside_, {}, "ask", "move_to_bcc", {"recipients"});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->patch.recipients->to, std::vector<std::string>{"me@in.example"});
  EXPECT_EQ(answer->patch.recipients->bcc, std::vector<std::string>{"a@out.example"});
  EXPECT_EQ(ApplyFix(*policy_, outside_, {}, "ask", "add_bcc", {"recipients"}).error().code, ErrorCode::kUnknownFix);
  EXPECT_EQ(ApplyFix(*policy_, outside_, {}, "copy", "add_bcc", {"recipients"}).error().code, ErrorCode::kUnknownFix);
  // A client that cannot carry it out hears so before anything is tried.
  EXPECT_EQ(ApplyFix(*policy_, outside_, {}, "ask", "move_to_bcc", {"body"}).error().code, ErrorCode::kCannotCarryOut);
  const Draft inside = DraftFrom(R"({"to":"a@in.example"})");
  EXPECT_EQ(ApplyFix(*policy_, inside, {}, "ask", "move_to_bcc", {"recipients"}).error().code, ErrorCode::kUnknownFix);
}

TEST_F(CommitTest, AnExpandedListIsWrittenOutOnlyWhenItChanges) {
  Context context;
  context.lists["team"] = {ParseMailbox("a@out.example"), ParseMailbox("b@in.example")};
  const Draft draft = DraftFrom(R"({"from":"me@in.example","to":"Team <Team>"})");
  const Verdict verdict = Evaluate(*policy_, draft, context, "en");
  CommitRequest request = FullRequest(draft);
  request.digest = verdict.digest;
  request.acknowledged = verdict.acknowledge;
  const auto answer = Commit(*policy_, draft, context, request);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->patch.recipients->to, (std::vector<std::string>{"a@out.example", "b@in.example"}));
  context.lists["team"] = {ParseMailbox("b@in.example")};
  const Verdict quiet = Evaluate(*policy_, draft, context, "en");
  request.digest = quiet.digest;
  EXPECT_FALSE(Commit(*policy_, draft, context, request)->patch.recipients.has_value());
}

TEST(ExpandLists, ALongChainOfListsIsNoRecursion) {
  Context context;
  constexpr int kLists = 200000;
  for (int i = 0; i < kLists; ++i) {
    context.lists["l" + std::to_string(i)] = {ParseMailbox("l" + std::to_string(i + 1))};
  }
  context.lists["l" + std::to_string(kLists)] = {ParseMailbox("a@a.example"), ParseMailbox("b@b.example")};
  const Draft expanded = ExpandLists(DraftFrom(R"({"to":"l0, c@c.example"})"), context);
  ASSERT_EQ(expanded.recipients.size(), 3U);
  EXPECT_EQ(expanded.recipients[0].mailbox.ToString(), "a@a.example");
  EXPECT_EQ(expanded.recipients[2].Id(), "to[2]");
}

}  // namespace
}  // namespace lastlook
