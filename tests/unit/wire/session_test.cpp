// SPDX-License-Identifier: MPL-2.0
// The conversation in memory. tests/protocol says the same of the real program, and more.
#include "wire/session.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "wire/limits.h"

namespace lastlook {
namespace {

constexpr const char* kHelloRequest =
    R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{"protocol":1,"client":{"name":"test","version":"0"},)"
    R"("capabilities":["recipients","hold"],"lang":"ja-JP"}})";

class SessionTest : public testing::Test {
 protected:
  SessionTest()
      : policy_("/nonexistent", FileTrust::kRootOwnedOnly),
        session_(
            policy_,
            [] {
              return Timestamp{1767225600, 540};
            },
            "") {}

  Json Ask(const std::string& bytes) {
    Result<Json> reply = ParseJson(session_.Answer(bytes));
    EXPECT_TRUE(reply.ok());
    return reply.ok() ? *std::move(reply) : Json();
  }
  Json Call(const std::string& method, const Json& params) {
    return Ask(DumpJson(Json{{"jsonrpc", "2.0"}, {"id", 9}, {"method", method}, {"params", params}}));
  }
  int CodeOf(const Json& reply) { return reply.contains("error") ? reply["error"]["code"].get<int>() : 0; }

  PolicyInForce policy_;
  Session session_;
};

Json DraftWith(std::size_t recipients) {
  Json to = Json::array();
  for (std::size_t i = 0; i < recipients; ++i) {
    to.push_back("person" + std::to_string(i) + "@c" + std::to_string(i % 500) + ".example");
  }
  return {{"from", "me@example.com"}, {"to", to}, {"subject", "s"}, {"body", {{"text", "b"}}}};
}

TEST_F(SessionTest, HelloComesFirst) {
  EXPECT_EQ(CodeOf(Call("status", Json::object())), 1011);
  EXPECT_EQ(CodeOf(Call("nothing", Json::object())), 1011);
  const Json hello = Ask(kHelloRequest)["result"];
  EXPECT_EQ(hello["protocol"], 1);
  EXPECT_EQ(hello["lang"], "ja");
  EXPECT_EQ(hello["policy"]["state"], "ok");
  EXPECT_EQ(CodeOf(Call("nothing", Json::object())), -32601);
}

TEST_F(SessionTest, APieceOfAnAttachmentIsTheSameRequestInWhicheverOrderItIsWritten) {
  Ask(kHelloRequest);
  const auto put = [this](const std::string& params) {
    Json reply = Ask(R"({"jsonrpc":"2.0","id":9,"method":"part.put","params":{)" + params + "}}");
    reply.erase("id");
    return reply;
  };
  const std::string rest = R"("part_id":"a","name":"n","offset":0,"size_bytes":3,"last":true)";
  for (const std::string data : {"Zm9v", "Zm9vZg==", "Zm9", "Zm!v", "", "Zm\\u0039v"}) {
    const std::string member = R"("data":")" + data + "\"";
    Json quick = put(member + "," + rest);
    Json slow = put(rest + "," + member);
    if (quick.contains("result")) {  // by then the other may have been read
      quick["result"].erase("state");
      slow["result"].erase("state");
    }
    EXPECT_EQ(quick, slow) << data;
  }
  // No JSON in either order, and told so at different places.
  EXPECT_EQ(CodeOf(put(R"("data":"Zm\",)" + rest)), -32700);
  EXPECT_EQ(CodeOf(put(rest + R"(,"data":"Zm\")")), -32700);
  EXPECT_EQ(CodeOf(put(R"("data":"Zm9v","data":"Zm9v",)" + rest)), -32700);
  EXPECT_EQ(CodeOf(Ask(R"({"jsonrpc":"2.0","id":1,"method":"part.put","params":{"data":"Zm9v")")), -32700);
}

TEST_F(SessionTest, ARefusedSecondHelloLeavesTheFirst) {
  Ask(kHelloRequest);
  EXPECT_EQ(CodeOf(Call("hello", {{"protocol", 2}})), 1010);
  EXPECT_EQ(Call("hello", {{"protocol", 2}})["error"]["data"]["host_is_old"], true);
  EXPECT_EQ(Call("hello", {{"protocol", 0}})["error"]["data"]["host_is_old"], false);
  EXPECT_EQ(CodeOf(Call("status", Json::object())), 0);
}

TEST_F(SessionTest, CountsWhatHappened) {
  Ask(kHelloRequest);
  session_.AfterReply();
  Call("draft.evaluate", {{"compose_id", "c"}, {"revision", 1}, {"purpose", "send"}, {"draft", DraftWith(1)}});
  Call("draft.evaluate", {{"compose_id", "c"}, {"revision", 1}, {"purpose", "wrong"}, {"draft", DraftWith(1)}});
  Call("draft.sent", {{"compose_id", "c"}, {"digest", "sha256:0"}});
  Call("draft.cancelled", {{"compose_id", "c"}, {"digest", "sha256:0"}, {"why", "back"}});
  Call("draft.cancelled", {{"compose_id", "c"}, {"digest", "sha256:0"}, {"why", "block"}});
  const Json status = Call("status", Json::object())["result"];
  EXPECT_EQ(status["counts"], Json({{"evaluated", 1}, {"committed", 0}, {"sent", 1}, {"cancelled", 2}}));
  EXPECT_EQ(status["host"]["started"], "2026-01-01T00:00:00Z");
}

TEST_F(SessionTest, AResultTooLargeForAFrameIsPulledInPieces) {
  Ask(kHelloRequest);
  const Json params = {{"compose_id", "c"}, {"revision", 1}, {"purpose", "send"}, {"draft", DraftWith(10000)}};
  const Json deferred = Call("draft.evaluate", params)["result"]["deferred"];
  ASSERT_TRUE(deferred.is_object());
  std::string pulled;
  for (bool last = false; !last;) {
    const std::string reply =
        session_.Answer(DumpJson(Json{{"jsonrpc", "2.0"},
                                      {"id", 1},
                                      {"method", "part.get"},
                                      {"params", {{"token", deferred["token"]}, {"offset", pulled.size()}}}}));
    ASSERT_LE(reply.size(), kMaxFrameDownBytes);
    const Json part = (*ParseJson(reply))["result"];
    pulled += *Base64Decode(part["data"].get<std::string>());
    last = part["last"].get<bool>();
  }
  EXPECT_EQ(pulled.size(), deferred["size_bytes"].get<std::size_t>());
  const Result<Json> result = ParseJson(pulled);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ((*result)["verdict"]["recipients"].size(), 10000U);
  EXPECT_EQ(CodeOf(Call("part.get", {{"token", deferred["token"]}, {"offset", 0}})), 1301);
}

TEST_F(SessionTest, TheAnswerDoesNotDependOnWhatWasAskedBefore) {
  Ask(kHelloRequest);
  const Json params = {{"compose_id", "c"}, {"revision", 1}, {"purpose", "live"}, {"draft", DraftWith(20)}};
  const Json cold = Call("draft.evaluate", params);
  session_.AfterReply();
  Call("draft.evaluate", {{"compose_id", "d"}, {"revision", 1}, {"purpose", "send"}, {"draft", DraftWith(3)}});
  EXPECT_EQ(Call("draft.evaluate", params), cold);
}

}  // namespace
}  // namespace lastlook
