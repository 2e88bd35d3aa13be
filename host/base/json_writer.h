// SPDX-License-Identifier: MPL-2.0
// JSON written as it comes, without a tree: for answers so large that building and freeing one costs more than the
// decision (a verdict about ten thousand recipients). The bytes are those that DumpJson writes.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"

namespace lastlook {

// Appends `text` as a JSON string with its quotes. What is no UTF-8 is replaced by U+FFFD.
void AppendJsonString(std::string_view text, std::string* out);

// REQUIRES: Key() before each value inside an object, every Begin closed.
class JsonWriter {
 public:
  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }

  // `key` holds nothing that needs an escape.
  JsonWriter& Key(std::string_view key) {
    const char* const before = separate_ ? ",\"" : "\"";
    out_.append(before, separate_ ? 2 : 1).append(key).append("\":", 2);
    separate_ = false;
    return *this;
  }
  JsonWriter& String(std::string_view text) {
    Separate();
    AppendJsonString(text, &out_);
    return *this;
  }
  JsonWriter& Boolean(bool value) {
    Separate();
    out_ += value ? "true" : "false";
    return *this;
  }
  template <std::integral Number>
  JsonWriter& Whole(Number value) {
    Separate();
    out_ += std::to_string(value);
    return *this;
  }
  template <typename AnyJson>
  JsonWriter& Value(const AnyJson& json) {
    Separate();
    out_ += DumpJson(json);
    return *this;
  }
  // Each item as a string.
  template <typename Texts>
  JsonWriter& Strings(const Texts& texts) {
    BeginArray();
    for (const auto& text : texts) {
      String(text);
    }
    return EndArray();
  }

  void Reserve(std::size_t bytes) { out_.reserve(bytes); }
  std::string Take() { return std::move(out_); }

 private:
  void Separate() {
    if (separate_) {
      out_ += ',';
    }
    separate_ = true;
  }
  JsonWriter& Open(char bracket) {
    Separate();
    out_ += bracket;
    separate_ = false;
    return *this;
  }
  JsonWriter& Close(char bracket) {
    out_ += bracket;
    separate_ = true;
    return *this;
  }

  std::string out_;
  bool separate_ = false;
};

}  // namespace lastlook
