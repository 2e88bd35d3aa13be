// SPDX-License-Identifier: MPL-2.0
#include "policy/address_patterns.h"

#include <gtest/gtest.h>

#include "mail/address_parser.h"

namespace lastlook {
namespace {

bool Matches(const char* pattern, const char* address) {
  AddressPatterns patterns;
  EXPECT_TRUE(patterns.Add(pattern).ok()) << pattern;
  const Mailbox mailbox = ParseMailbox(address);
  EXPECT_TRUE(mailbox.address.has_value()) << address;
  return mailbox.address && patterns.Matches(*mailbox.address);
}

TEST(AddressPatterns, ADomainIsItselfAlone) {
  EXPECT_TRUE(Matches("a.example", "x@a.example"));
  EXPECT_TRUE(Matches(" A.Example. ", "x@a.EXAMPLE"));
  EXPECT_FALSE(Matches("a.example", "x@b.a.example"));
  EXPECT_FALSE(Matches("a.example", "x@eviла.example"));
  EXPECT_FALSE(Matches("a.example", "x@aa.example"));
  EXPECT_FALSE(Matches("a.example", "x@a.example.evil.example"));
}

TEST(AddressPatterns, AStarIsAnySubDomainAndNotTheApex) {
  EXPECT_TRUE(Matches("*.a.example", "x@b.a.example"));
  EXPECT_TRUE(Matches("*.a.example", "x@c.b.a.example"));
  EXPECT_FALSE(Matches("*.a.example", "x@a.example"));
  EXPECT_FALSE(Matches("*.a.example", "x@ba.example"));
}

TEST(AddressPatterns, LocalParts) {
  EXPECT_TRUE(Matches("Ito@a.example", "ITO@a.example"));
  EXPECT_FALSE(Matches("ito@a.example", "ito2@a.example"));
  EXPECT_TRUE(Matches("*@a.example", "x@a.example"));
  EXPECT_TRUE(Matches("*@*.a.example", "x@b.a.example"));
  EXPECT_TRUE(Matches("sales-*@*.a.example", "sales-1@b.a.example"));
  EXPECT_FALSE(Matches("sales-*@*.a.example", "sales-1@a.example"));
}

TEST(AddressPatterns, InternationalDomainsAreOne) {
  EXPECT_TRUE(Matches("日本語.example", "x@xn--wgv71a119e.example"));
  EXPECT_TRUE(Matches("xn--wgv71a119e.example", "x@日本語.example"));
}

TEST(AddressPatterns, RefusesWhatIsNone) {
  for (const char* pattern : {"", "*", "*.", "@", "@a.example", "a..example", "a", "a@", "a@b", "*a.example",
                              "a.*.example", "-a.example", "a b.example", "社外秘"}) {
    AddressPatterns patterns;
    EXPECT_FALSE(patterns.Add(pattern).ok()) << pattern;
    EXPECT_TRUE(patterns.empty()) << pattern;
  }
}

TEST(GlobMatches, StarsAreRuns) {
  EXPECT_TRUE(GlobMatches("*", ""));
  EXPECT_TRUE(GlobMatches("a*b*c", "a--b--c"));
  EXPECT_FALSE(GlobMatches("a*b*c", "a--b--"));
  EXPECT_FALSE(GlobMatches("", "a"));
  EXPECT_FALSE(GlobMatches("*a*a*a*a*a*a*a*a*b", std::string(10000, 'a')));
}

TEST(AddressPatterns, TheFirstOfAllThatMatch) {
  AddressPatterns patterns;
  std::uint32_t number = 0;
  for (const char* pattern : {"*.a.example", "b.a.example", "ito@b.a.example", "i*@b.a.example", "c.example"}) {
    ASSERT_TRUE(patterns.Add(pattern, number++).ok());
  }
  const auto first = [&](const char* address) { return patterns.FindFirst(*ParseMailbox(address).address); };
  EXPECT_EQ(first("ito@b.a.example"), 0U);
  EXPECT_EQ(patterns.Find(*ParseMailbox("ito@b.a.example").address, std::nullopt), 2U);
  EXPECT_EQ(first("x@c.example"), 4U);
  EXPECT_EQ(first("x@a.example"), std::nullopt);
  ASSERT_TRUE(patterns.Add("i*@c.example", 1).ok());
  EXPECT_EQ(first("ito@c.example"), 1U);
}

}  // namespace
}  // namespace lastlook
