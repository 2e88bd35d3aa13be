// SPDX-License-Identifier: MPL-2.0
#include "wire/cut_data.h"

#include <gtest/gtest.h>

#include <string>

namespace lastlook {
namespace {

TEST(CutData, TakesTheDataOutOfWhatOurClientWrites) {
  const std::string bytes = R"({"jsonrpc":"2.0","id":17,"method":"part.put","params":{"data":"Zm9v","part_id":"a"}})";
  const auto cut = CutData(bytes);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->data, "Zm9v");
  EXPECT_EQ(cut->rest, R"({"jsonrpc":"2.0","id":17,"method":"part.put","params":{"data":"","part_id":"a"}})");
}

TEST(CutData, LeavesEverythingElseToTheReaderOfJson) {
  for (const char* bytes : {
           "",
           "{",
           R"({"jsonrpc":"2.0","id":1)",
           R"({"jsonrpc":"2.0","id":1,"method":"part.put","params":{"data":"Zm9v)",
           R"({"jsonrpc":"2.0","id":1,"method":"part.put","params":{"part_id":"a","data":"Zm9v"}})",
           R"({"jsonrpc":"2.0","id":1,"method":"part.get","params":{"data":"Zm9v"}})",
           R"({"jsonrpc":"2.0", "id":1,"method":"part.put","params":{"data":"Zm9v"}})",
           R"({"jsonrpc":"2.0","id":"1","method":"part.put","params":{"data":"Zm9v"}})",
           R"({"jsonrpc":"2.0","id":111111111111111111111,"method":"part.put","params":{"data":"Zm9v"}})",
       }) {
    EXPECT_FALSE(CutData(bytes)) << bytes;
  }
}

}  // namespace
}  // namespace lastlook
