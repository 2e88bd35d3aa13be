// SPDX-License-Identifier: MPL-2.0
// hello, client.problem, part.get, status: about the session itself.
#include <utility>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "base/localized_text.h"
#include "wire/limits.h"
#include "wire/methods.h"
#include "wire/params.h"

namespace lastlook {
namespace {

OrderedJson PolicyStateToJson(const PolicyView& view) {
  const Policy& policy = view.prepared->policy();
  OrderedJson problems = OrderedJson::array();
  for (const Error& problem : view.problems) {
    problems.push_back({{"file", Shortened(problem.place.file, kMaxErrorTextBytes)},
                        {"line", problem.place.line},
                        {"column", problem.place.column},
                        {"message", Shortened(problem.message, kMaxErrorTextBytes)},
                        {"remedy", Shortened(problem.remedy, kMaxErrorTextBytes)}});
  }
  OrderedJson state = {{"id", policy.id},
                       {"serial", policy.serial},
                       {"sha256", policy.sha256},
                       {"state", PolicyStateName(view.state)},
                       {"problems", std::move(problems)}};
  if (view.since) {
    state["since"] = FormatTimestamp(view.since->unix_seconds);
  }
  return state;
}

OrderedJson HostToJson() {
  return {{"version", LASTLOOK_VERSION}};
}

}  // namespace

Outcome Hello(SessionState& state, const Json& params) {
  Params in(params);
  // Before anything else: a client of another protocol may have other members.
  const std::int64_t protocol = in.WholeNumber("protocol");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (protocol > kProtocol || protocol < kOldestProtocol) {
    const bool host_is_old = protocol > kProtocol;
    return Failure(
        Error{ErrorCode::kProtocolMismatch,
              "the mail extension speaks protocol " + std::to_string(protocol) + ", this host " +
                  std::to_string(kProtocol),
              host_is_old ? "update the Lastlook package of this machine" : "update the mail extension", "/protocol"},
        host_is_old);
  }
  const Json* client_json = in.Object("client");
  Client client;
  client.capabilities = in.OptionalStrings("capabilities");
  client.language = NormalizeLanguage(in.OptionalString("lang"));
  if (!in.ok()) {
    return in.TakeError();
  }
  Params about(*client_json, "/client");
  client.name = about.String("name");
  client.version = about.String("version");
  client.program = about.OptionalString("program");
  if (!about.ok()) {
    return about.TakeError();
  }
  const Result<PolicyView> view = state.policy.Now();
  if (!view.ok()) {
    return view.error();
  }
  state.client = std::move(client);
  return OrderedJson{{"protocol", protocol},
                     {"host", HostToJson()},
                     {"lang", state.client->language},
                     {"policy", PolicyStateToJson(*view)},
                     {"capabilities", MethodNames()},
                     {"limits",
                      {{"frame_up_bytes", kMaxFrameUpBytes},
                       {"frame_down_bytes", kMaxFrameDownBytes},
                       {"chunk_bytes", kChunkBytes},
                       {"part_chunk_bytes", kPartChunkBytes},
                       {"part_bytes", kMaxPartBytes}}}};
}

Outcome ClientProblem(SessionState& state, const Json& params) {
  Params in(params);
  const std::string problem = in.OneOf("problem", {"page_unknown", "selectors_refused", "sent_around"});
  const std::string detail = in.String("detail");
  if (!in.ok()) {
    return in.TakeError();
  }
  if (state.records != nullptr) {
    state.records->ClientProblem(problem + ": " + Shortened(detail, kMaxProblemBytes));
  }
  return OrderedJson::object();
}

Outcome PartGet(SessionState& state, const Json& params) {
  Params in(params);
  const std::string token = in.String("token");
  const std::int64_t offset = in.WholeNumber("offset");
  if (!in.ok()) {
    return in.TakeError();
  }
  Result<DeferredResults::Chunk> chunk = state.deferred.Take(token, static_cast<std::uint64_t>(offset));
  if (!chunk.ok()) {
    return std::move(chunk).error();
  }
  JsonWriter result;
  result.BeginObject().Key("data").String(Base64Encode(chunk->bytes)).Key("offset").Whole(offset);
  result.Key("size_bytes").Whole(chunk->size_bytes).Key("last").Boolean(chunk->last).EndObject();
  return WrittenResult{result.Take()};
}

Outcome Status(SessionState& state, const Json& /*params*/) {
  const Result<PolicyView> view = state.policy.Now();
  if (!view.ok()) {
    return view.error();
  }
  OrderedJson host = HostToJson();
  host["started"] = FormatTimestamp(state.started.unix_seconds);
  OrderedJson answer{{"host", std::move(host)},
                     {"protocol", kProtocol},
                     {"policy", PolicyStateToJson(*view)},
                     {"counts",
                      {{"evaluated", state.counts.evaluated},
                       {"committed", state.counts.committed},
                       {"sent", state.counts.sent},
                       {"cancelled", state.counts.cancelled}}}};
  if (state.records != nullptr) {
    answer["store"] = state.records->StatusJson();
  }
  return answer;
}

}  // namespace lastlook
