// SPDX-License-Identifier: MPL-2.0
#include "wire/session.h"

#include <exception>
#include <new>
#include <typeinfo>
#include <utility>

#include "base/crypto.h"
#include "base/log.h"
#include "wire/cut_data.h"
#include "wire/limits.h"
#include "wire/warm_up.h"

namespace lastlook {
namespace {

constexpr std::size_t kMaxLoggedBytes = 64;

// A client's words about itself, fit for one line of a log.
std::string ForLog(const std::string& text) {
  std::string out = Shortened(text, kMaxLoggedBytes);
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    c = byte < 0x20 || byte == 0x7F ? '?' : c;
  }
  return out.empty() ? "not told" : out;
}

std::string OutOfMemory(const RequestId& id) {
  return ErrorReply(id, Error{ErrorCode::kInternalError, "the host ran out of memory",
                              "close other programs or make the mail smaller, then try again", ""});
}

std::string OwnFault(const RequestId& id) {
  return ErrorReply(id, Error{ErrorCode::kInternalError, "the host failed on its own account",
                              "try again; report it with the log", ""});
}

}  // namespace

Session::Session(PolicyInForce& policy, Clock clock, std::string caller, Records* records,
                 std::function<Moment()> moments, MakePartReader make_part_reader)
    : state_{policy, records, {records, std::move(moments)},        clock, clock(), std::nullopt,
             {},     {},      PartDesk(std::move(make_part_reader))},
      caller_(std::move(caller)) {
}

std::string Session::Answer(std::string_view bytes) noexcept {
  RequestId id = "null";
  try {
    return AnswerOrThrow(bytes, &id);
  } catch (const std::bad_alloc&) {
    Log(LogLevel::kError, "out of memory");
    return OutOfMemory(id);
  } catch (const std::exception& problem) {
    // Not what(): it may quote the mail.
    Log(LogLevel::kError, std::string("unexpected ") + typeid(problem).name());
    return OwnFault(id);
  } catch (...) {
    Log(LogLevel::kError, "unexpected exception");
    return OwnFault(id);
  }
}

std::string Session::AnswerOrThrow(std::string_view bytes, RequestId* id) {
  if (std::optional<std::string> reply = AnswerPutPart(bytes, id)) {
    return *std::move(reply);
  }
  Result<Request> request = ReadRequest(bytes, id);
  if (!request.ok()) {
    Log(LogLevel::kWarning, std::string("request refused: ") + ErrorName(request.error().code));
    return ErrorReply(*id, std::move(request).error());
  }
  if (!state_.client && request->method != kHello) {
    return ErrorReply(*id, Error{ErrorCode::kHelloFirst, "a request came before \"hello\"",
                                 "this is a fault of the mail extension; report it", ""});
  }
  const Method* method = FindMethod(request->method);
  if (method == nullptr) {
    return ErrorReply(*id, Error{ErrorCode::kUnknownMethod, "this host knows no method \"" + request->method + "\"",
                                 "update the Lastlook package of this machine", ""});
  }
  return Reply(*method, *id, method->run(state_, request->params));
}

// Null where the request is not exactly what our client writes: then it is read as any other, with the same result.
std::optional<std::string> Session::AnswerPutPart(std::string_view bytes, RequestId* id) {
  const std::optional<CutRequest> cut = CutData(bytes);
  if (!cut || !state_.client) {
    return std::nullopt;
  }
  const Result<std::string> data = Base64Decode(cut->data);
  const Result<Request> request = ReadRequest(cut->rest, id);
  if (!data.ok() || !request.ok()) {
    return std::nullopt;
  }
  return Reply(*FindMethod(request->method), *id, PutPart(state_, request->params, *data));
}

std::string Session::Reply(const Method& method, const RequestId& id, Outcome outcome) {
  if (const auto* failure = std::get_if<Failure>(&outcome)) {
    Log(LogLevel::kWarning, std::string(method.name) + ": " + ErrorName(failure->error.code));
    return ErrorReply(id, *failure);
  }
  auto* written = std::get_if<WrittenResult>(&outcome);
  return ResultOrDeferred(id, written ? std::move(written->json) : DumpJson(std::get<OrderedJson>(outcome)),
                          method.may_defer);
}

std::string Session::ResultOrDeferred(const RequestId& id, std::string text, bool may_defer) {
  std::string reply = ResultReply(id, text);
  if (reply.size() <= kDeferAboveBytes || !may_defer) {
    return reply;
  }
  const std::size_t size = text.size();
  const OrderedJson deferred = {{"deferred", {{"token", state_.deferred.Keep(std::move(text))}, {"size_bytes", size}}}};
  return ResultReply(id, DumpJson(deferred));
}

std::string Session::AnswerRefusedFrame(std::uint32_t announced_bytes) noexcept {
  Log(LogLevel::kWarning, "a frame of " + std::to_string(announced_bytes) + " bytes was refused");
  return ErrorReply("null", announced_bytes == 0
                                ? Error{ErrorCode::kFrameTooLarge, "a frame of length 0 holds no request",
                                        "this is a fault of the mail extension; report it", ""}
                                : Error{ErrorCode::kFrameTooLarge,
                                        "a frame of " + std::to_string(announced_bytes) +
                                            " bytes is over the limit of " + std::to_string(kMaxFrameUpBytes),
                                        "make the mail smaller; send attachments apart", ""});
}

void Session::AfterReply() noexcept {
  try {
    if (state_.records != nullptr) {
      state_.records->AfterReply();
    }
    if (warm_ || !state_.client) {
      return;
    }
    warm_ = true;
    Log(LogLevel::kInfo, "version " LASTLOOK_VERSION ", started by " + ForLog(caller_) + ", client " +
                             ForLog(state_.client->name) + " " + ForLog(state_.client->version) + " in " +
                             ForLog(state_.client->program));
    const Result<PolicyView> view = state_.policy.Now();
    if (view.ok()) {
      WarmUp(*view->prepared);
      if (state_.records != nullptr) {
        state_.records->Prepare(view->prepared->policy().settings);
      }
    }
  } catch (const std::exception& problem) {
    Log(LogLevel::kWarning, std::string("not warmed up: ") + typeid(problem).name());
  }
}

}  // namespace lastlook
