// SPDX-License-Identifier: MPL-2.0
#include "engine/policy_mutations.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "policy/vocabulary.h"

namespace lastlook {
namespace {

// One variant of a policy.
struct Mutation {
  UnnoticedMutation what;
  std::function<void(Policy*)> apply;
};

// A node of a rule's tree: which tree, and the child to take at each step.
struct NodePath {
  std::optional<ConditionNode> Rule::*tree;
  std::vector<std::size_t> steps;
};

ConditionNode& NodeAt(Rule* rule, const NodePath& path) {
  ConditionNode* node = &*(rule->*path.tree);
  for (const std::size_t step : path.steps) {
    node = &node->children[step];
  }
  return *node;
}

std::string NodeName(const ConditionNode& node) {
  switch (node.kind) {
    case ConditionNode::Kind::kAll:
      return "\"all\"";
    case ConditionNode::Kind::kAny:
      return "\"any\"";
    case ConditionNode::Kind::kNot:
      return "\"not\"";
    case ConditionNode::Kind::kLeaf:
      break;
  }
  return "\"" + node.name + "\"";
}

// The next milder and the next stricter mode that a client can carry out without further words in the rule.
std::vector<Mode> Neighbours(Mode mode) {
  constexpr std::array kOrder = {Mode::kSimulate, Mode::kWarn, Mode::kConfirm,
                                 Mode::kJustify,  Mode::kHold, Mode::kBlock};
  const auto at = std::find(kOrder.begin(), kOrder.end(), mode);
  std::vector<Mode> neighbours;
  if (at != kOrder.end() && at != kOrder.begin()) {
    neighbours.push_back(*std::prev(at));
  }
  if (at != kOrder.end() && std::next(at) != kOrder.end()) {
    neighbours.push_back(*std::next(at));
  }
  return neighbours;
}

// Lists the mutations of what one layer wrote.
class Mutations {
 public:
  Mutations(const Policy& policy, const PolicySource& written_in) : policy_(policy), written_in_(written_in) {
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
      AddRule(i);
    }
    for (std::size_t i = 0; i < policy.exemptions.size(); ++i) {
      const Exemption& exemption = policy.exemptions[i];
      if (IsHere(exemption.origin)) {
        all_.push_back({{exemption.id, MutationKind::kExemptionRemoved, "exemption removed", exemption.origin},
                        [i](Policy* variant) { variant->exemptions[i].rules.clear(); }});
      }
    }
  }

  const std::vector<Mutation>& all() const { return all_; }

 private:
  bool IsHere(const Origin& origin) const { return origin.source.get() == &written_in_; }

  template <typename Change>
  void Add(std::size_t rule, MutationKind kind, std::string words, const Origin& origin, Change change) {
    all_.push_back({{policy_.rules[rule].id, kind, std::move(words), origin},
                    [rule, change](Policy* variant) { change(&variant->rules[rule]); }});
  }

  void AddRule(std::size_t index) {
    const Rule& rule = policy_.rules[index];
    if (IsHere(rule.origin)) {
      AddModes(index, rule);
    }
    if (rule.mode == Mode::kOff) {
      return;  // nothing else about it shows
    }
    if (rule.scope && IsHere(rule.scope->origin)) {
      Add(index, MutationKind::kNoScope, "\"scope\" removed", rule.scope->origin, [](Rule* r) { r->scope.reset(); });
    }
    if (rule.condition) {
      if (IsHere(rule.condition->origin)) {
        Add(index, MutationKind::kNoCondition, "\"if\" removed", rule.condition->origin,
            [](Rule* r) { r->condition.reset(); });
      }
      AddTree(index, &Rule::condition, *rule.condition);
    }
    if (rule.unless) {
      if (IsHere(rule.unless->origin)) {
        Add(index, MutationKind::kNoUnless, "\"unless\" removed", rule.unless->origin,
            [](Rule* r) { r->unless.reset(); });
      }
      AddTree(index, &Rule::unless, *rule.unless);
    }
    for (std::size_t i = 0; i < rule.obligations.size(); ++i) {
      if (IsHere(rule.obligations[i].origin)) {
        Add(index, MutationKind::kEffectRemoved, "\"" + rule.obligations[i].name + "\" removed from \"do\"",
            rule.obligations[i].origin,
            [i](Rule* r) { r->obligations.erase(r->obligations.begin() + static_cast<std::ptrdiff_t>(i)); });
      }
    }
  }

  void AddModes(std::size_t index, const Rule& rule) {
    if (rule.mode == Mode::kOff) {
      Add(index, MutationKind::kSwitchedOn, "mode off → confirm", rule.origin,
          [](Rule* r) { r->mode = Mode::kConfirm; });
      return;
    }
    Add(index, MutationKind::kSwitchedOff, "mode " + std::string(ModeName(rule.mode)) + " → off", rule.origin,
        [](Rule* r) { r->mode = Mode::kOff; });
    for (const Mode mode : Neighbours(rule.mode)) {
      Add(index, MutationKind::kOtherMode,
          "mode " + std::string(ModeName(rule.mode)) + " → " + std::string(ModeName(mode)), rule.origin,
          [mode](Rule* r) { r->mode = mode; });
    }
  }

  // Not recursive: a policy's depth is bounded, but a list of what is left to do costs no more.
  void AddTree(std::size_t rule, std::optional<ConditionNode> Rule::*tree, const ConditionNode& root) {
    std::vector<std::pair<const ConditionNode*, std::vector<std::size_t>>> open = {{&root, {}}};
    while (!open.empty()) {
      const auto [node, steps] = std::move(open.back());
      open.pop_back();
      const bool many = node->kind == ConditionNode::Kind::kAll || node->kind == ConditionNode::Kind::kAny;
      for (std::size_t i = 0; i < node->children.size(); ++i) {
        if (many && node->children.size() > 1 && IsHere(node->children[i].origin)) {
          const NodePath parent{tree, steps};
          Add(rule, MutationKind::kConditionRemoved, NodeName(node->children[i]) + " removed from " + NodeName(*node),
              node->children[i].origin, [parent, i](Rule* r) {
                auto& children = NodeAt(r, parent).children;
                children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
              });
        }
      }
      for (std::size_t i = node->children.size(); i > 0; --i) {  // so that the first is next
        std::vector<std::size_t> below = steps;
        below.push_back(i - 1);
        open.emplace_back(&node->children[i - 1], std::move(below));
      }
      if (node->kind == ConditionNode::Kind::kLeaf && IsHere(node->origin)) {
        AddLeaf(rule, {tree, steps}, *node);
      }
    }
  }

  void AddLeaf(std::size_t rule, const NodePath& path, const ConditionNode& leaf) {
    Add(rule, MutationKind::kConditionNegated, NodeName(leaf) + " negated", leaf.origin, [path](Rule* r) {
      ConditionNode& node = NodeAt(r, path);
      ConditionNode negated;
      negated.kind = ConditionNode::Kind::kNot;
      negated.origin = node.origin;
      negated.children.push_back(std::move(node));
      node = std::move(negated);
    });
    if (!leaf.params.is_object()) {
      return;
    }
    for (const auto& [key, value] : leaf.params.items()) {
      if (!value.is_number_integer() || key.starts_with("x-")) {
        continue;
      }
      const auto number = value.get<std::int64_t>();
      for (const std::int64_t other : {number - 1, number + 1}) {
        Json params = leaf.params;
        params[key] = other;
        // A number at the border of what is allowed has one neighbour.
        if (!KnownVocabulary().CheckCondition(leaf.name, params, policy_)) {
          continue;
        }
        Add(rule, MutationKind::kThreshold,
            NodeName(leaf) + ": \"" + key + "\" " + std::to_string(number) + " → " + std::to_string(other), leaf.origin,
            [path, params](Rule* r) { NodeAt(r, path).params = params; });
      }
    }
  }

  const Policy& policy_;
  const PolicySource& written_in_;
  std::vector<Mutation> all_;
};

bool Names(const std::optional<std::vector<std::string>>& list, const std::string& name) {
  return list && std::find(list->begin(), list->end(), name) != list->end();
}

bool Mentions(const PolicyExpectation& expect, const std::string& rule) {
  return Names(expect.has_rules, rule) || Names(expect.rules, rule) || Names(expect.not_rules, rule) ||
         Names(expect.simulated, rule);
}

// Whether any test fails; those that speak of the rule first, because they mostly decide it.
bool IsNoticed(const PreparedPolicy& variant, const std::vector<PreparedTest>& tests, const std::string& rule) {
  const auto fails = [&](bool mentioning) {
    return std::any_of(tests.begin(), tests.end(), [&](const PreparedTest& test) {
      return Mentions(test.expect, rule) == mentioning && !RunTest(variant, test).ok();
    });
  };
  return fails(true) || fails(false);
}

}  // namespace

Result<MutationReport> TryMutations(const PreparedPolicy& policy, const PolicySource& written_in) {
  Result<std::vector<PreparedTest>> tests = PrepareTests(policy.policy(), &written_in);
  if (!tests) {
    return std::move(tests).error();
  }
  const Mutations mutations(policy.policy(), written_in);
  MutationReport report;
  Policy variant = policy.policy();
  for (const Mutation& mutation : mutations.all()) {
    // Lists may be long, so the one copy of the policy is changed and mended, not copied again.
    std::vector<Rule> rules = variant.rules;
    std::vector<Exemption> exemptions = variant.exemptions;
    mutation.apply(&variant);
    std::unique_ptr<PreparedPolicy> prepared = PreparedPolicy::FromAccepted(std::move(variant));
    ++report.tried;
    if (!IsNoticed(*prepared, *tests, mutation.what.rule)) {
      report.unnoticed.push_back(mutation.what);
    }
    variant = std::move(*prepared).Take();
    variant.rules = std::move(rules);
    variant.exemptions = std::move(exemptions);
  }
  return report;
}

}  // namespace lastlook
