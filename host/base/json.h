// SPDX-License-Identifier: MPL-2.0
// The one door to JSON. Reading is strict: valid UTF-8, no duplicate keys, bounded depth, numbers in range; errors name
// line and column. RFC 8259.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace lastlook {

// For reading: keys sorted, so that dump() is canonical.
using Json = nlohmann::json;
// For writing: keys in the order in which a contract shows them.
using OrderedJson = nlohmann::ordered_json;

struct JsonLimits {
  int max_depth = 32;           // design section 5 and 8
  bool allow_comments = false;  // policies only
};

// Reads the whole of `text` as one JSON value. The error's code is kParseError; `place` has line and column.
Result<Json> ParseJson(std::string_view text, const JsonLimits& limits = {});

// Where the value named by the JSON pointer stands in `text`, which ParseJson accepted; for a member, where its key
// stands. If there is no such value, the place of its nearest parent. `file` of the answer is empty.
SourcePlace LocateInJson(std::string_view text, std::string_view pointer, const JsonLimits& limits = {});

// One step of a JSON pointer, escaped (RFC 6901 section 4), with its leading slash: PointerStep("a/b") == "/a~1b".
std::string PointerStep(std::string_view key);
std::string PointerStep(std::size_t index);

// The bytes of `json`. Never throws: text that is not UTF-8 cannot get in, but if it does, it is replaced.
std::string DumpJson(const Json& json);
std::string DumpJson(const OrderedJson& json);

// An object for writing, its members in the order of Add. nlohmann's own {{key, value}, …} copies all it holds each
// time it grows, at 10,000 recipients most of a check.
class ObjectBuilder {
 public:
  explicit ObjectBuilder(std::size_t members) { object_.reserve(members); }
  ObjectBuilder& Add(const char* key, OrderedJson value) {
    object_.emplace_back(key, std::move(value));
    return *this;
  }
  OrderedJson Take() { return std::move(object_); }

 private:
  OrderedJson::object_t object_;
};

// A person's words for the type of a value: "a string", "an object" …
std::string JsonTypeName(const Json& json);

}  // namespace lastlook
