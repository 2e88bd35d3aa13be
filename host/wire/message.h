// SPDX-License-Identifier: MPL-2.0
// JSON-RPC 2.0 without batches and without notifications: requests in, replies out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace lastlook {

// The JSON text of a request's id, for the reply; "null" when it has none that can be used.
using RequestId = std::string;

struct Request {
  std::string method;
  Json params;  // an object
};

// What a reply says when something went wrong.
struct Failure {
  Error error;
  std::optional<bool> host_is_old = std::nullopt;  // with kProtocolMismatch

  Failure(Error what) : error(std::move(what)) {}  // NOLINT(google-explicit-constructor)
  Failure(Error what, bool old) : error(std::move(what)), host_is_old(old) {}
};

// Reads one frame's bytes. `*id` is set as soon as it is known, also when the request is refused. Errors: kParseError,
// kInvalidRequest, kInvalidParams.
Result<Request> ReadRequest(std::string_view bytes, RequestId* id);

// At most `max_bytes` of `text`, whole characters, with "…" where something was left out.
std::string Shortened(const std::string& text, std::size_t max_bytes);

// The bytes of a reply. `result` is JSON text.
std::string ResultReply(const RequestId& id, std::string_view result);
// Fits one frame whatever the error quotes.
std::string ErrorReply(const RequestId& id, const Failure& failure);

}  // namespace lastlook
