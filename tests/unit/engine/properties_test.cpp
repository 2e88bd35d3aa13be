// SPDX-License-Identifier: MPL-2.0
// What holds for every policy and every mail, on many made at random.
#include <gtest/gtest.h>

#include <random>

#include "engine/commit.h"
#include "engine/test_policy.h"

namespace lastlook {
namespace {

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  unsigned Below(unsigned limit) { return random_() % limit; }
  template <typename T, std::size_t N>
  const T& OneOf(const T (&items)[N]) {
    return items[Below(N)];
  }

  std::string Condition(int depth) {
    const std::string leaves[] = {R"({"recipients":{"not_in":"internal"}})",
                                  R"({"recipients":{"in":"partners","min":2}})",
                                  R"({"recipient_domains":{"not_in":"internal","min":2}})",
                                  R"({"recipients_all":{"in":"internal"}})",
                                  R"({"recipients_outside_all":{"in":"partners"}})",
                                  R"({"attachments":{"min":1}})",
                                  R"({"attachments":{"min_bytes":100}})",
                                  R"({"text":{"any_of":["secret","社外秘"]}})"};
    if (depth == 0 || Below(3) == 0) {
      return OneOf(leaves);
    }
    if (Below(3) == 0) {
      return R"({"not":)" + Condition(depth - 1) + "}";
    }
    return std::string(Below(2) == 0 ? R"({"all":[)" : R"({"any":[)") + Condition(depth - 1) + "," +
           Condition(depth - 1) + "]}";
  }

  std::string Policy() {
    const char* modes[] = {"off", "simulate", "warn", "confirm", "justify", "hold", "block"};
    const char* effects[] = {R"({"add_bcc":["audit@in.example"]})",
                             R"({"add_cc":["boss@in.example"]})",
                             R"({"move_to_bcc":{"not_in":"internal"}})",
                             R"({"hold":{"minutes":3}})",
                             R"({"move_to_bcc":{"not_in":"internal","keep_one_organisation":true}})",
                             R"({"add_text":{"text":{"en":"for you","ja":"宛先の方へ"}}})",
                             R"({"add_header":{"name":"X-Label","value":"a"}})",
                             R"({"type_count":{}})",
                             R"({"retype_names":{"name":"*.pdf"}})",
                             R"({"notice":{"id":"n","text":"Mind the gap."}})"};
    std::string rules;
    const unsigned count = 1 + Below(6);
    for (unsigned i = 0; i < count; ++i) {
      rules += std::string(i == 0 ? "" : ",") + R"({"id":"r)" + std::to_string(i) + R"(","mode":")" + OneOf(modes) +
               R"(","if":)" + Condition(2);
      if (Below(3) == 0) {
        rules += R"(,"unless":)" + Condition(1);
      }
      if (Below(2) == 0) {
        rules += std::string(R"(,"do":[)") + OneOf(effects) + "]";
      }
      if (Below(3) == 0) {
        rules += std::string(R"(,"offer":[)") + OneOf(effects) + "]";
      }
      rules += "}";
    }
    return R"({"schema":1,"lists":{"internal":["in.example"],"partners":["p.example"]},"rules":[)" + rules + "]}";
  }

  std::string Recipients() {
    const char* people[] = {"a@in.example", "b@in.example", "c@out.example", "D <d@out.example>",
                            "e@p.example",  "f@@broken",    "Team <Team>",   "g@gmail.com"};
    std::string out;
    for (unsigned i = Below(5); i > 0; --i) {
      out += (out.empty() ? "\"" : ",\"") + std::string(OneOf(people)) + "\"";
    }
    return "[" + out + "]";
  }

  std::string Mail() {
    const char* bodies[] = {"hello", "社外秘", "secret plan", ""};
    const char* files[] = {"", R"({"id":"1","name":"a.pdf","size":50})", R"({"id":"1","name":"b.zip","size":500})",
                           R"({"id":"1","name":"c"})"};
    const char* senders[] = {"me@in.example", "me@gmail.com", "?"};
    return std::string(R"({"from":")") + OneOf(senders) + R"(","to":)" + Recipients() + R"(,"cc":)" + Recipients() +
           R"(,"bcc":)" + Recipients() + R"(,"subject":"s","body":")" + OneOf(bodies) + R"(","attachments":[)" +
           OneOf(files) + "]}";
  }

 private:
  std::mt19937 random_;
};

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
