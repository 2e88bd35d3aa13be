// SPDX-License-Identifier: MPL-2.0
// The methods of the protocol, one function each (PROTOCOL.md, "Methods"). A new method is a function and a row.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"
#include "wire/message.h"
#include "wire/session_state.h"

namespace lastlook {

// A result that was written as JSON already.
struct WrittenResult {
  std::string json;
};

using Outcome = std::variant<OrderedJson, WrittenResult, Failure>;

struct Method {
  std::string_view name;
  Outcome (*run)(SessionState& state, const Json& params);
  bool may_defer = true;  // false: its result always fits a frame, or is itself a piece of a deferred one
};

// Null if there is no such method.
const Method* FindMethod(std::string_view name);

inline constexpr std::string_view kHello = "hello";

// session_methods.cpp
Outcome Hello(SessionState& state, const Json& params);
Outcome ClientProblem(SessionState& state, const Json& params);
Outcome PartGet(SessionState& state, const Json& params);
Outcome Status(SessionState& state, const Json& params);

// part_methods.cpp
Outcome PartPut(SessionState& state, const Json& params);
Outcome PartStates(SessionState& state, const Json& params);
Outcome PartDrop(SessionState& state, const Json& params);
// part.put whose `data` was decoded already; `data` in `params` is not looked at.
Outcome PutPart(SessionState& state, const Json& params, std::string_view bytes);

// draft_methods.cpp
Outcome DraftEvaluate(SessionState& state, const Json& params);
Outcome DraftFix(SessionState& state, const Json& params);
Outcome DraftCommit(SessionState& state, const Json& params);
Outcome DraftVerify(SessionState& state, const Json& params);
Outcome DraftShown(SessionState& state, const Json& params);
Outcome DraftSent(SessionState& state, const Json& params);
Outcome DraftCancelled(SessionState& state, const Json& params);

// history_methods.cpp
Outcome HistoryLearn(SessionState& state, const Json& params);
Outcome HistorySilence(SessionState& state, const Json& params);
Outcome HistorySilenced(SessionState& state, const Json& params);

// own_domains_methods.cpp
Outcome OwnDomains(SessionState& state, const Json& params);

// hold_methods.cpp
Outcome HoldPut(SessionState& state, const Json& params);
Outcome HoldList(SessionState& state, const Json& params);
Outcome HoldRelease(SessionState& state, const Json& params);
Outcome HoldAsk(SessionState& state, const Json& params);
Outcome HoldSent(SessionState& state, const Json& params);
Outcome HoldCancel(SessionState& state, const Json& params);

// The names of all methods but `hello`, for its answer.
OrderedJson MethodNames();

}  // namespace lastlook
