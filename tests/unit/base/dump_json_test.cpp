// SPDX-License-Identifier: MPL-2.0
// DumpJson writes what nlohmann would; it only takes a shorter way for most strings.
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "base/json.h"

namespace lastlook {
namespace {

std::string Library(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TEST(DumpJson, WritesWhatTheLibraryWrites) {
  const Json values = {nullptr,
                       true,
                       false,
                       0,
                       -1,
                       1.5,
                       1e300,
                       std::numeric_limits<std::uint64_t>::max(),
                       std::numeric_limits<std::int64_t>::min(),
                       "",
                       "plain",
                       "件名 🈴",
                       "\"\\\n\t\x01\x1f\x7f",
                       std::string("\0", 1),
                       "half a character \xe4\xbb",
                       "\xff",
                       "\xc0\xaf",
                       "\xed\xa0\x80",
                       Json::array(),
                       Json::object(),
                       {{"\"key\"", {1, {{"b", {}}}}}, {"鍵", "\xfe"}}};
  EXPECT_EQ(DumpJson(values), Library(values));
  EXPECT_EQ(DumpJson(OrderedJson(values)), Library(values));
  for (const Json& value : values) {
    EXPECT_EQ(DumpJson(value), Library(value));
  }
}

TEST(DumpJson, WritesAnyBytesAsTheLibraryDoes) {
  std::mt19937 random(7);  // fixed, so that a failure can be seen again
  for (int i = 0; i < 20000; ++i) {
    std::string text(random() % 12, '\0');
    for (char& c : text) {
      c = static_cast<char>(random());
    }
    ASSERT_EQ(DumpJson(Json(text)), Library(Json(text)));
  }
}

TEST(DumpJson, KeepsTheOrderOfOrderedJson) {
  EXPECT_EQ(DumpJson(OrderedJson{{"z", 1}, {"a", 2}}), R"({"z":1,"a":2})");
  EXPECT_EQ(DumpJson(Json{{"z", 1}, {"a", 2}}), R"({"a":2,"z":1})");
}

}  // namespace
}  // namespace lastlook
