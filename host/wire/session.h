// SPDX-License-Identifier: MPL-2.0
// One client's conversation: bytes of a request in, bytes of its one reply out. Knows no descriptors and no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/methods.h"
#include "wire/session_state.h"

namespace lastlook {

class Session {
 public:
  // `caller`: the extension's id as far as told; for the log only. `records` may be null: then nothing is remembered
  // and nothing recorded.
  Session(PolicyInForce& policy, Clock clock, std::string caller, Records* records = nullptr,
          std::function<Moment()> moments = &MomentNow, MakePartReader make_part_reader = &NoPartReader);

  // Never throws and never fails: whatever comes in, a reply goes out.
  std::string Answer(std::string_view bytes) noexcept;

  // The reply to a frame that was not read because of its length.
  std::string AnswerRefusedFrame(std::uint32_t announced_bytes) noexcept;

  // What can wait until the reply is on its way: the log's first line, and the first use of everything that is slow
  // only then. Call after each reply was written.
  void AfterReply() noexcept;

 private:
  std::string AnswerOrThrow(std::string_view bytes, RequestId* id);
  std::optional<std::string> AnswerPutPart(std::string_view bytes, RequestId* id);
  std::string Reply(const Method& method, const RequestId& id, Outcome outcome);
  std::string ResultOrDeferred(const RequestId& id, std::string text, bool may_defer);

  SessionState state_;
  std::string caller_;
  bool warm_ = false;
};

}  // namespace lastlook
