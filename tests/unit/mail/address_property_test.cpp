// SPDX-License-Identifier: MPL-2.0
// What holds for every field, tried on generated ones. The seed is fixed: a failure can be repeated.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_fold.h"
#include "mail/address_parser.h"

namespace lastlook {
namespace {

constexpr unsigned kSeed = 20261122;

class Generator {
 public:
  template <typename T, std::size_t N>
  const T& Pick(const T (&choices)[N]) {
    return choices[random_() % N];
  }
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  std::string Address() {
    static constexpr std::string_view kLocal[] = {"taro",  "hanako.sato", "info",         "a..b.", "\"quoted one\"",
                                                  "x+y",   "O'Neill",     "\"a@b\"",      "山田",  "ｔａｒｏ",
                                                  "A.B.C", "123",         "\"q\\\"uote\""};
    static constexpr std::string_view kDomain[] = {"kodama.example.jp",  "x.example",   "例え.example",
                                                   "ｂ．ｅｘａｍｐｌｅ", "[192.0.2.1]", "a.b.c.d.example.",
                                                   "SALES.Example.COM"};
    return std::string(Pick(kLocal)) + "@" + std::string(Pick(kDomain));
  }

  std::string Mailbox() {
    static constexpr std::string_view kNames[] = {
        "Taro Yamada",        "山田 太郎",  "\"Yamada, Taro\"",       "=?UTF-8?B?5bGx55Sw?=", "\"a@b.example\"",
        "\"say \\\"hi\\\"\"", "営業；東京", "(comment) Kate O'Neill", "\"tab\there\""};
    switch (Below(4)) {
      case 0:
        return Address();
      case 1:
        return std::string(Pick(kNames)) + " <" + Address() + ">";
      case 2:
        return "<" + Address() + ">";
      default:
        return Address() + " (a comment)";
    }
  }

  // Fragments of addresses in any order: near misses rather than noise.
  std::string Fragments() {
    static constexpr std::string_view kFragments[] = {"a",
                                                      "taro@x.example",
                                                      "@",
                                                      "\"",
                                                      "(",
                                                      ")",
                                                      "<",
                                                      ">",
                                                      ",",
                                                      ";",
                                                      ":",
                                                      ".",
                                                      " ",
                                                      "\\",
                                                      "\r\n ",
                                                      "例え",
                                                      "、",
                                                      "＠",
                                                      "=?",
                                                      "?=",
                                                      "=?UTF-8?B?",
                                                      "[",
                                                      "]",
                                                      "\xFF",
                                                      "xn--",
                                                      "\xE3\x80",
                                                      "kodama.example.jp"};
    std::string field;
    for (std::size_t n = Below(20); n > 0; --n) {
      field += Pick(kFragments);
    }
    return field;
  }

  // Of the shapes that are read quickly, with one character too many here and there.
  std::string NearlyPlain() {
    static constexpr std::string_view kCharacters[] = {"a", "B", "7", ".", "-",  "_", "+",
                                                       " ", "'", "=", "é", "　", "x"};
    const auto some = [this](std::size_t most) {
      std::string text;
      for (std::size_t n = Below(most); n > 0; --n) {
        text += Pick(kCharacters);
      }
      return text;
    };
    const std::string address =
        "a" + some(4) + "@x" + some(6) + (Below(9) == 0 ? std::string(60, 'l') : "") + ".example";
    switch (Below(3)) {
      case 0:
        return address;
      case 1:
        return "N" + some(6) + (Below(2) == 0 ? " <" : "<") + address + ">";
      default:
        return "\"" + some(6) + "\" <" + address + ">";
    }
  }

  std::string Bytes() {
    std::string bytes;
    for (std::size_t n = Below(64); n > 0; --n) {
      bytes += static_cast<char>(random_() & 0xFFU);
    }
    return bytes;
  }

 private:
  std::mt19937 random_{kSeed};
};

std::vector<std::string> Addresses(std::string_view field) {
  std::vector<std::string> addresses;
  for (const Mailbox& mailbox : ParseAddressList(field)) {
    addresses.push_back(mailbox.address ? mailbox.address->ToString() : "?" + mailbox.Typed());
  }
  return addresses;
}

TEST(AddressProperty, WhatIsPrintedReadsBackTheSame) {
  Generator generator;
  int with_address = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string field = i % 2 == 0 ? generator.Mailbox() : generator.Fragments();
    for (const Mailbox& mailbox : ParseAddressList(field)) {
      if (!mailbox.address) {
        continue;
      }
      ++with_address;
      const std::string printed = mailbox.ToString();
      const std::vector<Mailbox> again = ParseAddressList(printed);
      ASSERT_EQ(again.size(), 1U) << field << " → " << printed;
      EXPECT_EQ(again[0].address, mailbox.address) << field << " → " << printed;
      EXPECT_EQ(again[0].display_name, mailbox.display_name) << field << " → " << printed;
      // A group's name before and white space around are not part of the piece; all else that was typed is kept.
      EXPECT_NE(field.find(mailbox.Typed()), std::string::npos) << field;
    }
  }
  EXPECT_GT(with_address, 2'500);
}

TEST(AddressProperty, ACommaJoinsTwoFields) {
  Generator generator;
  for (int i = 0; i < 5'000; ++i) {
    const std::string one = generator.Mailbox();
    const std::string other = generator.Mailbox();
    std::vector<std::string> expected = Addresses(one);
    for (std::string& address : Addresses(other)) {
      expected.push_back(std::move(address));
    }
    EXPECT_EQ(Addresses(one + ", " + other), expected) << one << ", " << other;
  }
}

// A comment behind a mailbox sends it through the whole parser; nothing else about it may change.
TEST(AddressProperty, TheQuickWayReadsLikeTheWhole) {
  Generator generator;
  for (int i = 0; i < 20'000; ++i) {
    const std::string field = i % 2 == 0 ? generator.Mailbox() : generator.NearlyPlain();
    const std::vector<Mailbox> quick = ParseAddressList(field);
    const std::vector<Mailbox> whole = ParseAddressList(field + " ()");
    if (quick.size() != 1 || !quick[0].address) {
      continue;  // only what has an address can be read quickly
    }
    ASSERT_EQ(whole.size(), 1U) << field;
    EXPECT_EQ(whole[0].address, quick[0].address) << field;
    EXPECT_EQ(whole[0].display_name, quick[0].display_name) << field;
    EXPECT_EQ(whole[0].Typed(), quick[0].Typed() + " ()") << field;
  }
}

// "evil.example" must never be read as "kodama.example.jp", so each domain must stand in the field, letter by letter.
TEST(AddressProperty, EveryDomainWasTyped) {
  Generator generator;
  int domains = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string field = generator.Fragments();
    // White space and comments may stand between the words of a domain; leave those fields out.
    if (field.find_first_of(" \r\n(") != std::string::npos) {
      continue;
    }
    const std::string folded = Fold(field);
    for (const Mailbox& mailbox : ParseAddressList(field)) {
      if (mailbox.address && mailbox.address->domain.find("xn--") == std::string::npos) {
        ++domains;
        const std::string& domain = mailbox.address->domain;
        const std::size_t at = folded.find("@" + domain);
        ASSERT_NE(at, std::string::npos) << field << " → " << domain;
      }
    }
  }
  EXPECT_GT(domains, 100);
}

TEST(AddressProperty, NothingCrashesAndTypedIsUtf8) {
  Generator generator;
  for (int i = 0; i < 50'000; ++i) {
    const std::string field = i % 2 == 0 ? generator.Bytes() : generator.Fragments();
    for (const Mailbox& mailbox : ParseAddressList(field)) {
      EXPECT_TRUE(IsValidUtf8(mailbox.typed)) << field;
      EXPECT_TRUE(IsValidUtf8(mailbox.display_name)) << field;
      EXPECT_TRUE(mailbox.address || !mailbox.typed.empty()) << field;
      if (mailbox.address) {
        EXPECT_FALSE(mailbox.address->local_part.empty());
        EXPECT_EQ(NormalizeDomain(mailbox.address->domain), mailbox.address->domain) << field;
      }
    }
  }
}

std::string Repeat(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) {
    out += piece;
  }
  return out;
}

double Seconds(const std::string& field) {
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const std::clock_t begin = std::clock();
    ParseAddressList(field);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

// Four times the input must not take sixteen times as long.
TEST(AddressProperty, TimeIsLinearInHostileFields) {
  const std::string_view pieces[] = {",",
                                     "(",
                                     "((a)",
                                     "\"",
                                     "\\\"",
                                     "<",
                                     "<@a,",
                                     "a@",
                                     "@",
                                     "a:",
                                     "a@x.example ",
                                     "、",
                                     "あ、",
                                     "<a@x.example>",
                                     "=?a?q?",
                                     "=?UTF-8?B?",
                                     "x=?a?q?x ",
                                     " ",
                                     "\xE3\x80\x80",
                                     "(a)",
                                     "a.",
                                     "\"a\"",
                                     "a@x.example (",
                                     "[",
                                     "\xFF",
                                     "=?u?q?a?= "};
  for (const std::string_view piece : pieces) {
    constexpr std::size_t kTimes = 10'000;
    const double once = Seconds(Repeat(piece, kTimes));
    const double four_times = Seconds(Repeat(piece, 4 * kTimes));
    EXPECT_LT(four_times, std::max(once, 0.005) * 10) << piece;
  }
}

TEST(AddressProperty, AMillionOfAnythingIsRead) {
  for (const std::string_view piece : {",", "(", "\"", "<", "a@", "a,", "、"}) {
    EXPECT_LT(Seconds(Repeat(piece, 1'000'000)), 5.0) << piece;
  }
  const std::string nested = Repeat("(", 1'000'000) + Repeat(")", 1'000'000);
  const std::vector<Mailbox> mailboxes = ParseAddressList(nested + " a@x.example");
  ASSERT_EQ(mailboxes.size(), 1U);
  ASSERT_TRUE(mailboxes[0].address.has_value());
  EXPECT_EQ(mailboxes[0].address->ToString(), "a@x.example");
}

}  // namespace
}  // namespace lastlook
