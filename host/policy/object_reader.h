// SPDX-License-Identifier: MPL-2.0
// Reads the members of a JSON object strictly and keeps the first error, so that reading ten members stays ten lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace lastlook {

// Whether {} may stand for "as usual", or says nothing at all.
enum class EmptyObject { kRefused, kAllowed };

class ObjectReader {
 public:
  // Refuses anything that is not an object, an empty object (unless allowed), and members that are not in `keys`;
  // members that begin with "x-" are for tools and are passed over. `json` must outlive the reader.
  ObjectReader(const Json& json, std::vector<std::string> keys, EmptyObject empty = EmptyObject::kRefused);

  // The member, or null. The getters below refuse a member of another type.
  const Json* Find(const std::string& key) const;
  std::optional<std::string> String(const std::string& key);
  std::optional<bool> Boolean(const std::string& key);
  std::optional<std::int64_t> Whole(const std::string& key, std::int64_t least, std::int64_t most);
  std::optional<std::string> OneOf(const std::string& key, const std::vector<std::string>& values);
  // A string, or an array of strings that is not empty.
  std::optional<std::vector<std::string>> Strings(const std::string& key);

  // Records an error about a member, unless there is one already.
  void Refuse(const std::string& key, std::string message, std::string remedy);
  void Refuse(Error error);

  const std::optional<Error>& error() const { return error_; }

 private:
  const Json& json_;
  std::optional<Error> error_;
};

// Strings of an array, or one string; errors point inside `json`.
Result<std::vector<std::string>> StringsFromJson(const Json& json);

// A policy error without place; the caller knows it.
Error PolicyError(std::string message, std::string remedy, std::string pointer = "");

}  // namespace lastlook
