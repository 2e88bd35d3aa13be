// SPDX-License-Identifier: MPL-2.0
// Reads the members of `params`. The first that is missing or of a wrong type is remembered; what is read after it
// comes out empty. So a method reads everything and asks once.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace lastlook {

class Params {
 public:
  explicit Params(const Json& params, std::string pointer = "") : params_(params), pointer_(std::move(pointer)) {}

  std::string String(const char* name);          // must be there
  std::string OptionalString(const char* name);  // "" when not there
  std::string OneOf(const char* name, std::initializer_list<std::string_view> words);
  std::int64_t WholeNumber(const char* name);  // must be there, 0 or more
  std::optional<std::int64_t> OptionalWholeNumber(const char* name);
  bool Boolean(const char* name);                              // must be there
  std::vector<std::string> OptionalStrings(const char* name);  // empty when not there
  const Json* Object(const char* name);                        // must be there; null if it is not
  const Json* Optional(const char* name) const;                // of any type

  bool ok() const { return !error_.has_value(); }
  // REQUIRES: !ok()
  Error TakeError() { return *std::move(error_); }

 private:
  void Refuse(const char* name, const std::string& must_be);

  const Json& params_;
  std::string pointer_;
  std::optional<Error> error_;
};

}  // namespace lastlook
