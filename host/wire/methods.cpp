// SPDX-License-Identifier: MPL-2.0
#include "wire/methods.h"

#include <algorithm>
#include <array>

namespace lastlook {
namespace {

constexpr std::array<Method, 24> kMethods = {{
    {kHello, &Hello, false},
    {"draft.evaluate", &DraftEvaluate},
    {"draft.fix", &DraftFix},
    {"draft.commit", &DraftCommit},
    {"draft.verify", &DraftVerify},
    {"draft.shown", &DraftShown},
    {"draft.sent", &DraftSent},
    {"draft.cancelled", &DraftCancelled},
    {"history.learn", &HistoryLearn, false},
    {"history.silence", &HistorySilence, false},
    {"history.silenced", &HistorySilenced},
    {"own_domains", &OwnDomains, false},
    {"hold.put", &HoldPut, false},
    {"hold.list", &HoldList},
    {"hold.release", &HoldRelease},
    {"hold.ask", &HoldAsk, false},
    {"hold.sent", &HoldSent, false},
    {"hold.cancel", &HoldCancel, false},
    {"client.problem", &ClientProblem, false},
    {"part.get", &PartGet, false},
    {"part.put", &PartPut, false},
    {"part.state", &PartStates, false},
    {"part.drop", &PartDrop, false},
    {"status", &Status, false},
}};

}  // namespace

const Method* FindMethod(std::string_view name) {
  const auto* method =
      std::find_if(kMethods.begin(), kMethods.end(), [name](const Method& one) { return one.name == name; });
  return method == kMethods.end() ? nullptr : method;
}

OrderedJson MethodNames() {
  OrderedJson names = OrderedJson::array();
  for (const Method& method : kMethods) {
    if (method.name != kHello) {
      names.push_back(method.name);
    }
  }
  return names;
}

}  // namespace lastlook
