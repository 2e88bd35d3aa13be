// SPDX-License-Identifier: MPL-2.0
#include "cli/verdict_tally.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

Verdict VerdictOf(Disposition disposition, std::vector<std::string> needs = {}) {
  Verdict verdict;
  verdict.disposition = disposition;
  verdict.needs = std::move(needs);
  return verdict;
}

TEST(VerdictTally, CountsEachKindAndLeavesOutTheOthers) {
  VerdictTally tally;
  EXPECT_EQ(tally.Describe(Texts("en")), "No mail could be checked");
  tally.Add(VerdictOf(Disposition::kAllow));
  tally.Add(VerdictOf(Disposition::kAllow));
  tally.Add(VerdictOf(Disposition::kAllow, {"confirm"}));
  tally.Add(VerdictOf(Disposition::kBlock, {"confirm"}));
  EXPECT_EQ(tally.Describe(Texts("en")), "Mails checked: 4 (ready to send: 2, to confirm: 1, stopped: 1)");
  tally.Add(VerdictOf(Disposition::kModify, {"confirm"}));
  tally.Add(VerdictOf(Disposition::kDelay));
  EXPECT_EQ(tally.Describe(Texts("ja")),
            "確認したメール：6通（そのまま送信 2、確認してから送信 1、変更して送信 1、あとで送信 1、送信禁止 1）");
}

}  // namespace
}  // namespace lastlook
