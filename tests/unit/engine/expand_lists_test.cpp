// SPDX-License-Identifier: MPL-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "conditions/context_json.h"
#include "engine/test_policy.h"

namespace lastlook {
namespace {

// "to:a@a.example" …, in order, of `draft` with the lists of `context` expanded.
std::vector<std::string> Expanded(const std::string& draft, const std::string& context) {
  const auto json = ParseJson(context);
  EXPECT_TRUE(json.ok()) << context;
  const auto known = ContextFromJson(*json);
  EXPECT_TRUE(known.ok()) << context;
  std::vector<std::string> out;
  for (const Recipient& recipient : ExpandLists(DraftFrom(draft), *known).recipients) {
    out.push_back(recipient.mailbox.AddressOrTyped());
  }
  return out;
}

using Strings = std::vector<std::string>;

constexpr char kTeam[] = R"({"lists":[{"name":"Team","members":["a@a.example","B <b@b.example>"]}]})";

TEST(ExpandLists, ARecipientIsAListByItsNameOnlyWithoutAnAddress) {
  EXPECT_EQ(Expanded(R"({"to":["Team <Team>"]})", kTeam), (Strings{"a@a.example", "b@b.example"}));
  EXPECT_EQ(Expanded(R"({"to":["team"]})", kTeam), (Strings{"a@a.example", "b@b.example"}));
  EXPECT_EQ(Expanded(R"({"to":["Team <team@c.example>"]})", kTeam), (Strings{"team@c.example"}));
}

TEST(ExpandLists, TwoRecipientsOfOneListDropNobodyElse) {
  EXPECT_EQ(Expanded(R"({"to":["Team <Team>","Team <team@c.example>","nobody","TEAM","nobody","z@z.example"]})", kTeam),
            (Strings{"a@a.example", "b@b.example", "team@c.example", "nobody", "nobody", "z@z.example"}));
}

TEST(ExpandLists, AListCountsOnceInEachField) {
  EXPECT_EQ(Expanded(R"({"to":["Team"],"bcc":["Team"]})", kTeam),
            (Strings{"a@a.example", "b@b.example", "a@a.example", "b@b.example"}));
}

TEST(ExpandLists, NamesThatClientsMakeUpAreToldApart) {
  constexpr char kContext[] = R"({"lists":[{"name":"lastlook-list-a","members":["a@a.example"]},
    {"name":"lastlook-list-_65_","members":["b@b.example"]},
    {"name":"lastlook-list-a_45_a-b","members":["c@c.example"]}]})";
  EXPECT_EQ(Expanded(R"({"to":["lastlook-list-_65_ <lastlook-list-_65_>","lastlook-list-a <lastlook-list-a>",
    "lastlook-list-a_45_a-b <lastlook-list-a_45_a-b>"]})",
                     kContext),
            (Strings{"b@b.example", "a@a.example", "c@c.example"}));
}

}  // namespace
}  // namespace lastlook
