// SPDX-License-Identifier: MPL-2.0
#include "wire/message.h"

#include <gtest/gtest.h>

#include "wire/limits.h"

namespace lastlook {
namespace {

ErrorCode Refused(std::string_view bytes, const std::string& expected_id) {
  RequestId id = "not set";
  const Result<Request> request = ReadRequest(bytes, &id);
  EXPECT_FALSE(request.ok()) << bytes;
  EXPECT_EQ(id, expected_id) << bytes;
  return request.ok() ? ErrorCode::kInternalError : request.error().code;
}

TEST(ReadRequest, ReadsMethodParamsAndId) {
  RequestId id;
  Result<Request> request =
      ReadRequest(R"({"jsonrpc":"2.0","id":7,"method":"status","params":{"a":1},"new":true})", &id);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(id, "7");
  EXPECT_EQ(request->method, "status");
  EXPECT_EQ(request->params, Json({{"a", 1}}));
}

TEST(ReadRequest, ParamsMayBeLeftOut) {
  RequestId id;
  const Result<Request> request = ReadRequest(R"({"jsonrpc":"2.0","id":"a","method":"status"})", &id);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(id, "\"a\"");
  EXPECT_EQ(request->params, Json::object());
}

TEST(ReadRequest, RefusesWhatIsNotARequest) {
  EXPECT_EQ(Refused("[]", "null"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused("7", "null"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused(R"({"jsonrpc":"2.0","method":"status"})", "null"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused(R"({"jsonrpc":"1.0","id":1,"method":"status"})", "1"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused(R"({"id":1,"method":"status"})", "1"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused(R"({"jsonrpc":"2.0","id":1})", "1"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused(R"({"jsonrpc":"2.0","id":1,"method":5})", "1"), ErrorCode::kInvalidRequest);
  EXPECT_EQ(Refused(R"({"jsonrpc":"2.0","id":1,"method":"status","params":[]})", "1"), ErrorCode::kInvalidParams);
}

TEST(ReadRequest, RefusesIdsThatCannotBeUsed) {
  for (const char* id : {"0", "-1", "1.5", "1.0", "null", "true", "[]", "{}"}) {
    const std::string bytes = R"({"jsonrpc":"2.0","method":"status","id":)" + std::string(id) + "}";
    EXPECT_EQ(Refused(bytes, "null"), ErrorCode::kInvalidRequest);
  }
  std::string characters;
  for (std::size_t i = 0; i < kMaxIdCharacters; ++i) {
    characters += "鍵";  // three bytes, one character
  }
  RequestId id;
  EXPECT_TRUE(ReadRequest(R"({"jsonrpc":"2.0","method":"m","id":")" + characters + "\"}", &id).ok());
  EXPECT_EQ(Refused(R"({"jsonrpc":"2.0","method":"m","id":"x)" + characters + "\"}", "null"),
            ErrorCode::kInvalidRequest);
}

TEST(ReadRequest, ParseErrorsNameTheirPlace) {
  RequestId id;
  const Result<Request> request = ReadRequest("{\"a\":1,\n\"a\":2}", &id);
  ASSERT_FALSE(request.ok());
  EXPECT_EQ(request.error().code, ErrorCode::kParseError);
  EXPECT_NE(request.error().message.find("line 2, column 1"), std::string::npos) << request.error().message;
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(Shortened("abc", 3), "abc");
  EXPECT_EQ(Shortened("abcd", 3), "abc…");
  EXPECT_EQ(Shortened("あいう", 4), "あ…");
}

TEST(ErrorReply, SaysAllThatIsKnown) {
  Error error{ErrorCode::kNotCovered, "ticks are missing", "give them", "/acknowledged"};
  error.missing = {"to[0]", "reason"};
  EXPECT_EQ(ErrorReply("7", error),
            R"({"jsonrpc":"2.0","id":7,"error":{"code":1206,"message":"ticks are missing","data":)"
            R"({"name":"not_covered","remedy":"give them","where":"/acknowledged","missing":["to[0]","reason"]}}})");
  EXPECT_EQ(ErrorReply("null", Failure(Error{ErrorCode::kProtocolMismatch, "m", "r", ""}, true)),
            R"({"jsonrpc":"2.0","id":null,"error":{"code":1010,"message":"m","data":)"
            R"({"name":"protocol_mismatch","remedy":"r","host_is_old":true}}})");
}

TEST(ErrorReply, FitsAFrameWhateverItQuotes) {
  const std::string huge(4U << 20U, '\x01');  // each becomes six bytes
  Error error{ErrorCode::kNotCovered, huge, huge, "/draft/headers/" + huge};
  error.missing.assign(100000, std::string(10000, '\x01'));
  const std::string reply = ErrorReply("\"" + std::string(kMaxIdCharacters * 4, 'x') + "\"", error);
  EXPECT_LT(reply.size(), kMaxFrameDownBytes);
  const Result<Json> json = ParseJson(reply);
  ASSERT_TRUE(json.ok());
  EXPECT_EQ((*json)["error"]["data"]["where"], "/draft/headers");
  EXPECT_GT((*json)["error"]["data"]["missing"].size(), 5U);
}

}  // namespace
}  // namespace lastlook
