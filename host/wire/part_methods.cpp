// SPDX-License-Identifier: MPL-2.0
// part.put, part.state, part.drop: attachments, handed over while the mail is written. (part.get is about results.)
#include <string>
#include <utility>

#include "base/crypto.h"
#include "wire/methods.h"
#include "wire/params.h"

namespace lastlook {
namespace {

constexpr const char* kFaultOfTheClient = "this is a fault of the mail extension; report it";

Error Refused(std::string message, std::string pointer) {
  return Error{ErrorCode::kInvalidParams, std::move(message), kFaultOfTheClient, std::move(pointer)};
}

std::string_view StateName(PartState state) {
  switch (state) {
    case PartState::kUnknown:
      return "unknown";
    case PartState::kPending:
      return "pending";
    case PartState::kRead:
      return "read";
    case PartState::kUninspected:
      return "uninspected";
  }
  return "unknown";
}

}  // namespace

Outcome PutPart(SessionState& state, const Json& params, std::string_view bytes) {
  Params in(params);
  const std::string part_id = in.String("part_id");
  const std::string name = in.String("name");
  const std::int64_t offset = in.WholeNumber("offset");
  const std::int64_t size = in.WholeNumber("size_bytes");
  const bool last = in.Boolean("last");
  const std::string sha256 = in.OptionalString("sha256");
  if (!in.ok()) {
    return in.TakeError();
  }
  const Result<PartProgress> progress = state.parts.Put(
      {part_id, static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(size), last, sha256, bytes}, name);
  if (!progress.ok()) {
    return progress.error();
  }
  OrderedJson result = {{"part_id", part_id}, {"received", progress->received}};
  if (!progress->sha256.empty()) {
    result["sha256"] = progress->sha256;
    result["state"] = StateName(state.parts.StateOf(progress->sha256, name));
  }
  return result;
}

Outcome PartPut(SessionState& state, const Json& params) {
  Params in(params);
  const std::string data = in.String("data");
  if (!in.ok()) {
    return in.TakeError();
  }
  const Result<std::string> bytes = Base64Decode(data);
  if (!bytes.ok()) {
    return Refused("\"data\" is not base64", "/data");
  }
  return PutPart(state, params, *bytes);
}

Outcome PartStates(SessionState& state, const Json& params) {
  const auto parts = params.find("parts");
  if (parts == params.end() || !parts->is_array()) {
    return Refused("\"parts\" must be an array", "/parts");
  }
  OrderedJson states = OrderedJson::array();
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const std::string pointer = "/parts" + PointerStep(i);
    if (!(*parts)[i].is_object()) {
      return Refused("a part must be an object", pointer);
    }
    Params in((*parts)[i], pointer);
    const std::string sha256 = in.String("sha256");
    const std::string name = in.String("name");
    if (!in.ok()) {
      return in.TakeError();
    }
    states.push_back(StateName(state.parts.StateOf(sha256, name)));
  }
  return OrderedJson{{"states", std::move(states)}};
}

Outcome PartDrop(SessionState& state, const Json& params) {
  Params in(params);
  const std::vector<std::string> part_ids = in.OptionalStrings("part_ids");
  if (!in.ok()) {
    return in.TakeError();
  }
  for (const std::string& part_id : part_ids) {
    state.parts.Drop(part_id);
  }
  return OrderedJson::object();
}

}  // namespace lastlook
