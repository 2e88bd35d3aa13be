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

TEST_F(CommitTest, AFixIsThePatchOfThatEffectAlone) {
  const auto patch = ApplyFix(*policy_, outside_, {}, "ask", "move_to_bcc");
  ASSERT_TRUE(patch.ok());
  EXPECT_TRUE(patch->recipients->to.empty());
  EXPECT_EQ(patch->recipients->bcc, std::vector<std::string>{"a@out.example"});
  EXPECT_EQ(ApplyFix(*policy_, outside_, {}, "ask", "add_bcc").error().code, ErrorCode::kUnknownFix);
  EXPECT_EQ(ApplyFix(*policy_, outside_, {}, "copy", "add_bcc").error().code, ErrorCode::kUnknownFix);
  const Draft inside = DraftFrom(R"({"to":"a@in.example"})");
  EXPECT_EQ(ApplyFix(*policy_, inside, {}, "ask", "move_to_bcc").error().code, ErrorCode::kUnknownFix);
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
