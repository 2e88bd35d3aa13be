// SPDX-License-Identifier: MPL-2.0
#include "mail/addr_spec.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(NormalizeDomain, MakesOneFormOfEachDomain) {
  EXPECT_EQ(NormalizeDomain("Kodama.Example.JP"), "kodama.example.jp");
  EXPECT_EQ(NormalizeDomain(" kodama.example.jp. "), "kodama.example.jp");
  EXPECT_EQ(NormalizeDomain("ｋｏｄａｍａ．ｅｘａｍｐｌｅ．ｊｐ"), "kodama.example.jp");
  EXPECT_EQ(NormalizeDomain("例え。example"), "xn--r8jz45g.example");
  EXPECT_EQ(NormalizeDomain("xn--R8JZ45G.example"), "xn--r8jz45g.example");
  EXPECT_EQ(NormalizeDomain("[IPv6:2001:0DB8::0001]"), "[ipv6:2001:db8::1]");
  EXPECT_EQ(NormalizeDomain("localhost"), "localhost");
}

TEST(NormalizeDomain, RefusesWhatIsNoDomain) {
  for (const char* text : {"",
                           " ",
                           ".",
                           "..",
                           "a..b",
                           ".a",
                           "-a.example",
                           "a-.example",
                           "a b.example",
                           "a@b.example",
                           "*.example",
                           "192.0.2.1",
                           "[192.0.2.1",
                           "[]",
                           "[1]",
                           "xn--zzzzzz99999",
                           "a\x80.example",
                           "例え\u200b.example",
                           "a/b",
                           "xn--"}) {
    EXPECT_EQ(NormalizeDomain(text), "") << text;
  }
  EXPECT_EQ(NormalizeDomain(std::string(100'000, 'a')), "");
}

TEST(AddrSpec, QuotesTheLocalPartOnlyWhereNeeded) {
  EXPECT_EQ((AddrSpec{"taro.yamada", "x.example"}.ToString()), "taro.yamada@x.example");
  EXPECT_EQ((AddrSpec{"taro yamada", "x.example"}.ToString()), "\"taro yamada\"@x.example");
  EXPECT_EQ((AddrSpec{"a..b", "x.example"}.ToString()), "\"a..b\"@x.example");
  EXPECT_EQ((AddrSpec{"a\"\\", "x.example"}.ToString()), "\"a\\\"\\\\\"@x.example");
  EXPECT_EQ((AddrSpec{"山田", "x.example"}.ToString()), "山田@x.example");
}

TEST(AddrSpec, KeyFoldsCaseAndWidth) {
  EXPECT_EQ((AddrSpec{"Taro", "x.example"}.Key()), "taro@x.example");
  EXPECT_EQ((AddrSpec{"Ｔａｒｏ", "x.example"}.Key()), "taro@x.example");
  EXPECT_NE((AddrSpec{"taro", "x.example"}.Key()), (AddrSpec{"taro", "y.example"}.Key()));
}

}  // namespace
}  // namespace lastlook
