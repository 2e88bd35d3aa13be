// SPDX-License-Identifier: MPL-2.0
// GMime as the oracle for addresses: on what RFC 5322 settles both must agree; where they differ, the reason stands
// here.
#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_fold.h"
#include "mail/address_parser.h"
#include "mail_file/mime_library.h"

namespace lastlook {
namespace {

void Collect(InternetAddressList* list, std::vector<std::string>* out) {
  for (int i = 0; i < internet_address_list_length(list); ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
      Collect(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), out);
      continue;
    }
    // The written form, so that both quote alike; domains compared as we hold them.
    const char* written = internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(address));
    const std::string text = written != nullptr ? written : "";
    const std::size_t at = text.rfind('@');
    out->push_back(at == std::string::npos ? text : text.substr(0, at + 1) + AsciiLower(text.substr(at + 1)));
  }
}

std::vector<std::string> Theirs(const std::string& field) {
  StartMimeLibrary();
  std::vector<std::string> addresses;
  InternetAddressList* list = internet_address_list_parse(nullptr, field.c_str());
  if (list != nullptr) {
    Collect(list, &addresses);
    g_object_unref(list);
  }
  return addresses;
}

std::vector<std::string> Ours(const std::string& field) {
  std::vector<std::string> addresses;
  for (const Mailbox& mailbox : ParseAddressList(field)) {
    addresses.push_back(mailbox.address ? mailbox.address->ToString() : "?");
  }
  return addresses;
}

// Fields as programs write them: all that RFC 5322 generates, of the obsolete forms the ones still seen.
class Generator {
 public:
  std::string Field() {
    std::string field = Member();
    for (std::size_t n = Below(5); n > 0; --n) {
      field += Below(6) == 0 ? ",\r\n " : ", ";
      field += Below(8) == 0 ? "Team " + std::to_string(Below(9)) + ": " + Member() + ", " + Member() + ";" : Member();
    }
    return field;
  }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  template <std::size_t N>
  std::string Pick(const std::string_view (&choices)[N]) {
    return std::string(choices[Below(N)]);
  }

  std::string Address() {
    static constexpr std::string_view kLocal[] = {"taro",       "hanako.sato", "info",          "x+y",
                                                  "o'neill",    "A.B-C_d",     "\"two words\"", "0123",
                                                  "!#$%&*/=?^", "\"a,b\"",     "\"a\\\"b\"",    "a"};
    static constexpr std::string_view kDomain[] = {
        "kodama.example.jp", "Sales.Kodama.Example.JP", "x.example", "a-b.c1.example", "[192.0.2.1]", "localhost"};
    return Pick(kLocal) + "@" + Pick(kDomain);
  }

  std::string Member() {
    static constexpr std::string_view kName[] = {
        "Taro Yamada", "\"Yamada, Taro\"", "\"a@b.example\"",   "=?UTF-8?B?5bGx55Sw?=", "\"say \\\"hi\\\"\"",
        "山田 太郎",   "Taro Y. Yamada",   "\"<x@y.example>\"", "Kate O'Neill",         "\"semi; colon:\""};
    static constexpr std::string_view kComment[] = {"Taro", "山田", "nested (comment), with a comma", "a@b.example",
                                                    "escaped \\) bracket"};
    switch (Below(5)) {
      case 0:
        return Address();
      case 1:
        return "<" + Address() + ">";
      case 2:
        return Address() + " (" + Pick(kComment) + ")";
      case 3:
        return Pick(kName) + " <" + Address() + "> (work)";
      default:
        return Pick(kName) + " <" + Address() + ">";
    }
  }

  std::mt19937 random_{20261122};
};

TEST(AddressAgreement, BothReadWhatProgramsWrite) {
  Generator generator;
  for (int i = 0; i < 5'000; ++i) {
    const std::string field = generator.Field();
    EXPECT_EQ(Ours(field), Theirs(field)) << field;
  }
}

TEST(AddressAgreement, BothReadRealLookingFields) {
  for (const char* field : {
           "taro@kodama.example.jp",
           "Taro <taro@kodama.example.jp>, \"Sato, Hanako\" <hanako@a-shoji.example>",
           "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
           "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
           "Undisclosed recipients:;",
           "Joe Q. Public <john.q.public@example.com>",
           "Mary Smith <@node.test:mary@example.net>, , jdoe@test . example",
           "\"Joe & J. Harvey\" <ddd@example.com>",
           "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
           "=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <taro@kodama.example.jp>",
           "taro@kodama.example.jp (=?UTF-8?B?5bGx55Sw?=)",
           "owner-list+M123=taro=kodama.example.jp@lists.example.org",
           "a@x.example b@y.example",
           "A <a@x.example> b@y.example",
           "a@x.example.",
           "taro@xn--r8jz45g.example",
       }) {
    EXPECT_EQ(Ours(field), Theirs(field)) << field;
  }
}

struct Disagreement {
  const char* field;
  std::vector<std::string> ours;
  const char* why;
};

// Each line fails when the two come to agree, so that the list stays true.
TEST(AddressAgreement, WhereTheyDifferThereIsAReason) {
  const Disagreement kDisagreements[] = {
      {"a@x.example；b@y.example", {"a@x.example", "b@y.example"}, "full-width separators are typed by people"},
      {"a@x.example、b@y.example", {"a@x.example", "b@y.example"}, "full-width separators are typed by people"},
      {"ａ＠ｂ．ｅｘａｍｐｌｅ", {"a@b.example"}, "full-width forms are typed by people"},
      {"taro", {"?"}, "a word without @ is a recipient that nobody knows, not an address"},
      {"TeamX <TeamX>", {"?"}, "an address-book list is no address"},
      {"a@b@c.example", {"\"a@b\"@c.example"}, "the last @ decides where mail goes"},
      {"a@", {"?"}, "there is no domain"},
      {"a@-x.example", {"?"}, "no host has this name"},
      {"a@192.0.2.1", {"?"}, "an IPv4 address without brackets is no domain"},
      {"a..b@docomo.ne.jp", {"\"a..b\"@docomo.ne.jp"}, "GMime loses addresses that Japanese carriers gave out"},
      {"taro yamada@x.example", {"?"}, "two words: which of them is the address is not certain"},
      {"Taro <a@x.example", {"?"}, "the bracket does not end"},
      {"\"Taro <a@x.example>, b@y.example", {"?", "b@y.example"}, "a missing quote must not hide recipients"},
      {"taro@[kodama.example.jp]", {"?"}, "a literal holds an IP address"},
      {"a@kodama.example.jp\xE2\x80\x8B", {"?"}, "a character that cannot be seen"},
  };
  for (const Disagreement& disagreement : kDisagreements) {
    EXPECT_EQ(Ours(disagreement.field), disagreement.ours) << disagreement.field << ": " << disagreement.why;
    EXPECT_NE(Theirs(disagreement.field), disagreement.ours) << disagreement.field << ": they agree now";
  }
}

}  // namespace
}  // namespace lastlook
