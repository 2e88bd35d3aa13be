// SPDX-License-Identifier: MPL-2.0
// addresses.json: each field, and what it means.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/json.h"
#include "mail/address_parser.h"

namespace lastlook {
namespace {

Json ReadCases() {
  std::ifstream file(LASTLOOK_SOURCE_DIR "/tests/unit/mail/addresses.json");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return ParseJson(text).value();
}

TEST(AddressList, MeansWhatTheTableSays) {
  const Json cases = ReadCases();
  ASSERT_GE(cases.size(), 120U);
  for (const Json& entry : cases) {
    SCOPED_TRACE(entry["why"].get<std::string>() + ": " + entry["field"].get<std::string>());
    const std::vector<Mailbox> mailboxes = ParseAddressList(entry["field"].get<std::string>());
    const Json& expect = entry["expect"];
    EXPECT_EQ(mailboxes.size(), expect.size());
    for (std::size_t i = 0; i < mailboxes.size() && i < expect.size(); ++i) {
      const Mailbox& mailbox = mailboxes[i];
      EXPECT_EQ(mailbox.display_name, expect[i]["name"].get<std::string>());
      if (expect[i]["address"].is_null()) {
        EXPECT_FALSE(mailbox.address.has_value()) << mailbox.address->ToString();
        EXPECT_EQ(mailbox.AddressOrTyped(), expect[i]["typed"].get<std::string>());
      } else if (mailbox.address) {
        EXPECT_EQ(mailbox.address->ToString(), expect[i]["address"].get<std::string>());
      } else {
        ADD_FAILURE() << "no address in " << mailbox.typed;
      }
      if (expect[i].contains("typed")) {
        EXPECT_EQ(mailbox.Typed(), expect[i]["typed"].get<std::string>());
      }
    }
  }
}

TEST(AddressList, BytesThatAreNotUtf8AreNoAddress) {
  for (const std::string& field : {std::string("a\xFF@x.example"), std::string("a@x\x80.example"),
                                   std::string("\x8E\x52\x93\x63 <a@x.example>"), std::string("a@x.example\xC3")}) {
    const std::vector<Mailbox> mailboxes = ParseAddressList(field + ", b@y.example");
    ASSERT_EQ(mailboxes.size(), 2U) << field;
    EXPECT_FALSE(mailboxes[0].address.has_value()) << field;
    EXPECT_NE(mailboxes[0].typed.find("\xEF\xBF\xBD"), std::string::npos) << field;
    ASSERT_TRUE(mailboxes[1].address.has_value());
    EXPECT_EQ(mailboxes[1].address->ToString(), "b@y.example");
  }
}

TEST(AddressList, AQuotedNameThatIsNotUtf8IsNoAddress) {
  const std::vector<Mailbox> mailboxes = ParseAddressList("\"\x8E\x52\" <a@x.example>");
  ASSERT_EQ(mailboxes.size(), 1U);
  EXPECT_FALSE(mailboxes[0].address.has_value());
}

TEST(AddressList, ANulInsideIsNoAddress) {
  const std::vector<Mailbox> mailboxes = ParseAddressList(std::string("a@x.example\0", 12));
  ASSERT_EQ(mailboxes.size(), 1U);
  EXPECT_FALSE(mailboxes[0].address.has_value());
}

TEST(ParseMailbox, TakesOneMailbox) {
  const Mailbox mailbox = ParseMailbox(" Taro <taro@kodama.example.jp> ");
  ASSERT_TRUE(mailbox.address.has_value());
  EXPECT_EQ(mailbox.address->ToString(), "taro@kodama.example.jp");
  EXPECT_EQ(mailbox.display_name, "Taro");
}

TEST(ParseMailbox, HasNoAddressForSeveralOrNone) {
  const Mailbox several = ParseMailbox("a@x.example, b@y.example");
  EXPECT_FALSE(several.address.has_value());
  EXPECT_EQ(several.typed, "a@x.example, b@y.example");
  const Mailbox none = ParseMailbox("  ");
  EXPECT_FALSE(none.address.has_value());
  EXPECT_EQ(none.typed, "");
}

}  // namespace
}  // namespace lastlook
