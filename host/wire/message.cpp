// SPDX-License-Identifier: MPL-2.0
#include "wire/message.h"

#include <algorithm>
#include <utility>

#include "wire/limits.h"

namespace lastlook {
namespace {

constexpr const char* kFaultOfTheClient = "this is a fault of the mail extension; report it";

bool BeginsCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

// A pointer cut in the middle of a step points nowhere, so whole steps go.
std::string ShortenedPointer(const std::string& pointer) {
  if (pointer.size() <= kMaxErrorTextBytes) {
    return pointer;
  }
  return pointer.substr(0, pointer.rfind('/', kMaxErrorTextBytes));
}

Error InvalidRequest(std::string message) {
  return Error{ErrorCode::kInvalidRequest, std::move(message), kFaultOfTheClient, ""};
}

std::optional<RequestId> ReadId(const Json& id) {
  if (id.is_number_unsigned() && id.get<std::uint64_t>() >= 1) {
    return DumpJson(id);
  }
  if (id.is_string()) {
    const auto& text = id.get_ref<const std::string&>();
    if (static_cast<std::size_t>(std::count_if(text.begin(), text.end(), BeginsCharacter)) <= kMaxIdCharacters) {
      return DumpJson(id);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string Shortened(const std::string& text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) {
    return text;
  }
  std::size_t end = max_bytes;
  while (end > 0 && !BeginsCharacter(text[end])) {
    --end;
  }
  return text.substr(0, end) + "…";
}

Result<Request> ReadRequest(std::string_view bytes, RequestId* id) {
  *id = "null";
  Result<Json> json = ParseJson(bytes);
  if (!json.ok()) {
    Error error = std::move(json).error();
    error.message +=
        " (line " + std::to_string(error.place.line) + ", column " + std::to_string(error.place.column) + ")";
    error.remedy = kFaultOfTheClient;
    return error;
  }
  if (json->is_array()) {
    return InvalidRequest("batches are not part of this protocol");
  }
  if (!json->is_object()) {
    return InvalidRequest("a request is an object, but this is " + JsonTypeName(*json));
  }
  const auto id_member = json->find("id");
  if (id_member == json->end()) {
    return InvalidRequest("a request needs an id; notifications are not part of this protocol");
  }
  const std::optional<RequestId> usable = ReadId(*id_member);
  if (!usable) {
    return InvalidRequest("the id is neither a whole number from 1 nor a string of at most " +
                          std::to_string(kMaxIdCharacters) + " characters");
  }
  *id = *usable;
  const auto version = json->find("jsonrpc");
  if (version == json->end() || *version != "2.0") {
    return InvalidRequest("\"jsonrpc\" is not \"2.0\"");
  }
  const auto method = json->find("method");
  if (method == json->end() || !method->is_string()) {
    return InvalidRequest("\"method\" is not a string");
  }
  Request request{std::move(method->get_ref<std::string&>()), Json::object()};
  const auto params = json->find("params");
  if (params != json->end()) {
    if (!params->is_object()) {
      return Error{ErrorCode::kInvalidParams, "\"params\" must be an object, but this is " + JsonTypeName(*params),
                   kFaultOfTheClient, ""};
    }
    request.params = std::move(*params);
  }
  return request;
}

std::string ResultReply(const RequestId& id, std::string_view result) {
  std::string reply = R"({"jsonrpc":"2.0","id":)";
  reply.reserve(reply.size() + id.size() + result.size() + 16);
  reply += id;
  reply += R"(,"result":)";
  reply += result;
  reply += '}';
  return reply;
}

std::string ErrorReply(const RequestId& id, const Failure& failure) {
  const Error& error = failure.error;
  OrderedJson data = {{"name", ErrorName(error.code)}, {"remedy", Shortened(error.remedy, kMaxErrorTextBytes)}};
  if (!error.pointer.empty()) {
    data["where"] = ShortenedPointer(error.pointer);
  }
  if (failure.host_is_old) {
    data["host_is_old"] = *failure.host_is_old;
  }
  if (error.code == ErrorCode::kNotCovered) {
    OrderedJson missing = OrderedJson::array();
    std::size_t bytes = 0;
    for (const std::string& item : error.missing) {
      OrderedJson shortened = Shortened(item, kMaxErrorTextBytes);
      bytes += DumpJson(shortened).size();
      if (bytes > kMaxMissingBytes) {
        break;
      }
      missing.push_back(std::move(shortened));
    }
    data["missing"] = std::move(missing);
  }
  const OrderedJson body = {{"code", static_cast<int>(error.code)},
                            {"message", Shortened(error.message, kMaxErrorTextBytes)},
                            {"data", std::move(data)}};
  return R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":)" + DumpJson(body) + "}";
}

}  // namespace lastlook
