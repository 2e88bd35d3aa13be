// SPDX-License-Identifier: MPL-2.0
#include "detect/check_digits.h"

#include <gtest/gtest.h>

namespace lastlook::detect {
namespace {

// The vectors are those printed with the rules themselves or on several pages that agree.
TEST(CheckDigits, MyNumber) {
  EXPECT_TRUE(IsMyNumber("123456789018"));
  EXPECT_TRUE(IsMyNumber("983205673214"));
  EXPECT_FALSE(IsMyNumber("983205673210"));
  EXPECT_FALSE(IsMyNumber("000000000000"));  // would pass the sum
}

TEST(CheckDigits, CorporateNumber) {
  EXPECT_TRUE(IsCorporateNumber("4011001098993"));
  EXPECT_TRUE(IsCorporateNumber("7010705000725"));
  EXPECT_FALSE(IsCorporateNumber("7010705000752"));
  EXPECT_FALSE(IsCorporateNumber("0011001098993"));
}

TEST(CheckDigits, DriverLicense) {
  EXPECT_TRUE(IsDriverLicense("309012345620"));
  EXPECT_FALSE(IsDriverLicense("309012345610"));
  EXPECT_FALSE(IsDriverLicense("159012345620"));  // no such commission
}

TEST(CheckDigits, InsurerNumber) {
  EXPECT_TRUE(IsInsurerNumber("33120015"));
  EXPECT_FALSE(IsInsurerNumber("33120016"));
  EXPECT_FALSE(IsInsurerNumber("33990015"));  // no such prefecture
}

TEST(CheckDigits, CreditCard) {
  EXPECT_TRUE(IsCreditCard("4012888888881881"));
  EXPECT_TRUE(IsTestCard("4012888888881881"));
  EXPECT_TRUE(IsCreditCard("378282246310005"));
  EXPECT_TRUE(IsCreditCard("36227206271667"));
  EXPECT_FALSE(IsCreditCard("4012888888881882"));
  EXPECT_FALSE(IsCreditCard("1012888888881887"));   // no issuer
  EXPECT_FALSE(IsCreditCard("37828224631000500"));  // no such length
}

TEST(CheckDigits, OfOtherCountries) {
  EXPECT_TRUE(IsUsSsn("123456780"));
  EXPECT_FALSE(IsUsSsn("078051120"));
  EXPECT_FALSE(IsUsSsn("666123456"));
  EXPECT_FALSE(IsUsSsn("900123456"));
  EXPECT_FALSE(IsUsSsn("123006789"));
  EXPECT_TRUE(IsCnResidentId("11010519491231002X"));  // printed in GB 11643
  EXPECT_FALSE(IsCnResidentId("110105194912310021"));
  EXPECT_FALSE(IsCnResidentId("99010519491231002X"));
  EXPECT_TRUE(IsIban("GB82WEST12345698765432"));  // printed in ISO 13616
  EXPECT_TRUE(IsIban("DE89370400440532013000"));
  EXPECT_FALSE(IsIban("DE89370400440532013001"));
  EXPECT_FALSE(IsIban("DE8937040044053201300"));
  EXPECT_FALSE(IsKrRrn("9913011234567"));  // no thirteenth month
  EXPECT_FALSE(IsKrRrn("9902301234567"));
  EXPECT_TRUE(IsKrRrn("9902281234567"));
}

TEST(CheckDigits, Dates) {
  EXPECT_TRUE(IsDate(2000, 2, 29));
  EXPECT_FALSE(IsDate(1900, 2, 29));
  EXPECT_FALSE(IsDate(2023, 2, 29));
  EXPECT_FALSE(IsDate(2023, 4, 31));
  EXPECT_FALSE(IsDate(2023, 0, 1));
}

}  // namespace
}  // namespace lastlook::detect
