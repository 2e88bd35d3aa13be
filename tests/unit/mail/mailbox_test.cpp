// SPDX-License-Identifier: MPL-2.0
#include "mail/mailbox.h"

#include <gtest/gtest.h>

#include "mail/draft.h"

namespace lastlook {
namespace {

Mailbox Make(std::string name) {
  return Mailbox{std::move(name), AddrSpec{"taro", "x.example"}, ""};
}

TEST(Mailbox, PrintsTheNameQuotedWhereNeeded) {
  EXPECT_EQ(Make("").ToString(), "taro@x.example");
  EXPECT_EQ(Make("Taro Yamada").ToString(), "Taro Yamada <taro@x.example>");
  EXPECT_EQ(Make("山田 太郎").ToString(), "山田 太郎 <taro@x.example>");
  EXPECT_EQ(Make("Yamada, Taro").ToString(), "\"Yamada, Taro\" <taro@x.example>");
  EXPECT_EQ(Make("say \"hi\"").ToString(), "\"say \\\"hi\\\"\" <taro@x.example>");
  EXPECT_EQ(Make("=?x").ToString(), "=?UTF-8?B?PT94?= <taro@x.example>");
  EXPECT_EQ(Make("a@b.example").ToString(), "\"a@b.example\" <taro@x.example>");
}

TEST(Mailbox, NeverBeginsAnotherHeaderField) {
  EXPECT_EQ(Make("Taro\r\nBcc: eve").ToString().find_first_of("\r\n"), std::string::npos);
  const Mailbox unknown{"", std::nullopt, "Taro\r\nBcc: eve@evil.example"};
  EXPECT_EQ(unknown.ToString().find_first_of("\r\n"), std::string::npos);
}

TEST(Mailbox, WithoutAddressIsWhatWasTyped) {
  const Mailbox list{"TeamX", std::nullopt, "TeamX <TeamX>"};
  EXPECT_EQ(list.ToString(), "TeamX <TeamX>");
  EXPECT_EQ(list.AddressOrTyped(), "TeamX <TeamX>");
}

TEST(Recipient, IsNamedByFieldAndPlace) {
  Draft draft;
  draft.SetRecipients({Make("a"), Make("b")}, {Make("c")}, {Make("d")});
  ASSERT_EQ(draft.recipients.size(), 4U);
  EXPECT_EQ(draft.recipients[1].Id(), "to[1]");
  EXPECT_EQ(draft.recipients[2].Id(), "cc[0]");
  EXPECT_EQ(draft.recipients[3].Id(), "bcc[0]");
  draft.AddRecipient(RecipientField::kTo, Make("e"));
  EXPECT_EQ(draft.recipients[2].Id(), "to[2]");
  EXPECT_EQ(draft.InField(RecipientField::kTo).size(), 3U);
  EXPECT_EQ(RecipientFieldFromName("bcc"), RecipientField::kBcc);
  EXPECT_EQ(RecipientFieldFromName("Bcc"), std::nullopt);
}

}  // namespace
}  // namespace lastlook
