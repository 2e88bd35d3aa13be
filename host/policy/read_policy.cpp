// SPDX-License-Identifier: MPL-2.0
#include "policy/read_policy.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/crypto.h"
#include "policy/object_reader.h"
#include "policy/policy_document.h"
#include "policy/suggestion.h"
#include "policy/user_layer.h"

namespace lastlook {
namespace {

PolicyList MakeGroup(GroupDocument group) {
  PolicyList list;
  list.origin = group.origin;
  for (std::size_t i = 0; i < group.addresses.size(); ++i) {
    Result<void> added = list.patterns.Add(group.addresses[i]);
    if (!added && !list.not_patterns) {
      list.not_patterns = AtOrigin(std::move(added).error().Under("/addresses"), group.origin);
    }
  }
  list.entries = std::move(group.addresses);
  return list;
}

// Appends the rows of one layer. `must_be_patterns`: what is no pattern will be refused, so its place is looked up; a
// list of words would pay for that at every start.
Result<void> AppendRows(ListDocument document, bool must_be_patterns, PolicyList* list) {
  if (list->entries.empty() && list->managers.empty()) {
    list->patterns.Reserve(document.rows.size());
  }
  list->entries.reserve(list->entries.size() + document.rows.size());
  if (!document.notes.empty() || !list->notes.empty()) {
    document.notes.resize(document.rows.size());
    list->notes.resize(list->entries.size());
    list->notes.insert(list->notes.end(), std::make_move_iterator(document.notes.begin()),
                       std::make_move_iterator(document.notes.end()));
  }
  for (ListRow& row : document.rows) {
    if (document.has_managers) {
      if (Result<void> added = list->managers.Add(row.text, row.manager); !added) {
        return document.AtRow(std::move(added).error(), row);
      }
    } else if (!list->not_patterns) {
      const std::size_t number = list->entries.size();
      const ListEntry* note = number < list->notes.size() ? &list->notes[number] : nullptr;
      Result<void> added =
          list->patterns.Add(row.text, static_cast<std::uint32_t>(number),
                             note != nullptr && note->until ? note->until->unix_seconds : AddressPatterns::kNoEnd);
      if (!added) {
        Error error = std::move(added).error();
        list->not_patterns = must_be_patterns ? document.AtRow(std::move(error), row) : std::move(error);
      }
    }
    list->entries.push_back(std::move(row.text));
  }
  if (document.has_managers && !list->not_patterns && !document.rows.empty()) {
    list->not_patterns = document.AtRow(
        PolicyError("this list holds senders and their managers, not recipients", "use a list of addresses here"),
        document.rows.front());
  }
  return {};
}

void MergeRule(RuleDocument&& from, Rule* into) {
  const bool of_user = from.origin.source->layer == PolicyLayer::kUser;
  if (of_user && from.mode && !into->keys.empty() && !into->organisation_mode) {
    into->organisation_mode = into->mode;
  }
  for (auto& [key, origin] : from.keys) {
    into->keys[key] = std::move(origin);
  }
  const auto take = [](auto& source, auto* target) {
    if (source) {
      *target = *std::move(source);
    }
  };
  take(from.mode, &into->mode);
  take(from.obligations, &into->obligations);
  take(from.offers, &into->offers);
  take(from.message, &into->message);
  take(from.help, &into->help);
  take(from.final, &into->final);
  take(from.rollout_percent, &into->rollout_percent);
  if (from.scope) {
    into->scope = std::move(from.scope);
  }
  if (from.condition) {
    into->condition = std::move(from.condition);
  }
  if (from.unless) {
    into->unless = std::move(from.unless);
  }
  into->origin = from.origin;
}

// Merges one document after the other into a Policy; each function one key.
class Merger {
 public:
  explicit Merger(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  Result<void> Add(PolicyDocument document, bool lowest) {
    const bool of_user = document.source->layer == PolicyLayer::kUser;
    if (of_user) {
      if (Result<void> checked = CheckUserLayer(document, policy_); !checked) {
        return checked;
      }
    }
    policy_.layers.push_back(document.source);
    if (document.id && !of_user) {  // decisions are recorded under the organisation's policy
      policy_.id = *document.id;
      policy_.serial = document.serial;
    }
    for (ListDocument& list : document.lists) {
      if (Result<void> added = AddList(std::move(list)); !added) {
        return added;
      }
    }
    if (document.organisations) {
      if (!document.organisations->extends) {
        policy_.organisations.clear();
      }
      policy_.organisations.insert(policy_.organisations.end(), document.organisations->organisations.begin(),
                                   document.organisations->organisations.end());
    }
    for (GroupDocument& group : document.groups) {
      const std::string name = group.name;
      policy_.groups[name] = MakeGroup(std::move(group));
    }
    for (const auto& [key, setting] : document.settings) {
      FindSetting(key)->set(&policy_.settings, setting.value);
      policy_.setting_origins[key] = setting.origin;
    }
    policy_.locked.insert(policy_.locked.end(), document.locked.begin(), document.locked.end());
    for (RuleDocument& rule : document.rules) {
      if (Result<void> added = AddRule(std::move(rule), lowest); !added) {
        return added;
      }
    }
    for (Exemption& exemption : document.exemptions) {
      std::erase_if(policy_.exemptions, [&](const Exemption& other) { return other.id == exemption.id; });
      policy_.exemptions.push_back(std::move(exemption));
    }
    std::move(document.tests.begin(), document.tests.end(), std::back_inserter(policy_.tests));
    return {};
  }

  // Names and parameters can be checked only when all layers are there.
  Result<Policy> Finish() {
    for (const std::string& name : ReservedListNames()) {
      if (const auto found = policy_.lists.find(name); found != policy_.lists.end() && found->second.not_patterns) {
        return *found->second.not_patterns;
      }
    }
    for (const auto& [name, group] : policy_.groups) {
      if (group.not_patterns) {
        return *group.not_patterns;
      }
    }
    for (const Rule& rule : policy_.rules) {
      if (Result<void> checked = CheckRule(rule); !checked) {
        return std::move(checked).error();
      }
    }
    for (const Exemption& exemption : policy_.exemptions) {
      if (Result<void> checked = CheckExemption(exemption); !checked) {
        return std::move(checked).error();
      }
    }
    return std::move(policy_);
  }

 private:
  Result<void> AddList(ListDocument document) {
    const std::string name = document.name;
    const Origin origin = document.origin;
    PolicyList& list = policy_.lists[name];
    if (document.extends && !list.entries.empty()) {
      list.extended.push_back(list.origin);
    } else {
      list = PolicyList();
    }
    list.origin = origin;
    // Without a clock an entry that ends is taken for what asks more of the sender.
    list.patterns.set_holds_without_clock(name != "internal" && name != "partners");
    const auto& reserved = ReservedListNames();
    const bool is_reserved = std::find(reserved.begin(), reserved.end(), name) != reserved.end();
    if (Result<void> added = AppendRows(std::move(document), is_reserved, &list); !added) {
      return added;
    }
    const auto ends = [](const ListEntry& note) { return note.until.has_value(); };
    if (list.not_patterns && std::any_of(list.notes.begin(), list.notes.end(), ends)) {
      return AtOrigin(PolicyError("the list \"" + name + "\" has entries that end, but not all are addresses: " +
                                      list.not_patterns->message,
                                  "only entries that are addresses or domains can end"),
                      origin);
    }
    return {};
  }

  Result<void> AddRule(RuleDocument document, bool lowest) {
    auto known = std::find_if(policy_.rules.begin(), policy_.rules.end(),
                              [&](const Rule& rule) { return rule.id == document.id; });
    if (known == policy_.rules.end()) {
      if (!document.mode) {
        return AtOrigin(PolicyError("the new rule \"" + document.id + "\" has no mode", "give it a \"mode\""),
                        document.origin);
      }
      if (!document.condition && !lowest) {
        return AtOrigin(PolicyError("there is no rule \"" + document.id + "\" to change, and a new one needs an \"if\"",
                                    "give it an \"if\", or correct the id: " + SuggestName(document.id, RuleIds())),
                        document.origin);
      }
      policy_.rules.emplace_back();
      policy_.rules.back().id = document.id;
      known = std::prev(policy_.rules.end());
    }
    MergeRule(std::move(document), &*known);
    return {};
  }

  std::vector<std::string> RuleIds() const {
    std::vector<std::string> ids;
    for (const Rule& rule : policy_.rules) {
      ids.push_back(rule.id);
    }
    return ids;
  }

  Result<void> CheckRule(const Rule& rule) const {
    for (const auto* tree : {&rule.condition, &rule.unless}) {
      if (*tree) {
        if (Result<void> checked = CheckTree(**tree); !checked) {
          return checked;
        }
      }
    }
    bool approvers = false;
    for (const auto& [effects, use] :
         {std::pair{&rule.obligations, EffectUse::kDo}, std::pair{&rule.offers, EffectUse::kOffer}}) {
      for (const EffectNode& effect : *effects) {
        if (Result<void> checked = vocabulary_.CheckEffect(effect.name, effect.params, use, policy_); !checked) {
          return AtOrigin(std::move(checked).error(), effect.origin);
        }
        approvers = approvers || effect.name == "approve";
      }
    }
    if (rule.mode == Mode::kApprove && !approvers) {
      return AtOrigin(
          PolicyError("the rule \"" + rule.id + "\" asks for approval but names no approvers",
                      "this version cannot ask for approval; use \"justify\", \"hold\" or \"block\"", "/mode"),
          rule.origin);
    }
    return rule.scope ? CheckScope(*rule.scope) : Result<void>();
  }

  Result<void> CheckTree(const ConditionNode& node) const {
    if (node.kind == ConditionNode::Kind::kLeaf) {
      Result<void> checked = vocabulary_.CheckCondition(node.name, node.params, policy_);
      return checked ? Result<void>() : Result<void>(AtOrigin(std::move(checked).error(), node.origin));
    }
    for (const ConditionNode& child : node.children) {
      if (Result<void> checked = CheckTree(child); !checked) {
        return checked;
      }
    }
    return {};
  }

  Result<void> CheckScope(const Scope& scope) const {
    for (const auto& [key, names] :
         {std::pair{"senders", &scope.senders}, std::pair{"except_senders", &scope.except_senders}}) {
      for (std::size_t i = 0; i < names->size(); ++i) {
        const std::string& name = (*names)[i];
        AddressPatterns patterns;
        if (name.find_first_of(".@") != std::string::npos ? patterns.Add(name).ok() : policy_.groups.contains(name)) {
          continue;
        }
        std::vector<std::string> known;
        for (const auto& [group, list] : policy_.groups) {
          known.push_back(group);
        }
        return AtOrigin(PolicyError("there is no group \"" + name + "\"", SuggestName(name, known),
                                    PointerStep(key) + PointerStep(i)),
                        scope.origin);
      }
    }
    return {};
  }

  Result<void> CheckExemption(const Exemption& exemption) const {
    const std::vector<std::string> ids = RuleIds();
    for (std::size_t i = 0; i < exemption.rules.size(); ++i) {
      const auto rule = std::find_if(policy_.rules.begin(), policy_.rules.end(),
                                     [&](const Rule& known) { return known.id == exemption.rules[i]; });
      const std::string pointer = "/rules" + PointerStep(i);
      if (rule == policy_.rules.end()) {
        return AtOrigin(PolicyError("there is no rule \"" + exemption.rules[i] + "\"",
                                    SuggestName(exemption.rules[i], ids), pointer),
                        exemption.origin);
      }
      if (rule->final) {
        return AtOrigin(PolicyError("the rule \"" + rule->id + "\" is final and has no exemptions",
                                    "take it out of the exemption, or take \"final\" from the rule", pointer),
                        exemption.origin);
      }
    }
    if (exemption.condition) {
      if (Result<void> checked = CheckTree(*exemption.condition); !checked) {
        return checked;
      }
    }
    return exemption.scope ? CheckScope(*exemption.scope) : Result<void>();
  }

  const Vocabulary& vocabulary_;
  Policy policy_;
};

}  // namespace

Result<Policy> ReadPolicy(const std::vector<std::shared_ptr<const PolicySource>>& layers,
                          const Vocabulary& vocabulary) {
  Merger merger(vocabulary);
  std::string texts;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Result<PolicyDocument> document = ReadPolicyDocument(layers[i], vocabulary);
    if (!document) {
      return std::move(document).error();
    }
    if (Result<void> added = merger.Add(std::move(document).value(), i == 0); !added) {
      return std::move(added).error();
    }
    texts += std::to_string(layers[i]->text.size()) + ":" + layers[i]->text;
    for (const auto& [name, bytes] : layers[i]->list_files) {
      texts += name + "\n" + Sha256Hex(bytes);
    }
  }
  Result<Policy> policy = merger.Finish();
  if (policy) {
    policy->sha256 = Sha256Hex(texts);
  }
  return policy;
}

}  // namespace lastlook
