// SPDX-License-Identifier: MPL-2.0
// Any request: exactly one reply, valid JSON-RPC, within the frame's bound, from the whole of the host below it.
#include <array>
#include <cstdint>
#include <cstdlib>

#include "base/log.h"
#include "wire/limits.h"
#include "wire/session.h"

namespace {

using lastlook::Json;

constexpr std::array<std::string_view, 13> kMethods = {
    "hello",      "draft.evaluate",  "draft.fix",     "draft.commit",    "draft.verify",     "draft.shown",
    "draft.sent", "draft.cancelled", "history.learn", "history.silence", "history.silenced", "part.get",
    "status"};

void Require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

void CheckReply(const std::string& bytes) {
  Require(bytes.size() <= lastlook::kMaxFrameDownBytes);
  const auto reply = lastlook::ParseJson(bytes, {.max_depth = 64});
  Require(reply.ok() && reply->is_object() && reply->size() == 3 && (*reply)["jsonrpc"] == "2.0");
  Require(reply->contains("id") && reply->contains("result") != reply->contains("error"));
  // A fault of our own is always a finding here.
  Require(!reply->contains("error") || (*reply)["error"]["code"] != -32603);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  lastlook::StartLog(lastlook::LogLevel::kError);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  static lastlook::PolicyInForce policy("/nonexistent", lastlook::FileTrust::kRootOwnedOnly);
  lastlook::Session session(
      policy,
      [] {
        return lastlook::Timestamp{1767225600, 540};
      },
      "");
  const std::string_view input(reinterpret_cast<const char*>(data + 1), size - 1);
  // Either the input is the frame, or it is the params of a method, so that the fuzzer need not find the envelope.
  const std::size_t choice = data[0] % (kMethods.size() + 2);
  if (choice != kMethods.size()) {
    CheckReply(session.Answer(R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{"protocol":1,)"
                              R"("client":{"name":"f","version":"0"},"capabilities":["recipients","hold"]}})"));
  }
  if (choice >= kMethods.size()) {
    CheckReply(session.Answer(input));
  } else {
    CheckReply(session.Answer(R"({"jsonrpc":"2.0","id":"x","method":")" + std::string(kMethods[choice]) +
                              R"(","params":)" + std::string(input) + "}"));
  }
  return 0;
}
