// SPDX-License-Identifier: MPL-2.0
#include "detect/byte_sieve.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "detect/anchors.h"

namespace lastlook::detect {
namespace {

TEST(ByteSieve, WideAndPlainMarkTheSame) {
  std::mt19937 random(7);  // the same bytes in every run
  const std::string alphabet = "0123456789@-:\xE3\x81\x95\xE6\xA7\x98生県Namepas \n";
  for (std::size_t size = 0; size < 400; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
      text += random() % 2 == 0 ? alphabet[random() % alphabet.size()] : static_cast<char>(random());
    }
    SieveMarks wide;
    SieveMarks plain;
    AnchorSieve().Mark(text, &wide);
    AnchorSieve().MarkPlainly(text, &plain);
    ASSERT_EQ(wide.beginnings, plain.beginnings) << size;
    ASSERT_EQ(wide.digits, plain.digits) << size;
    ASSERT_EQ(wide.joints, plain.joints) << size;
    ASSERT_EQ(wide.letters, plain.letters) << size;
    SieveRow alone;
    AnchorSieve().Mark(text, &alone);
    ASSERT_EQ(alone, wide.beginnings) << size;
    for (std::size_t i = 0; i < size; ++i) {
      const bool digit = text[i] >= '0' && text[i] <= '9';
      ASSERT_EQ((wide.digits[i / 64] >> (i % 64) & 1U) != 0, digit);
      const bool joint = text[i] != '\0' && std::string(" -.()|").find(text[i]) != std::string::npos;
      ASSERT_EQ((wide.joints[i / 64] >> (i % 64) & 1U) != 0, joint);
      if (AnchorAt(text, i) != AnchorKind::kNone) {
        ASSERT_TRUE((wide.beginnings[i / 64] >> (i % 64) & 1U) != 0) << "an anchor was overlooked at " << i;
      }
    }
  }
}

}  // namespace
}  // namespace lastlook::detect
