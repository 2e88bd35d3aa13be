// SPDX-License-Identifier: MPL-2.0
#include "policy/user_layer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "policy/object_reader.h"

namespace lastlook {
namespace {

constexpr std::string_view kUserRule = "user.";
constexpr std::array<std::string_view, 4> kUserEffects = {"hold", "type_count", "retype_names", "notice"};
constexpr const char* kAllowed = "your own file may add rules called \"user.…\", raise modes and tighten settings";

Result<void> CheckSettings(const PolicyDocument& user, const Policy& below) {
  for (const auto& [key, setting] : user.settings) {
    const auto locked = std::find_if(below.locked.begin(), below.locked.end(),
                                     [&, &key = key](const LockedKeys& keys) { return GlobMatches(keys.glob, key); });
    if (locked != below.locked.end()) {
      return AtOrigin(PolicyError("the organisation has locked \"" + key + "\"", "take it out of your own file"),
                      setting.origin);
    }
    const SettingRow& row = *FindSetting(key);
    const Json now = row.get(below.settings);
    if (!IsAtLeastAsStrict(row, now, setting.value)) {
      return AtOrigin(PolicyError("\"" + key + "\" may not be made milder than " + now.dump(),
                                  row.tightening == Tightening::kNone
                                      ? "take it out of your own file: the organisation decides this"
                                      : "set something stricter, or take it out of your own file"),
                      setting.origin);
    }
  }
  return {};
}

// A rule of the organisation: its mode may be raised.
Result<void> CheckRaised(const RuleDocument& rule, const Rule& below) {
  for (const auto& [key, origin] : rule.keys) {
    if (key != "id" && key != "mode") {
      return AtOrigin(
          PolicyError("\"" + key + "\" of the organisation's rule \"" + rule.id + "\" cannot be changed here",
                      "only its \"mode\" may be raised"),
          origin);
    }
  }
  if (rule.mode && *rule.mode < below.mode) {
    return AtOrigin(PolicyError("the mode of \"" + rule.id + "\" may not be lowered from \"" +
                                    std::string(ModeName(below.mode)) + "\"",
                                "set a stricter mode, or take the rule out of your own file"),
                    rule.keys.at("mode"));
  }
  return {};
}

Result<void> CheckOwn(const RuleDocument& rule) {
  if (!rule.id.starts_with(kUserRule) || rule.id.size() == kUserRule.size()) {
    return AtOrigin(
        PolicyError("there is no rule \"" + rule.id + "\" to raise, and a rule of your own has another name",
                    "call it \"user." + rule.id + "\", or correct the id"),
        rule.origin);
  }
  for (const char* key : {"final", "offer", "rollout_percent"}) {
    if (const auto found = rule.keys.find(key); found != rule.keys.end()) {
      return AtOrigin(PolicyError(std::string("a rule of your own has no \"") + key + "\"", kAllowed), found->second);
    }
  }
  for (const EffectNode& effect : rule.obligations.value_or(std::vector<EffectNode>())) {
    if (std::find(kUserEffects.begin(), kUserEffects.end(), effect.name) == kUserEffects.end()) {
      return AtOrigin(PolicyError("a rule of your own cannot do \"" + effect.name + "\"",
                                  "it may do: hold, type_count, retype_names, notice"),
                      effect.origin);
    }
  }
  return {};
}

}  // namespace

Result<void> CheckUserLayer(const PolicyDocument& user, const Policy& below) {
  for (const char* key : {"lists", "groups", "exemptions", "locked", "tests"}) {
    if (std::find(user.keys.begin(), user.keys.end(), key) != user.keys.end()) {
      return AtOrigin(PolicyError(std::string("\"") + key + "\" is the organisation's", kAllowed),
                      Origin{user.source, PointerStep(key)});
    }
  }
  if (Result<void> checked = CheckSettings(user, below); !checked) {
    return checked;
  }
  for (const RuleDocument& rule : user.rules) {
    const auto known =
        std::find_if(below.rules.begin(), below.rules.end(), [&](const Rule& one) { return one.id == rule.id; });
    Result<void> checked = known == below.rules.end() ? CheckOwn(rule) : CheckRaised(rule, *known);
    if (!checked) {
      return checked;
    }
  }
  return {};
}

}  // namespace lastlook
