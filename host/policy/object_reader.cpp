// SPDX-License-Identifier: MPL-2.0
#include "policy/object_reader.h"

#include <algorithm>
#include <utility>

#include "policy/suggestion.h"

namespace lastlook {

Error PolicyError(std::string message, std::string remedy, std::string pointer) {
  return Error{ErrorCode::kPolicyRefused, std::move(message), std::move(remedy), std::move(pointer)};
}

ObjectReader::ObjectReader(const Json& json, std::vector<std::string> keys, EmptyObject empty) : json_(json) {
  if (!json.is_object()) {
    Refuse(PolicyError("an object was expected here, this is " + JsonTypeName(json),
                       "write { … } with any of: " + SuggestName("", keys).substr(7)));
    return;
  }
  bool any = false;
  for (const auto& [key, value] : json.items()) {
    if (key.starts_with("x-")) {
      continue;
    }
    any = true;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      Refuse(key, "the key \"" + key + "\" is not known here", SuggestName(key, keys));
      return;
    }
  }
  if (!any && empty == EmptyObject::kRefused) {
    Refuse(PolicyError("this object is empty", "say what is meant, or leave it out"));
  }
}

const Json* ObjectReader::Find(const std::string& key) const {
  if (!json_.is_object()) {
    return nullptr;
  }
  const auto found = json_.find(key);
  return found == json_.end() ? nullptr : &*found;
}

std::optional<std::string> ObjectReader::String(const std::string& key) {
  const Json* value = Find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_string()) {
    Refuse(key, "\"" + key + "\" is " + JsonTypeName(*value), "write a string");
    return std::nullopt;
  }
  return value->get<std::string>();
}

std::optional<bool> ObjectReader::Boolean(const std::string& key) {
  const Json* value = Find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_boolean()) {
    Refuse(key, "\"" + key + "\" is " + JsonTypeName(*value), "write true or false");
    return std::nullopt;
  }
  return value->get<bool>();
}

std::optional<std::int64_t> ObjectReader::Whole(const std::string& key, std::int64_t least, std::int64_t most) {
  const Json* value = Find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  const std::string range = "write a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  if (!value->is_number_integer() || (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX)) {
    Refuse(key, "\"" + key + "\" is " + JsonTypeName(*value) + " that does not fit", range);
    return std::nullopt;
  }
  const auto number = value->get<std::int64_t>();
  if (number < least || number > most) {
    Refuse(key, "\"" + key + "\" is " + std::to_string(number), range);
    return std::nullopt;
  }
  return number;
}

std::optional<std::string> ObjectReader::OneOf(const std::string& key, const std::vector<std::string>& values) {
  const std::optional<std::string> value = String(key);
  if (value && std::find(values.begin(), values.end(), *value) == values.end()) {
    Refuse(key, "\"" + *value + "\" is no value of \"" + key + "\"", SuggestName(*value, values));
    return std::nullopt;
  }
  return value;
}

std::optional<std::vector<std::string>> ObjectReader::Strings(const std::string& key) {
  const Json* value = Find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  Result<std::vector<std::string>> strings = StringsFromJson(*value);
  if (!strings) {
    Refuse(std::move(strings).error().Under(PointerStep(key)));
    return std::nullopt;
  }
  return std::move(strings).value();
}

void ObjectReader::Refuse(const std::string& key, std::string message, std::string remedy) {
  Refuse(PolicyError(std::move(message), std::move(remedy), PointerStep(key)));
}

void ObjectReader::Refuse(Error error) {
  if (!error_) {
    error_ = std::move(error);
  }
}

Result<std::vector<std::string>> StringsFromJson(const Json& json) {
  if (json.is_string()) {
    return std::vector<std::string>{json.get<std::string>()};
  }
  if (!json.is_array()) {
    return PolicyError("a string or an array of strings was expected, this is " + JsonTypeName(json),
                       "write \"…\" or [\"…\", \"…\"]");
  }
  std::vector<std::string> out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_string()) {
      return PolicyError("a string was expected, this is " + JsonTypeName(json[i]), "write \"…\"", PointerStep(i));
    }
    out.push_back(json[i].get<std::string>());
  }
  if (out.empty()) {
    return PolicyError("this array is empty", "name at least one, or leave it out");
  }
  return out;
}

}  // namespace lastlook
