// SPDX-License-Identifier: MPL-2.0
#include "zip/password.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace lastlook::zip {
namespace {

TEST(MakePassword, IsLongReadableAndNeverTheSame) {
  std::set<std::string> made;
  std::array<int, 256> seen{};
  for (int i = 0; i < 2000; ++i) {
    const Result<std::string> password = MakePassword(&SystemRandom);
    ASSERT_TRUE(password.ok());
    ASSERT_EQ(password.value().size(), 24U);
    for (std::size_t at = 0; at < password.value().size(); ++at) {
      const char c = password.value()[at];
      EXPECT_EQ(c == '-', at % 5 == 4);
      ++seen[static_cast<unsigned char>(c)];
    }
    made.insert(password.value());
  }
  EXPECT_EQ(made.size(), 2000U);
  for (const char c : std::string("0o1li2z5sbgqOIZSBG")) {
    EXPECT_EQ(seen[static_cast<unsigned char>(c)], 0) << c;
  }
  // 40,000 characters out of 24: each about 1,667 times; six standard deviations are 240.
  for (const char c : std::string("acdefhjkmnprtuvwxy346789")) {
    EXPECT_NEAR(seen[static_cast<unsigned char>(c)], 1667, 240) << c;
  }
}

TEST(MakePassword, IsNotMadeWithoutRandomNumbers) {
  const Result<std::string> password = MakePassword([](std::size_t) -> Result<std::string> {
    return Error{ErrorCode::kInternalError, "none", "", ""};
  });
  ASSERT_FALSE(password.ok());
  EXPECT_EQ(password.error().message, "none");
}

TEST(MakePassword, IsNotMadeOfFewerBytesThanAskedFor) {
  EXPECT_FALSE(MakePassword([](std::size_t) -> Result<std::string> { return std::string("x"); }).ok());
  EXPECT_FALSE(MakePassword([](std::size_t count) -> Result<std::string> { return std::string(count, '\xFF'); }).ok());
}

TEST(MakePassword, PassesOverWhatWouldMakeOneCharacterLikelier) {
  int calls = 0;
  const Result<std::string> password = MakePassword(
      [&](std::size_t count) -> Result<std::string> { return std::string(count, ++calls == 1 ? '\xF0' : '\x17'); });
  ASSERT_TRUE(password.ok());
  EXPECT_EQ(password.value(), "9999-9999-9999-9999-9999");
}

}  // namespace
}  // namespace lastlook::zip
