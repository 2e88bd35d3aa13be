// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_json.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "mail/address_parser.h"
#include "policy/settings.h"

namespace lastlook {
namespace {

// Bounded by the depth that the policy's JSON may have.
OrderedJson TreeToJson(const ConditionNode& node) {
  switch (node.kind) {
    case ConditionNode::Kind::kLeaf:
      return OrderedJson::object({{node.name, OrderedJson(node.params)}});
    case ConditionNode::Kind::kNot:
      return OrderedJson::object({{"not", TreeToJson(node.children.front())}});
    case ConditionNode::Kind::kAll:
    case ConditionNode::Kind::kAny:
      break;
  }
  OrderedJson children = OrderedJson::array();
  for (const ConditionNode& child : node.children) {
    children.push_back(TreeToJson(child));
  }
  return OrderedJson::object({{node.kind == ConditionNode::Kind::kAll ? "all" : "any", std::move(children)}});
}

OrderedJson EffectsToJson(const std::vector<EffectNode>& effects) {
  OrderedJson json = OrderedJson::array();
  for (const EffectNode& effect : effects) {
    json.push_back(OrderedJson::object({{effect.name, OrderedJson(effect.params)}}));
  }
  return json;
}

std::string TwoDigits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string HoursText(const Hours& hours) {
  constexpr int kMinutesOfAnHour = 60;
  const auto clock = [](int minute) {
    return TwoDigits(minute / kMinutesOfAnHour) + ":" + TwoDigits(minute % kMinutesOfAnHour);
  };
  return clock(hours.begin_minute) + "-" + clock(hours.end_minute);
}

OrderedJson ScopeToJson(const Scope& scope) {
  OrderedJson json = OrderedJson::object();
  if (!scope.senders.empty()) {
    json["senders"] = scope.senders;
  }
  if (!scope.except_senders.empty()) {
    json["except_senders"] = scope.except_senders;
  }
  if (scope.from) {
    json["from"] = FormatTimestamp(scope.from->unix_seconds);
  }
  if (scope.until) {
    json["until"] = FormatTimestamp(scope.until->unix_seconds);
  }
  if (scope.hours) {
    json["hours"] = HoursText(*scope.hours);
  }
  return json;
}

OrderedJson RuleToJson(const Rule& rule) {
  OrderedJson json = {{"id", rule.id}, {"mode", ModeName(rule.mode)}};
  if (rule.scope) {
    json["scope"] = ScopeToJson(*rule.scope);
  }
  if (rule.condition) {
    json["if"] = TreeToJson(*rule.condition);
  }
  if (rule.unless) {
    json["unless"] = TreeToJson(*rule.unless);
  }
  if (!rule.obligations.empty()) {
    json["do"] = EffectsToJson(rule.obligations);
  }
  if (!rule.offers.empty()) {
    json["offer"] = EffectsToJson(rule.offers);
  }
  if (!rule.message.empty()) {
    json["message"] = rule.message.by_language();
  }
  if (!rule.help.empty()) {
    json["help"] = rule.help;
  }
  if (rule.final) {
    json["final"] = true;
  }
  if (rule.rollout_percent != 100) {
    json["rollout_percent"] = rule.rollout_percent;
  }
  return json;
}

OrderedJson ExemptionToJson(const Exemption& exemption) {
  OrderedJson json = {{"id", exemption.id}, {"rules", exemption.rules}};
  if (exemption.scope) {
    json["scope"] = ScopeToJson(*exemption.scope);
  }
  if (exemption.condition) {
    json["if"] = TreeToJson(*exemption.condition);
  }
  json["reason"] = exemption.reason;
  json["owner"] = exemption.owner;
  if (exemption.until) {
    json["until"] = FormatTimestamp(exemption.until->unix_seconds);
  }
  return json;
}

// Senders and their managers, a row for each pair.
OrderedJson ManagersToJson(const PolicyList& list) {
  OrderedJson json = OrderedJson::array();
  std::set<std::string> done;
  for (const std::string& sender : list.entries) {
    const std::optional<AddrSpec> address = ParseMailbox(sender).address;
    if (!address || !done.insert(address->Key()).second) {
      continue;
    }
    for (const Mailbox& manager : list.managers.ManagersOf(*address)) {
      json.push_back(OrderedJson::object({{"sender", sender}, {"manager", manager.AddressOrTyped()}}));
    }
  }
  return json;
}

OrderedJson ListToJson(const PolicyList& list) {
  if (!list.managers.empty()) {
    return ManagersToJson(list);
  }
  OrderedJson json = OrderedJson::array();
  for (std::size_t i = 0; i < list.entries.size(); ++i) {
    const ListEntry note = i < list.notes.size() ? list.notes[i] : ListEntry();
    if (note.reason.empty() && note.owner.empty() && !note.until) {
      json.push_back(list.entries[i]);
      continue;
    }
    OrderedJson entry = {{"entry", list.entries[i]}};
    if (!note.reason.empty()) {
      entry["reason"] = note.reason;
    }
    if (!note.owner.empty()) {
      entry["owner"] = note.owner;
    }
    if (note.until) {
      entry["until"] = FormatTimestamp(note.until->unix_seconds);
    }
    json.push_back(std::move(entry));
  }
  return json;
}

OrderedJson ListsToJson(const Policy& policy) {
  OrderedJson json = OrderedJson::object();
  for (const auto& [name, list] : policy.lists) {
    json[name] = ListToJson(list);
  }
  if (!policy.organisations.empty()) {
    OrderedJson organisations = OrderedJson::array();
    for (const Organisation& organisation : policy.organisations) {
      organisations.push_back({{"name", organisation.name}, {"domains", organisation.domains}});
    }
    json["organisations"] = std::move(organisations);
  }
  return json;
}

}  // namespace

OrderedJson PolicyToJson(const Policy& policy) {
  OrderedJson json = {{"schema", 1}, {"policy", {{"id", policy.id}, {"serial", policy.serial}}}};
  if (OrderedJson lists = ListsToJson(policy); !lists.empty()) {
    json["lists"] = std::move(lists);
  }
  for (const auto& [name, group] : policy.groups) {
    json["groups"][name] = {{"addresses", group.entries}};
  }
  for (const SettingRow& row : SettingRows()) {
    json["settings"][std::string(row.key)] = OrderedJson(row.get(policy.settings));
  }
  json["rules"] = OrderedJson::array();
  for (const Rule& rule : policy.rules) {
    json["rules"].push_back(RuleToJson(rule));
  }
  if (!policy.exemptions.empty()) {
    json["exemptions"] = OrderedJson::array();
    for (const Exemption& exemption : policy.exemptions) {
      json["exemptions"].push_back(ExemptionToJson(exemption));
    }
  }
  return json;
}

}  // namespace lastlook
