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

namespace lastlook {
namespace {

PolicyList MakeList(std::vector<std::string> entries, const Origin& origin) {
  PolicyList list;
  list.origin = origin;
  for (const std::string& entry : entries) {
    Result<void> added = list.patterns.Add(entry);
    if (!added && !list.not_patterns) {
      list.not_patterns = std::move(added).error();
    }
  }
  list.entries = std::move(entries);
  return list;
}

void MergeRule(RuleDocument&& from, Rule* into) {
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
    if (document.id) {
      policy_.id = *document.id;
      policy_.serial = document.serial;
    }
    for (ListDocument& list : document.lists) {
      AddList(&list);
    }
    if (document.organisations) {
      if (!document.organisations->extends) {
        policy_.organisations.clear();
      }
      policy_.organisations.insert(policy_.organisations.end(), document.organisations->organisations.begin(),
                                   document.organisations->organisations.end());
    }
    for (GroupDocument& group : document.groups) {
      policy_.groups[group.name] = MakeList(std::move(group.addresses), group.origin);
    }
    const SettingsDocument& settings = document.settings;
    policy_.settings.confirm_ticks = settings.confirm_ticks.value_or(policy_.settings.confirm_ticks);
    policy_.settings.hold_minutes = settings.hold_minutes.value_or(policy_.settings.hold_minutes);
    policy_.settings.decisions_recipients =
        settings.decisions_recipients.value_or(policy_.settings.decisions_recipients);
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
        return AtOrigin(*found->second.not_patterns, found->second.origin);
      }
    }
    for (const auto& [name, group] : policy_.groups) {
      if (group.not_patterns) {
        return AtOrigin(*group.not_patterns, group.origin);
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
  void AddList(ListDocument* list) {
    std::vector<std::string> entries;
    if (list->extends) {
      entries = std::move(policy_.lists[list->name].entries);
    }
    entries.insert(entries.end(), std::make_move_iterator(list->entries.begin()),
                   std::make_move_iterator(list->entries.end()));
    policy_.lists[list->name] = MakeList(std::move(entries), list->origin);
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
    for (const auto* effects : {&rule.obligations, &rule.offers}) {
      for (const EffectNode& effect : *effects) {
        if (Result<void> checked = vocabulary_.CheckEffect(effect.name, effect.params, policy_); !checked) {
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
  }
  Result<Policy> policy = merger.Finish();
  if (policy) {
    policy->sha256 = Sha256Hex(texts);
  }
  return policy;
}

}  // namespace lastlook
