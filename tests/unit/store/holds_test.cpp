// SPDX-License-Identifier: MPL-2.0
#include "store/holds.h"

#include "test_store.h"

namespace lastlook {
namespace {

constexpr std::int64_t kNowMs = kNow * 1000;
constexpr std::int64_t kMinute = 60'000;
const Moment kBegun = {kNowMs, "boot-1", 5'000'000};

Moment After(std::int64_t ms, std::int64_t clock_was_moved_by = 0) {
  return {kBegun.unix_ms + ms + clock_was_moved_by, kBegun.boot, kBegun.boot_ms + ms};
}

HeldMail MailNamed(const std::string& id, std::int64_t hold_ms = 5 * kMinute) {
  HeldMail mail;
  mail.id = id;
  mail.owner = "profile";
  mail.digest = "sha256:written";
  mail.begun = kBegun;
  mail.hold_ms = hold_ms;
  mail.from = "me@kodama.example.jp";
  mail.subject = "御見積";
  mail.recipients = {"伊藤 <ito@c-corp.example>"};
  mail.recipients_total = 1;
  mail.compose = R"({"kind":"reply"})";
  mail.where = "{}";
  return mail;
}

template <typename T>
ErrorCode CodeOf(const Result<T>& result) {
  return result.ok() ? ErrorCode::kInternalError : result.error().code;
}

class HoldsTest : public StoreTest {
 protected:
  HeldMail Waiting(const std::string& id, std::int64_t hold_ms = 5 * kMinute) {
    EXPECT_TRUE(holds_.Begin(MailNamed(id, hold_ms)).ok());
    return holds_.Saved(id, "profile", R"({"message_id":"1@x.example"})").value();
  }

  std::unique_ptr<Store> store_ = NewStore();
  Holds holds_{*store_};
};

TEST(Moments, TheWallClockHasNoSayWhileTheMachineRuns) {
  EXPECT_EQ(RemainingMs(kBegun, kMinute, After(20'000)), 40'000);
  EXPECT_EQ(RemainingMs(kBegun, kMinute, After(20'000, 3'600'000)), 40'000);
  EXPECT_EQ(RemainingMs(kBegun, kMinute, After(20'000, -3'600'000)), 40'000);
  EXPECT_EQ(RemainingMs(kBegun, kMinute, After(kMinute + 1)), -1);
}

TEST(Moments, AfterARestartItHasButNeverMoreThanTheWhole) {
  const Moment later = {kBegun.unix_ms + 20'000, "boot-2", 9'000};
  EXPECT_EQ(RemainingMs(kBegun, kMinute, later), 40'000);
  const Moment set_back = {kBegun.unix_ms - 86'400'000, "boot-2", 9'000};
  EXPECT_EQ(RemainingMs(kBegun, kMinute, set_back), kMinute);
  const Moment unknown = {kBegun.unix_ms + 20'000, "", 0};
  EXPECT_EQ(RemainingMs({kBegun.unix_ms, "", 0}, kMinute, unknown), 40'000);
}

TEST(Moments, OfThisMachine) {
  const Moment one = MomentNow();
  const Moment other = MomentNow();
  EXPECT_GT(one.unix_ms, 1'700'000'000'000);
  EXPECT_EQ(one.boot, other.boot);
  EXPECT_LE(one.boot_ms, other.boot_ms);
}

TEST_F(HoldsTest, FromConfirmedToSent) {
  ASSERT_TRUE(holds_.Begin(MailNamed("a")).ok());
  EXPECT_EQ(holds_.Find("a", "profile")->state, HoldState::kSaving);
  EXPECT_EQ(CodeOf(holds_.Claim("a", "profile", true, kBegun)), ErrorCode::kHoldBusy);  // nobody knows where it lies
  EXPECT_EQ(CodeOf(holds_.Begin(MailNamed("a"))), ErrorCode::kHoldBusy);
  EXPECT_EQ(holds_.Saved("a", "profile", R"({"message_id":"1"})")->state, HoldState::kWaiting);
  EXPECT_EQ(CodeOf(holds_.Claim("a", "profile", false, After(5 * kMinute - 1))), ErrorCode::kHoldNotDue);
  const HeldMail claimed = holds_.Claim("a", "profile", false, After(5 * kMinute)).value();
  EXPECT_EQ(claimed.state, HoldState::kReleasing);
  EXPECT_EQ(claimed.compose, R"({"kind":"reply"})");
  EXPECT_EQ(claimed.from, "me@kodama.example.jp");
  // Only one lets it go, and nobody takes it back meanwhile.
  EXPECT_EQ(CodeOf(holds_.Claim("a", "profile", true, After(5 * kMinute))), ErrorCode::kHoldBusy);
  EXPECT_EQ(CodeOf(holds_.Cancel("a", "profile", true)), ErrorCode::kHoldBusy);
  EXPECT_EQ(CodeOf(holds_.Saved("a", "profile", "{}")), ErrorCode::kHoldBusy);
  EXPECT_TRUE(holds_.Sent("a", "profile").ok());
  EXPECT_EQ(CodeOf(holds_.Sent("a", "profile")), ErrorCode::kUnknownHold);
  EXPECT_TRUE(holds_.List("")->empty());
}

TEST_F(HoldsTest, WhatIsAskedStaysUntilThePersonSaysSo) {
  Waiting("a");
  ASSERT_TRUE(holds_.Claim("a", "profile", false, After(5 * kMinute)).ok());
  EXPECT_EQ(holds_.Ask("a", "profile", "refused")->why, "refused");
  EXPECT_EQ(CodeOf(holds_.Claim("a", "profile", false, After(60 * kMinute))), ErrorCode::kHoldBusy);
  EXPECT_EQ(holds_.Saved("a", "profile", R"({"message_id":"2"})")->state, HoldState::kAsked);
  EXPECT_EQ(holds_.Claim("a", "profile", true, After(1))->why, "");
}

TEST_F(HoldsTest, NowWhenThePersonWantsItNow) {
  Waiting("a");
  EXPECT_TRUE(holds_.Claim("a", "profile", true, After(1)).ok());
}

TEST_F(HoldsTest, AnOwnerSeesOnlyTheirOwn) {
  Waiting("a");
  EXPECT_EQ(CodeOf(holds_.Find("a", "other")), ErrorCode::kUnknownHold);
  EXPECT_EQ(CodeOf(holds_.Cancel("a", "other", true)), ErrorCode::kUnknownHold);
  EXPECT_TRUE(holds_.List("other")->empty());
  EXPECT_EQ(holds_.List("profile")->size(), 1U);
  EXPECT_TRUE(holds_.Cancel("a", "", true).ok());  // the person at a terminal
}

TEST_F(HoldsTest, InTheOrderInWhichTheyLeave) {
  Waiting("late", 9 * kMinute);
  Waiting("early", 2 * kMinute);
  const auto all = holds_.List("profile").value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, "early");
  EXPECT_EQ(all[1].release_at_ms(), kNowMs + 9 * kMinute);
}

TEST_F(HoldsTest, ARuleMayForbidTakingItBack) {
  HeldMail mail = MailNamed("a");
  mail.may_cancel = false;
  ASSERT_TRUE(holds_.Begin(mail).ok());
  EXPECT_EQ(CodeOf(holds_.Cancel("a", "profile", true)), ErrorCode::kHoldMayNotBeCancelled);
  EXPECT_TRUE(holds_.Cancel("a", "profile", false).ok());  // it has become another mail, or could not be put away
}

TEST_F(HoldsTest, AnotherProcessOnTheSameFileSeesEachStep) {
  Waiting("a");
  const auto other_store = NewStore();
  Holds other(*other_store);
  ASSERT_EQ(other.List("profile")->size(), 1U);
  EXPECT_TRUE(other.Claim("a", "profile", true, kBegun).ok());
  EXPECT_EQ(CodeOf(holds_.Claim("a", "profile", true, kBegun)), ErrorCode::kHoldBusy);
  EXPECT_TRUE(other.Ask("a", "profile", "interrupted").ok());
  EXPECT_TRUE(holds_.Cancel("a", "profile", true).ok());
  EXPECT_EQ(CodeOf(other.Ask("a", "profile", "overdue")), ErrorCode::kUnknownHold);
}

TEST_F(HoldsTest, SaysNothingInClearAndRowsCannotBeExchanged) {
  Waiting("a");
  Waiting("b");
  for (const char* suffix : {"", "-wal"}) {
    const std::string bytes = ReadFile(place().Database() + suffix);
    for (const char* word : {"c-corp", "御見積", "profile", "message_id", "kodama"}) {
      EXPECT_EQ(bytes.find(word), std::string::npos) << word;
    }
  }
  ASSERT_TRUE(store_
                  ->Run([](Connection& connection, const StoreKeys&) -> Result<void> {
                    connection.Execute("DELETE FROM holds WHERE name = 'b'; UPDATE holds SET name = 'b'");
                    return {};
                  })
                  .ok());
  const auto all = holds_.List("").value();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_FALSE(all[0].readable);
  EXPECT_TRUE(holds_.List("profile")->empty());
  EXPECT_EQ(CodeOf(holds_.Claim("b", "profile", true, kBegun)), ErrorCode::kHoldBusy);  // never sent
  EXPECT_TRUE(holds_.Cancel("b", "", true).ok());
}

}  // namespace
}  // namespace lastlook
