// SPDX-License-Identifier: MPL-2.0
#include "policy/condition_tree.h"

#include <algorithm>
#include <utility>

#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

// The one member of an object, tools' x-* members apart.
Result<std::pair<std::string, const Json*>> OnlyMember(const Json& json, const char* what) {
  if (!json.is_object()) {
    return PolicyError(std::string(what) + " is an object with one key, this is " + JsonTypeName(json),
                       "write {\"name\": …}");
  }
  std::pair<std::string, const Json*> only{"", nullptr};
  for (const auto& [key, value] : json.items()) {
    if (key.starts_with("x-")) {
      continue;
    }
    if (only.second != nullptr) {
      return PolicyError("there are several keys in one " + std::string(what),
                         "give each an object of its own; join conditions with \"all\" or \"any\"", PointerStep(key));
    }
    only = {key, &value};
  }
  if (only.second == nullptr) {
    return PolicyError("this " + std::string(what) + " is empty", "name one, or leave the key out");
  }
  return only;
}

Origin Inside(const Origin& origin, const std::string& step) {
  return {origin.source, origin.pointer + step};
}

// "09:00-18:00".
std::optional<Hours> ReadHours(const std::string& text) {
  const auto minute_at = [&](std::size_t at) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 1000; };
    const int hour = digit(at) * 10 + digit(at + 1);
    const int minute = digit(at + 3) * 10 + digit(at + 4);
    return text[at + 2] == ':' && hour <= 24 && minute < 60 && hour * 60 + minute <= 1440 ? hour * 60 + minute : -1;
  };
  if (text.size() != 11 || text[5] != '-' || minute_at(0) < 0 || minute_at(6) < 0 || minute_at(0) == minute_at(6)) {
    return std::nullopt;
  }
  return Hours{minute_at(0), minute_at(6)};
}

}  // namespace

Result<ConditionNode> ReadConditionTree(const Json& json, const Origin& origin, const Vocabulary& vocabulary) {
  auto member = OnlyMember(json, "condition");
  if (!member) {
    return std::move(member).error();
  }
  const auto& [key, value] = *member;
  const std::string step = PointerStep(key);
  ConditionNode node;
  node.origin = Inside(origin, step);
  if (key == "all" || key == "any") {
    node.kind = key == "all" ? ConditionNode::Kind::kAll : ConditionNode::Kind::kAny;
    if (!value->is_array() || value->empty()) {
      return PolicyError("\"" + key + "\" joins conditions", "write an array with at least one condition", step);
    }
    for (std::size_t i = 0; i < value->size(); ++i) {
      auto child = ReadConditionTree((*value)[i], Inside(node.origin, PointerStep(i)), vocabulary);
      if (!child) {
        return std::move(child).error().Under(step + PointerStep(i));
      }
      node.children.push_back(std::move(child).value());
    }
    return node;
  }
  if (key == "not") {
    node.kind = ConditionNode::Kind::kNot;
    auto child = ReadConditionTree(*value, node.origin, vocabulary);
    if (!child) {
      return std::move(child).error().Under(step);
    }
    node.children.push_back(std::move(child).value());
    return node;
  }
  const std::vector<std::string> names = vocabulary.ConditionNames();
  if (std::find(names.begin(), names.end(), key) == names.end()) {
    std::vector<std::string> all = names;
    all.insert(all.end(), {"all", "any", "not"});
    return PolicyError("there is no condition \"" + key + "\" in this version", SuggestName(key, all), step);
  }
  node.name = key;
  node.params = *value;
  return node;
}

Result<std::vector<EffectNode>> ReadEffects(const Json& json, const Origin& origin, const Vocabulary& vocabulary) {
  if (!json.is_array()) {
    return PolicyError("an array of effects was expected, this is " + JsonTypeName(json),
                       "write [ { \"add_bcc\": [\"…\"] } ]");
  }
  const std::vector<std::string> names = vocabulary.EffectNames();
  std::vector<EffectNode> effects;
  for (std::size_t i = 0; i < json.size(); ++i) {
    auto member = OnlyMember(json[i], "effect");
    if (!member) {
      return std::move(member).error().Under(PointerStep(i));
    }
    const auto& [key, value] = *member;
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      return PolicyError("there is no effect \"" + key + "\" in this version", SuggestName(key, names),
                         PointerStep(i) + PointerStep(key));
    }
    effects.push_back({key, *value, Inside(origin, PointerStep(i) + PointerStep(key))});
  }
  return effects;
}

Result<Scope> ReadScope(const Json& json, const Origin& origin) {
  ObjectReader reader(json, {"senders", "except_senders", "from", "until", "hours"});
  Scope scope;
  scope.origin = origin;
  scope.senders = reader.Strings("senders").value_or(std::vector<std::string>());
  scope.except_senders = reader.Strings("except_senders").value_or(std::vector<std::string>());
  for (auto [key, moment] : {std::pair{"from", &scope.from}, std::pair{"until", &scope.until}}) {
    if (const auto text = reader.String(key)) {
      Result<Timestamp> parsed = ParseTimestamp(*text);
      if (parsed) {
        *moment = *parsed;
      } else {
        reader.Refuse(key, "\"" + *text + "\": " + parsed.error().message, parsed.error().remedy);
      }
    }
  }
  if (const auto text = reader.String("hours")) {
    scope.hours = ReadHours(*text);
    if (!scope.hours) {
      reader.Refuse("hours", "\"" + *text + "\" is no span of the day", "write it like \"18:00-07:00\"");
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return scope;
}

}  // namespace lastlook
