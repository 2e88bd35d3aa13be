// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_diff.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "policy/policy_json.h"
#include "policy/settings.h"

namespace lastlook {
namespace {

using What = PolicyChange::What;

// Which way a change goes, for mails: more of them asked about, fewer, or not to be told.
enum class Way { kSame, kTighter, kLooser, kOther };

Way Both(Way a, Way b) {
  return a == Way::kSame ? b : b == Way::kSame || a == b ? a : Way::kOther;
}

Way Turned(Way way) {
  return way == Way::kTighter ? Way::kLooser : way == Way::kLooser ? Way::kTighter : way;
}

Way Towards(bool tighter) {
  return tighter ? Way::kTighter : Way::kLooser;
}

bool NamesLists(const std::string& key) {
  return key == "in" || key == "not_in" || key == "field";
}

// Arrays sorted: in a policy the order of an array says nothing; and one list may stand without its brackets. Depth is
// that of the policy's JSON.
Json Canonical(Json json) {
  if (json.is_object()) {
    for (auto& [key, member] : json.items()) {
      const bool single = NamesLists(key) && member.is_array() && member.size() == 1;
      member = Canonical(single ? Json(member.front()) : std::move(member));
    }
  } else if (json.is_array()) {
    for (Json& member : json) {
      member = Canonical(std::move(member));
    }
    std::sort(json.begin(), json.end());
  }
  return json;
}

// As a set; one string is the set of it.
std::optional<std::set<Json>> SetOf(const Json& json) {
  if (json.is_string()) {
    return std::set<Json>{json};
  }
  return json.is_array() ? std::optional(std::set<Json>(json.begin(), json.end())) : std::nullopt;
}

// What more, or fewer, entries of an array mean for how often the condition is true.
Way OfSets(const std::optional<std::set<Json>>& before, const std::optional<std::set<Json>>& after, bool more_is_more) {
  if (!before || !after) {
    return Way::kOther;
  }
  if (std::includes(after->begin(), after->end(), before->begin(), before->end())) {
    return Towards(more_is_more);
  }
  return std::includes(before->begin(), before->end(), after->begin(), after->end()) ? Towards(!more_is_more)
                                                                                     : Way::kOther;
}

// One parameter of a condition, for the few whose meaning is the same in all of them.
Way OfParameter(const std::string& key, const Json& before, const Json& after) {
  if (before == after) {
    return Way::kSame;
  }
  const bool least = key == "min" || key.starts_with("min_") || key.ends_with("_min_bytes");
  const bool most = key == "max" || key.starts_with("max_");
  if ((least || most) && before.is_number_integer() && after.is_number_integer()) {
    const bool grows = after.get<std::int64_t>() > before.get<std::int64_t>();
    return Towards(least != grows);
  }
  if (key == "any_of" || key == "in") {
    return OfSets(SetOf(before), SetOf(after), true);
  }
  return key == "all_of" || key == "not_in" ? OfSets(SetOf(before), SetOf(after), false) : Way::kOther;
}

Way OfParameters(const Json& before, const Json& after) {
  if (before == after) {
    return Way::kSame;
  }
  if (!before.is_object() || !after.is_object()) {
    return Way::kOther;
  }
  Way way = Way::kSame;
  for (const auto& [key, value] : before.items()) {
    way = Both(way, after.contains(key) ? OfParameter(key, value, after[key]) : Way::kOther);
  }
  for (const auto& [key, value] : after.items()) {
    way = before.contains(key) ? way : Way::kOther;
  }
  return way;
}

Way OfTrees(const Json& before, const Json& after);

// Of "all" and "any": the children that only one side has. A pair of the same condition changed; one more child of
// "all" is true less often, one more of "any" more often.
Way OfChildren(const Json& before, const Json& after, bool all) {
  std::vector<Json> gone;
  std::vector<Json> come;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
  Way way = Way::kSame;
  for (const Json& old : gone) {
    const auto same = std::find_if(come.begin(), come.end(),
                                   [&](const Json& other) { return other.begin().key() == old.begin().key(); });
    if (same == come.end()) {
      way = Both(way, Towards(all));
    } else {
      way = Both(way, OfTrees(old, *same));
      come.erase(same);
    }
  }
  return come.empty() ? way : Both(way, Towards(!all));
}

// How often the tree is true: kTighter is more often. Each tree has one member. Depth is that of the policy's JSON.
Way OfTrees(const Json& before, const Json& after) {
  if (before == after) {
    return Way::kSame;
  }
  const std::string& key = before.begin().key();
  if (after.begin().key() != key) {
    return Way::kOther;
  }
  const Json& a = before.begin().value();
  const Json& b = after.begin().value();
  if (key == "all" || key == "any") {
    return OfChildren(a, b, key == "all");
  }
  return key == "not" ? Turned(OfTrees(a, b)) : OfParameters(a, b);
}

// Of "if" a tree that is true more often is stricter; an absent "if" is always true.
Way OfIf(const Json& before, const Json& after) {
  return before.is_null() ? Way::kLooser : after.is_null() ? Way::kTighter : OfTrees(before, after);
}

Way OfUnless(const Json& before, const Json& after) {
  return before.is_null() ? Way::kLooser : after.is_null() ? Way::kTighter : Turned(OfTrees(before, after));
}

Way OfMode(const Json& before, const Json& after) {
  const auto rank = [](const Json& mode) { return ModeFromName(mode.get<std::string>()); };
  return Towards(rank(after) > rank(before));
}

Way OfEffects(const Json& before, const Json& after) {
  const auto set = [](const Json& effects) { return effects.is_null() ? std::set<Json>() : *SetOf(effects); };
  return OfSets(set(before), set(after), true);
}

Way OfScope(const Json& before, const Json& after) {
  return before.is_null() ? Way::kLooser : after.is_null() ? Way::kTighter : Way::kOther;
}

Way OfRuleKey(const std::string& key, const Json& before, const Json& after) {
  if (key == "mode") {
    return OfMode(before, after);
  }
  if (key == "if") {
    return OfIf(before, after);
  }
  if (key == "unless") {
    return OfUnless(before, after);
  }
  if (key == "scope") {
    return OfScope(before, after);
  }
  if (key == "do") {
    return OfEffects(before, after);
  }
  if (key == "final") {
    return Towards(after.is_boolean());
  }
  if (key == "rollout_percent") {
    constexpr std::int64_t kEverybody = 100;
    const auto percent = [](const Json& value) { return value.is_null() ? kEverybody : value.get<std::int64_t>(); };
    return Towards(percent(after) > percent(before));
  }
  return Way::kOther;
}

// An exemption that applies more often is looser.
Way OfExemptionKey(const std::string& key, const Json& before, const Json& after) {
  if (key == "if") {
    return Turned(OfIf(before, after));
  }
  if (key == "scope") {
    return Turned(OfScope(before, after));
  }
  if (key == "rules") {
    return OfSets(SetOf(before), SetOf(after), false);
  }
  // RFC 3339 in UTC: the order of the texts is that of the moments.
  return key == "until" ? Towards(after.get<std::string>() < before.get<std::string>()) : Way::kOther;
}

ChangeKind KindOf(Way way) {
  return way == Way::kTighter  ? ChangeKind::kTightened
         : way == Way::kLooser ? ChangeKind::kLoosened
                               : ChangeKind::kChanged;
}

using ByName = std::map<std::string, Json>;

// The members of an array of objects, by one of their members.
ByName By(const char* name, const Json& array) {
  ByName by;
  for (const Json& member : array) {
    by[member[name].get<std::string>()] = member;
  }
  return by;
}

ByName Members(const Json& object) {
  ByName by;
  for (const auto& [key, value] : object.items()) {
    by[key] = value;
  }
  return by;
}

class Comparison {
 public:
  Comparison(const Policy& before, const Policy& after)
      : before_(Canonical(Json(PolicyToJson(before)))), after_(Canonical(Json(PolicyToJson(after)))) {}

  std::vector<PolicyChange> Run() {
    Each(What::kHeader, Members(Part(before_, "policy")), Members(Part(after_, "policy")), &Comparison::Whole);
    Each(What::kSetting, Members(Part(before_, "settings")), Members(Part(after_, "settings")), &Comparison::Setting);
    Json lists_before = Part(before_, "lists");
    Json lists_after = Part(after_, "lists");
    const Json organisations_before = Part(lists_before, "organisations");
    const Json organisations_after = Part(lists_after, "organisations");
    lists_before.erase("organisations");
    lists_after.erase("organisations");
    EachList(What::kList, Members(lists_before), Members(lists_after));
    Each(What::kOrganisation, By("name", organisations_before), By("name", organisations_after), &Comparison::Whole);
    ByName groups_before;
    ByName groups_after;
    for (const auto& [json, groups] : {std::pair{&before_, &groups_before}, std::pair{&after_, &groups_after}}) {
      const Json written = Part(*json, "groups");  // items() does not keep what it goes through
      for (const auto& [name, group] : written.items()) {
        (*groups)[name] = group["addresses"];
      }
    }
    EachList(What::kGroup, groups_before, groups_after);
    Each(What::kRule, By("id", Part(before_, "rules")), By("id", Part(after_, "rules")), &Comparison::Rule);
    Each(What::kExemption, By("id", Part(before_, "exemptions")), By("id", Part(after_, "exemptions")),
         &Comparison::Exemption);
    return std::move(changes_);
  }

 private:
  static Json Part(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() ? Json::object() : *found;
  }

  void Add(What what, const std::string& id, const std::string& key, ChangeKind kind, Json before, Json after) {
    changes_.push_back({what, id, key, kind, std::move(before), std::move(after)});
  }

  // What one side has and the other has not, and `compare` for what both have and is not the same.
  void Each(What what, const ByName& before, const ByName& after,
            void (Comparison::*compare)(What, const std::string&, const Json&, const Json&)) {
    std::set<std::string> names;
    for (const ByName* side : {&before, &after}) {
      for (const auto& [name, value] : *side) {
        names.insert(name);
      }
    }
    for (const std::string& name : names) {
      const auto old = before.find(name);
      const auto now = after.find(name);
      if (old == before.end()) {
        Add(what, name, "", ChangeKind::kAdded, nullptr, now->second);
      } else if (now == after.end()) {
        Add(what, name, "", ChangeKind::kRemoved, old->second, nullptr);
      } else if (old->second != now->second) {
        (this->*compare)(what, name, old->second, now->second);
      }
    }
  }

  void Whole(What what, const std::string& name, const Json& before, const Json& after) {
    Add(what, name, "", ChangeKind::kChanged, before, after);
  }

  void Setting(What what, const std::string& name, const Json& before, const Json& after) {
    const SettingRow* row = FindSetting(name);
    const ChangeKind kind = row == nullptr || row->tightening == Tightening::kNone ? ChangeKind::kChanged
                            : IsAtLeastAsStrict(*row, before, after)               ? ChangeKind::kTightened
                                                                                   : ChangeKind::kLoosened;
    Add(what, name, "", kind, before, after);
  }

  // Only the entries that came or went: lists may be long.
  void EachList(What what, const ByName& before, const ByName& after) {
    std::set<std::string> names;
    for (const ByName* side : {&before, &after}) {
      for (const auto& [name, value] : *side) {
        names.insert(name);
      }
    }
    const auto entries = [](const ByName& side, const std::string& name) {
      const auto found = side.find(name);
      return found == side.end() ? Json::array() : found->second;
    };
    for (const std::string& name : names) {
      const Json old = entries(before, name);
      const Json now = entries(after, name);
      Json gone = Json::array();
      Json come = Json::array();
      std::set_difference(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(gone));
      std::set_difference(now.begin(), now.end(), old.begin(), old.end(), std::back_inserter(come));
      if (!before.contains(name)) {
        Add(what, name, "", ChangeKind::kAdded, nullptr, now);
      } else if (!after.contains(name)) {
        Add(what, name, "", ChangeKind::kRemoved, old, nullptr);
      } else if (!gone.empty() || !come.empty()) {
        Add(what, name, "entries", ChangeKind::kChanged, gone.empty() ? Json() : std::move(gone),
            come.empty() ? Json() : std::move(come));
      }
    }
  }

  template <typename WayOf>
  void Keys(What what, const std::string& id, const Json& before, const Json& after, WayOf way_of) {
    std::set<std::string> keys;
    for (const Json* side : {&before, &after}) {
      for (const auto& [key, value] : side->items()) {
        keys.insert(key);
      }
    }
    for (const std::string& key : keys) {
      const Json old = before.value(key, Json());
      const Json now = after.value(key, Json());
      if (old != now) {
        Add(what, id, key, KindOf(way_of(key, old, now)), old, now);
      }
    }
  }

  void Rule(What what, const std::string& id, const Json& before, const Json& after) {
    Keys(what, id, before, after, OfRuleKey);
  }
  void Exemption(What what, const std::string& id, const Json& before, const Json& after) {
    Keys(what, id, before, after, OfExemptionKey);
  }

  Json before_;
  Json after_;
  std::vector<PolicyChange> changes_;
};

}  // namespace

std::vector<PolicyChange> DiffPolicies(const Policy& before, const Policy& after) {
  return Comparison(before, after).Run();
}

std::string_view ChangeKindName(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kAdded:
      return "added";
    case ChangeKind::kRemoved:
      return "removed";
    case ChangeKind::kTightened:
      return "tightened";
    case ChangeKind::kLoosened:
      return "loosened";
    case ChangeKind::kChanged:
      break;
  }
  return "changed";
}

std::string_view ChangedThingName(PolicyChange::What what) {
  switch (what) {
    case What::kHeader:
      return "policy";
    case What::kRule:
      return "rule";
    case What::kExemption:
      return "exemption";
    case What::kList:
      return "list";
    case What::kOrganisation:
      return "organisation";
    case What::kGroup:
      return "group";
    case What::kSetting:
      break;
  }
  return "setting";
}

}  // namespace lastlook
