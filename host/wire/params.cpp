// SPDX-License-Identifier: MPL-2.0
#include "wire/params.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace lastlook {

void Params::Refuse(const char* name, const std::string& must_be) {
  if (error_) {
    return;
  }
  const Json* value = Optional(name);
  const std::string is = value == nullptr ? "it is not there" : "this is " + JsonTypeName(*value);
  error_ = Error{ErrorCode::kInvalidParams, "\"" + std::string(name) + "\" must be " + must_be + ", but " + is,
                 "this is a fault of the mail extension; report it", pointer_ + PointerStep(name)};
}

const Json* Params::Optional(const char* name) const {
  const auto member = params_.find(name);
  return member == params_.end() ? nullptr : &*member;
}

std::string Params::String(const char* name) {
  const Json* value = Optional(name);
  if (value == nullptr || !value->is_string()) {
    Refuse(name, "a string");
    return "";
  }
  return value->get<std::string>();
}

std::string Params::OptionalString(const char* name) {
  return Optional(name) == nullptr ? "" : String(name);
}

std::string Params::OneOf(const char* name, std::initializer_list<std::string_view> words) {
  std::string value = String(name);
  if (std::find(words.begin(), words.end(), value) == words.end()) {
    std::string choice;
    for (const std::string_view word : words) {
      choice += (choice.empty() ? "\"" : ", \"") + std::string(word) + "\"";
    }
    Refuse(name, "one of " + choice);
  }
  return value;
}

std::int64_t Params::WholeNumber(const char* name) {
  const Json* value = Optional(name);
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool too_large = value != nullptr && value->is_number_unsigned() && value->get<std::uint64_t>() > kMax;
  if (value == nullptr || !value->is_number_integer() || too_large || value->get<std::int64_t>() < 0) {
    Refuse(name, "a whole number, 0 or more");
    return 0;
  }
  return value->get<std::int64_t>();
}

std::optional<std::int64_t> Params::OptionalWholeNumber(const char* name) {
  return Optional(name) == nullptr ? std::nullopt : std::optional<std::int64_t>(WholeNumber(name));
}

bool Params::Boolean(const char* name) {
  const Json* value = Optional(name);
  if (value == nullptr || !value->is_boolean()) {
    Refuse(name, "true or false");
    return false;
  }
  return value->get<bool>();
}

std::vector<std::string> Params::OptionalStrings(const char* name) {
  const Json* value = Optional(name);
  if (value == nullptr) {
    return {};
  }
  const bool strings =
      value->is_array() && std::all_of(value->begin(), value->end(), [](const Json& one) { return one.is_string(); });
  if (!strings) {
    Refuse(name, "an array of strings");
    return {};
  }
  return value->get<std::vector<std::string>>();
}

const Json* Params::Object(const char* name) {
  const Json* value = Optional(name);
  if (value == nullptr || !value->is_object()) {
    Refuse(name, "an object");
    return nullptr;
  }
  return value;
}

}  // namespace lastlook
