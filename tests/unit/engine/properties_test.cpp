// SPDX-License-Identifier: MPL-2.0
// What holds for every policy and every mail, on many made at random.
#include <gtest/gtest.h>

#include "engine/commit.h"
#include "engine/random_policies.h"
#include "engine/test_policy.h"

namespace lastlook {
namespace {

TEST(Properties, OfEveryVerdict) {
  Maker maker(20261122);
  int blocked = 0;
  int modified = 0;
  int quiet = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string policy_text = maker.Policy();
    const std::string mail = maker.Mail();
    SCOPED_TRACE(policy_text + "\n" + mail);
    const auto policy = PolicyFrom(policy_text);
    const Draft draft = DraftFrom(mail);
    const Verdict verdict = Evaluate(*policy, draft, {}, "en");
    // The same input, the same bytes; language changes words and nothing else.
    ASSERT_EQ(VerdictJson(verdict), VerdictJson(Evaluate(*policy, draft, {}, "en")));
    ASSERT_EQ(VerdictJson(verdict), VerdictJson(Evaluate(*PolicyFrom(policy_text), DraftFrom(mail), {}, "en")));
    const Verdict japanese = Evaluate(*policy, draft, {}, "ja");
    ASSERT_EQ(japanese.disposition, verdict.disposition);
    ASSERT_EQ(japanese.acknowledge, verdict.acknowledge);
    const bool changed = !PatchBetween(draft, verdict.result).empty();
    if (verdict.disposition == Disposition::kBlock) {
      ++blocked;
      ASSERT_TRUE(verdict.obligations.empty() && verdict.needs.empty() && !changed);
      ASSERT_EQ(verdict.findings.front().mode, Mode::kBlock);
    }
    modified += verdict.disposition == Disposition::kModify ? 1 : 0;
    if (verdict.disposition == Disposition::kAllow) {
      ASSERT_FALSE(changed);
      quiet += verdict.needs.empty() ? 1 : 0;
    }
    ASSERT_EQ(verdict.disposition == Disposition::kDelay, verdict.hold_seconds > 0);
    // Nobody gets lost: every recipient of the draft is a recipient of the result.
    for (const Recipient& before : draft.recipients) {
      ASSERT_TRUE(std::any_of(verdict.result.recipients.begin(), verdict.result.recipients.end(),
                              [&](const Recipient& after) {
                                return before.mailbox.address
                                           ? after.mailbox.address &&
                                                 after.mailbox.address->Key() == before.mailbox.address->Key()
                                           : after.mailbox.typed == before.mailbox.typed;
                              }))
          << before.Id();
    }
    // What cannot be parsed is never inside.
    for (const VerdictRecipient& recipient : verdict.recipients) {
      ASSERT_TRUE(recipient.side != Side::kInside || recipient.address.ends_with("@in.example"));
      ASSERT_EQ(recipient.side == Side::kUnknown, recipient.organisation.empty());
    }
    // Every finding has a title and a message or is named by its rule, and its evidence a reason.
    for (const Finding& finding : verdict.findings) {
      ASSERT_FALSE(finding.title.empty());
      ASSERT_GE(finding.evidence_total, finding.evidence.size());
      for (const VerdictEvidence& evidence : finding.evidence) {
        ASSERT_FALSE(evidence.why.empty());
      }
    }
    // A commit passes exactly when everything is covered.
    CommitRequest request{verdict.digest,
                          verdict.policy_sha256,
                          verdict.acknowledge,
                          "because",
                          RecipientsToCount(verdict),
                          {},
                          {"recipients", "hold", "body", "headers"}};
    for (const std::size_t index : verdict.retype) {
      request.typed_names.push_back(draft.attachments[index].name);
    }
    const auto answer = Commit(*policy, draft, {}, request);
    ASSERT_EQ(answer.ok(), verdict.disposition != Disposition::kBlock);
    if (answer.ok()) {
      ASSERT_EQ(answer->result_digest, DraftDigest(verdict.result));
    }
    for (const std::string& need : verdict.needs) {
      CommitRequest less = request;
      if (need == "type_count") {
        ++*less.typed_count;
      } else if (need == "retype_names") {
        less.typed_names.pop_back();
      } else {
        continue;
      }
      ASSERT_EQ(Commit(*policy, draft, {}, less).error().missing, std::vector<std::string>{need});
    }
    if (!verdict.acknowledge.empty()) {
      request.acknowledged.pop_back();
      ASSERT_FALSE(Commit(*policy, draft, {}, request).ok());
    }
  }
  // The generator reaches every kind of verdict.
  EXPECT_GT(blocked, 100);
  EXPECT_GT(modified, 100);
  EXPECT_GT(quiet, 100);
}

}  // namespace
}  // namespace lastlook
