// SPDX-License-Identifier: MPL-2.0
#include "policy/suggestion.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(NearestName, FindsSlipsOfTheFinger) {
  const std::vector<std::string> names = {"recipients", "recipient_domains", "text"};
  EXPECT_EQ(NearestName("recipents", names), "recipients");
  EXPECT_EQ(NearestName("tetx", names), "text");
  EXPECT_EQ(NearestName("personal_data", names), "");
  EXPECT_EQ(NearestName(std::string(100000, 'a'), names), "");
}

}  // namespace
}  // namespace lastlook
