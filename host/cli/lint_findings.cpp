// SPDX-License-Identifier: MPL-2.0
#include "cli/lint_findings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/json.h"
#include "cli/client_capabilities.h"
#include "conditions/support/pattern_cost.h"
#include "effects/registry.h"
#include "mail/addr_spec.h"
#include "policy/address_patterns.h"

namespace lastlook {
namespace {

// The languages in which every person meets Lastlook.
constexpr std::array<const char*, 3> kLanguages = {"ja", "en", "zh"};

// Before an exemption ends somebody should decide whether it is still needed.
constexpr std::int64_t kSoonDays = 30;
constexpr std::int64_t kSecondsOfADay = 24 * 60 * 60;

// The names of lists and the patterns in "in", "not_in": a string or an array of strings.
std::set<std::string> NamesIn(const Json& params, const char* key) {
  std::set<std::string> names;
  const auto found = params.is_object() ? params.find(key) : params.end();
  if (!params.is_object() || found == params.end()) {
    return names;
  }
  for (const Json& name : found->is_array() ? *found : Json::array({*found})) {
    if (name.is_string()) {
      names.insert(name.get<std::string>());
    }
  }
  return names;
}

// Every string in a condition's or an effect's parameters: lists are named by strings. Bounded by the policy's depth.
void Strings(const Json& json, std::set<std::string>* strings) {
  if (json.is_string()) {
    strings->insert(json.get<std::string>());
  } else if (json.is_structured()) {
    for (const Json& member : json) {
      Strings(member, strings);
    }
  }
}

bool Overlap(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.contains(name); });
}

bool SameTree(const ConditionNode& a, const ConditionNode& b) {
  return a.kind == b.kind && a.name == b.name && a.params == b.params &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), SameTree);
}

bool SameTree(const std::optional<ConditionNode>& a, const std::optional<ConditionNode>& b) {
  return a.has_value() == b.has_value() && (!a || SameTree(*a, *b));
}

bool AsksForSome(const Json& params) {
  if (!params.is_object() || (!params.contains("min") && !params.contains("max"))) {
    return true;
  }
  const auto min = params.find("min");
  return min != params.end() && min->is_number_integer() && min->get<std::int64_t>() > 0;
}

class Linter {
 public:
  Linter(const Policy& policy, const Timestamp& now) : policy_(policy), now_(now) {}

  std::vector<LintFinding> Run() {
    Ended();
    TopMessage();
    Inside();
    for (const Rule& rule : policy_.rules) {
      LintRule(rule);
    }
    Shadowed();
    for (const Exemption& exemption : policy_.exemptions) {
      LintExemption(exemption);
    }
    Lists();
    Unused();
    Untested();
    return std::move(findings_);
  }

 private:
  static bool IsBuiltIn(const Origin& origin) {
    return !origin.source || origin.source->layer == PolicyLayer::kBuiltIn;
  }

  // Where that key of the rule was written; the rule itself where no layer did.
  static const Origin& OriginOf(const Rule& rule, const char* key) {
    const auto found = rule.keys.find(key);
    return found == rule.keys.end() ? rule.origin : found->second;
  }

  void Find(std::string_view code, bool warning, const Origin& origin, const std::string& pointer, std::string message,
            std::string remedy) {
    if (IsBuiltIn(origin)) {
      return;
    }
    Error error{ErrorCode::kPolicyRefused, std::move(message), std::move(remedy), pointer};
    findings_.push_back({code, warning, AtOrigin(std::move(error), origin)});
  }
  void Warn(std::string_view code, const Origin& origin, std::string message, std::string remedy) {
    Find(code, true, origin, "", std::move(message), std::move(remedy));
  }
  void Note(std::string_view code, const Origin& origin, std::string message, std::string remedy) {
    Find(code, false, origin, "", std::move(message), std::move(remedy));
  }

  // What the header of a policy file says of its end; a policy that has ended stays in force all the same.
  void Ended() {
    for (const auto& source : policy_.layers) {
      const Result<Json> json = ParseJson(source->text, {.allow_comments = true});
      const Json* header = json && json->is_object() && json->contains("policy") ? &json->at("policy") : nullptr;
      if (header == nullptr || !header->is_object() || !header->contains("not_after")) {
        continue;
      }
      const Result<Timestamp> end = ParseTimestamp(header->at("not_after").get<std::string>());
      if (end && end->unix_seconds <= now_.unix_seconds) {
        Find("policy-ended", true, Origin{source, ""}, "/policy/not_after",
             "this policy ended at " + FormatTimestamp(end->unix_seconds) + " and is still in force",
             "issue it anew with a later \"not_after\"");
      }
    }
  }

  void TopMessage() {
    const auto origin = policy_.setting_origins.find("confirm.top_message");
    if (origin != policy_.setting_origins.end()) {
      Translations("the message on top of the window", policy_.settings.confirm_top_message, origin->second);
    }
  }

  void Inside() {
    const PolicyList* inside = policy_.FindList("internal");
    if (inside == nullptr || inside->entries.empty()) {
      Error error{ErrorCode::kPolicyRefused, "the list \"internal\" is empty, so every recipient is outside",
                  "name your own domains, for example \"lists\": {\"internal\": [\"kodama.example.jp\"]}", ""};
      findings_.push_back({"inside-empty", true, std::move(error)});
      return;
    }
    const PolicyList* free_mail = policy_.FindList("free-mail");
    if (free_mail == nullptr) {
      return;
    }
    for (const std::string& entry : inside->entries) {
      const std::size_t at = entry.rfind('@');
      if (at != std::string::npos && entry.substr(0, at) != "*") {
        continue;  // one person's address at a free-mail provider may be inside
      }
      std::string domain = at == std::string::npos ? entry : entry.substr(at + 1);
      if (domain.substr(0, 2) == "*.") {
        domain.erase(0, 2);
      }
      if (free_mail->Contains(AddrSpec{"anybody", NormalizeDomain(domain)}, now_)) {
        Warn("inside-free-mail", inside->origin,
             "\"" + entry + "\" in \"internal\" is a free-mail provider: anybody has an address there",
             "name the addresses of your own people instead");
      }
    }
  }

  void LintRule(const Rule& rule) {
    const std::string name = "the rule \"" + rule.id + "\"";
    if (rule.mode == Mode::kOff) {
      Find("rule-off", !OverridesOther(rule), rule.origin, "", name + " is off and never matches",
           "set another mode, or remove the rule if it is not meant to switch off a lower layer's");
    }
    if (rule.scope) {
      LintScope(name, *rule.scope);
    }
    Never(rule, name);
    Translations("the message of " + name, rule.message, OriginOf(rule, "message"));
    CarriedOut(rule, name);
    for (const auto* tree : {&rule.condition, &rule.unless}) {
      Patterns(*tree);
    }
    const bool holds = std::any_of(rule.obligations.begin(), rule.obligations.end(),
                                   [](const EffectNode& effect) { return effect.name == "hold"; });
    if (rule.mode == Mode::kHold && !holds) {
      Note("hold-without-minutes", OriginOf(rule, "mode"),
           name + " holds mails for " + std::to_string(policy_.settings.hold_minutes) + " minutes, as the settings say",
           "say how long: \"do\": [ { \"hold\": { \"minutes\": 5 } } ]");
    }
    for (const EffectNode& effect : rule.obligations) {
      const bool copies = effect.name == "add_bcc" || effect.name == "add_cc";
      if (copies && (!rule.scope || rule.scope->senders.empty())) {
        Note("copy-without-senders", effect.origin,
             name + " names no senders, so it copies only mails from accounts in \"internal\"",
             "name the senders in \"scope\" if others are meant");
      }
    }
  }

  // A rule of a lower layer, of which this one says only some keys.
  static bool OverridesOther(const Rule& rule) {
    const auto if_key = rule.keys.find("if");
    const auto mode = rule.keys.find("mode");
    return if_key == rule.keys.end() || mode == rule.keys.end() || if_key->second.source != mode->second.source;
  }

  void LintScope(const std::string& name, const Scope& scope) {
    if (scope.until && scope.until->unix_seconds <= now_.unix_seconds) {
      Find("ended", true, scope.origin, "/until",
           name + " ended at " + FormatTimestamp(scope.until->unix_seconds) + " and matches no more",
           "remove the rule, or move the date");
    }
    if (scope.from && scope.until && scope.from->unix_seconds >= scope.until->unix_seconds) {
      Find("ends-before-it-begins", true, scope.origin, "/from", name + " begins after it has ended and never matches",
           "put \"from\" before \"until\"");
    }
    const std::set<std::string> left_out(scope.except_senders.begin(), scope.except_senders.end());
    if (!scope.senders.empty() && std::all_of(scope.senders.begin(), scope.senders.end(),
                                              [&](const std::string& sender) { return left_out.contains(sender); })) {
      Find("never-matches", true, scope.origin, "/except_senders", name + " leaves out all of its own senders",
           "take one of \"senders\" out of \"except_senders\"");
    }
  }

  void Never(const Rule& rule, const std::string& name) {
    if (!rule.condition) {
      return;
    }
    if (rule.unless && SameTree(*rule.condition, *rule.unless)) {
      Warn("never-matches", rule.unless->origin, name + " never matches: its \"unless\" is its \"if\"",
           "correct one of them");
      return;
    }
    if (const std::optional<Reason> reason = NeverTrue(*rule.condition)) {
      Warn("never-matches", *reason->origin, name + " never matches: " + reason->text, reason->remedy);
    }
  }

  struct Reason {
    const Origin* origin;
    std::string text;
    std::string remedy;
  };

  // Bounded by the depth of the policy's JSON.
  std::optional<Reason> NeverTrue(const ConditionNode& node) const {
    switch (node.kind) {
      case ConditionNode::Kind::kLeaf:
        return NeverTrueLeaf(node);
      case ConditionNode::Kind::kNot:
        return std::nullopt;
      case ConditionNode::Kind::kAny: {
        std::optional<Reason> reason;
        for (const ConditionNode& child : node.children) {
          reason = NeverTrue(child);
          if (!reason) {
            return std::nullopt;
          }
        }
        return reason;
      }
      case ConditionNode::Kind::kAll:
        break;
    }
    for (const ConditionNode& child : node.children) {
      if (std::optional<Reason> reason = NeverTrue(child)) {
        return reason;
      }
    }
    return Contradiction(node);
  }

  std::optional<Reason> NeverTrueLeaf(const ConditionNode& leaf) const {
    const std::set<std::string> in = NamesIn(leaf.params, "in");
    const std::set<std::string> not_in = NamesIn(leaf.params, "not_in");
    // "in" of the condition "text" are places, not lists.
    if (in.empty() || leaf.name == "text" || !AsksForSome(leaf.params)) {
      return std::nullopt;
    }
    if (std::includes(not_in.begin(), not_in.end(), in.begin(), in.end())) {
      return Reason{&leaf.origin, "nobody is in \"" + *in.begin() + "\" and not in it", "correct \"in\" or \"not_in\""};
    }
    const bool empty = std::all_of(in.begin(), in.end(), [&](const std::string& name) {
      const PolicyList* list = policy_.FindList(name);
      return list != nullptr && list->entries.empty();
    });
    if (empty) {
      return Reason{&leaf.origin, "the list \"" + *in.begin() + "\" is empty", "fill the list, or remove the rule"};
    }
    return std::nullopt;
  }

  // Of the children of an "all": everybody is in a list, and somebody is not; a condition, and the same one denied.
  static std::optional<Reason> Contradiction(const ConditionNode& all) {
    for (const ConditionNode& a : all.children) {
      for (const ConditionNode& b : all.children) {
        if (b.kind == ConditionNode::Kind::kNot && SameTree(a, b.children.front())) {
          return Reason{&b.origin, "it asks for a condition and for its opposite", "remove one of them"};
        }
        const bool leaves = a.kind == ConditionNode::Kind::kLeaf && b.kind == ConditionNode::Kind::kLeaf;
        if (!leaves || a.name != "recipients_all" || b.name != "recipients" || a.params.contains("field") ||
            !AsksForSome(b.params)) {
          continue;
        }
        const std::set<std::string> in = NamesIn(a.params, "in");
        const std::set<std::string> not_in = NamesIn(a.params, "not_in");
        const std::set<std::string> others = NamesIn(b.params, "not_in");
        if ((!in.empty() && std::includes(others.begin(), others.end(), in.begin(), in.end())) ||
            Overlap(not_in, NamesIn(b.params, "in"))) {
          return Reason{&b.origin, "everybody is in a list and somebody is not", "correct one of the two conditions"};
        }
      }
    }
    return std::nullopt;
  }

  void Translations(const std::string& what, const LocalizedText& text, const Origin& origin) {
    for (const char* language : kLanguages) {
      if (!text.empty() && !text.by_language().contains(language)) {
        Find("missing-translation", true, origin, "", what + " has no text in \"" + language + "\"",
             "add one, or people with that language read another");
      }
    }
  }

  // What no mail program of this version does: the host would refuse to let such a mail out.
  void CarriedOut(const Rule& rule, const std::string& name) {
    if (rule.mode <= Mode::kSimulate) {
      return;
    }
    std::set<std::string, std::less<>> told;
    const auto check = [&](std::string_view capability, const Origin& origin) {
      const auto clients = KnownClients();
      std::string cannot;
      bool some_can = false;
      for (const ClientCapabilities& client : clients) {
        const bool can = std::find(client.can.begin(), client.can.end(), capability) != client.can.end();
        some_can = some_can || can;
        cannot += can ? "" : (cannot.empty() ? "" : " and ") + std::string(client.client);
      }
      if (!capability.empty() && !cannot.empty() && told.emplace(capability).second) {
        Find("not-carried-out", !some_can, origin, "",
             name + " asks for \"" + std::string(capability) + "\", which " + cannot +
                 " cannot carry out in this version: there such a mail stays unsent",
             some_can ? "leave it where nobody uses that, or name the senders in \"scope\""
                      : "use another mode or effect, or try the rule out with \"mode\": \"simulate\"");
      }
    };
    if (rule.Asks(Mode::kHold)) {
      check("hold", OriginOf(rule, "mode"));
    }
    for (const auto* effects : {&rule.obligations, &rule.offers}) {
      for (const EffectNode& node : *effects) {
        const effects::RegistryRow* row = FindEffect(node.name);
        if (const auto effect = row->make(node.params, policy_)) {  // accepted before
          check((*effect)->capability(), node.origin);
        }
      }
    }
  }

  // Of the condition "text"; its places are "patterns" and, for several, the number in it.
  void Patterns(const std::optional<ConditionNode>& root) {
    for (const ConditionNode* leaf : Leaves(root)) {
      const auto patterns = leaf->params.is_object() ? leaf->params.find("patterns") : leaf->params.end();
      if (leaf->name != "text" || !leaf->params.is_object() || patterns == leaf->params.end()) {
        continue;
      }
      const Json several = patterns->is_array() ? *patterns : Json::array({*patterns});
      for (std::size_t i = 0; i < several.size(); ++i) {
        const Result<TextPattern> pattern = TextPattern::Compile(several[i].get<std::string>());
        if (!pattern) {
          continue;
        }
        const std::string step = patterns->is_array() ? PointerStep(i) : "";
        for (PatternRemark& remark : RemarksOn(*pattern)) {
          Find(remark.everywhere ? "pattern-everywhere" : "costly-pattern", true, leaf->origin, "/patterns" + step,
               std::move(remark.message), std::move(remark.remedy));
        }
      }
    }
  }

  // Rules with the same conditions: the milder one adds nothing unless it does something of its own.
  void Shadowed() {
    const auto same_scope = [](const Rule& a, const Rule& b) {
      return a.scope.has_value() == b.scope.has_value() &&
             (!a.scope || (a.scope->senders == b.scope->senders && a.scope->except_senders == b.scope->except_senders &&
                           !a.scope->from && !b.scope->from && !a.scope->until && !b.scope->until && !a.scope->hours &&
                           !b.scope->hours));
    };
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      for (std::size_t j = 0; j < policy_.rules.size(); ++j) {
        const Rule& rule = policy_.rules[i];
        const Rule& other = policy_.rules[j];
        const bool stricter = other.mode > rule.mode || (other.mode == rule.mode && j < i);
        if (i == j || !stricter || rule.mode <= Mode::kSimulate || other.rollout_percent != 100 ||
            !rule.obligations.empty() || !rule.offers.empty() || !rule.condition ||
            !SameTree(rule.condition, other.condition) || !SameTree(rule.unless, other.unless) ||
            !same_scope(rule, other)) {
          continue;
        }
        Warn("shadowed", rule.origin,
             "the rule \"" + rule.id + "\" has the conditions of \"" + other.id + "\", which is as strict or stricter",
             "remove one of them, or make their conditions differ");
        break;
      }
    }
  }

  void LintExemption(const Exemption& exemption) {
    const std::string name = "the exemption \"" + exemption.id + "\"";
    const std::string until = exemption.until ? FormatTimestamp(exemption.until->unix_seconds) : "";
    if (exemption.until && exemption.until->unix_seconds <= now_.unix_seconds) {
      Find("exemption-ended", true, exemption.origin, "/until", name + " ended at " + until,
           "remove it, or move the date");
      return;
    }
    if (exemption.until && exemption.until->unix_seconds <= now_.unix_seconds + kSoonDays * kSecondsOfADay) {
      Find("exemption-ends-soon", false, exemption.origin, "/until", name + " ends at " + until,
           "ask " + exemption.owner + " whether it is still needed");
    }
    if (!exemption.condition && !exemption.scope) {
      for (const std::string& rule : exemption.rules) {
        Warn("shadowed", exemption.origin,
             name + " switches off the rule \"" + rule + "\" for everybody until " + until,
             "give it an \"if\" or a \"scope\"");
      }
    }
    Patterns(exemption.condition);
    if (exemption.condition) {
      if (const std::optional<Reason> reason = NeverTrue(*exemption.condition)) {
        Warn("never-matches", *reason->origin, name + " never applies: " + reason->text, reason->remedy);
      }
    }
  }

  void Lists() {
    for (const auto& [name, list] : policy_.lists) {
      std::set<std::string> seen;
      for (const std::string& entry : list.managers.empty() ? list.entries : std::vector<std::string>()) {
        if (!seen.insert(entry).second) {
          Warn("duplicate-entry", list.origin, "\"" + entry + "\" stands twice in the list \"" + name + "\"",
               "remove one of them");
        }
      }
      std::size_t ended = 0;
      std::string first;
      for (std::size_t i = 0; i < list.notes.size(); ++i) {
        if (list.notes[i].until && list.notes[i].until->unix_seconds <= now_.unix_seconds) {
          first = ++ended == 1 ? list.entries[i] : first;
        }
      }
      if (ended > 0) {
        Warn("entry-ended", list.origin,
             std::to_string(ended) + (ended == 1 ? " entry" : " entries") + " of the list \"" + name +
                 "\" ended and no longer count, the first is \"" + first + "\"",
             "remove what has ended, or move its date");
      }
    }
  }

  static std::vector<const ConditionNode*> Leaves(const std::optional<ConditionNode>& root) {
    std::vector<const ConditionNode*> leaves;
    std::vector<const ConditionNode*> open;
    if (root) {
      open.push_back(&*root);
    }
    while (!open.empty()) {
      const ConditionNode* node = open.back();
      open.pop_back();
      if (node->kind == ConditionNode::Kind::kLeaf) {
        leaves.push_back(node);
      }
      for (auto child = node->children.rbegin(); child != node->children.rend(); ++child) {
        open.push_back(&*child);
      }
    }
    return leaves;
  }

  void UsedIn(const std::optional<ConditionNode>& root, std::set<std::string>* used) const {
    for (const ConditionNode* leaf : Leaves(root)) {
      Strings(leaf->params, used);
    }
  }

  void UsedIn(const std::optional<Scope>& scope, std::set<std::string>* used) const {
    if (scope) {
      used->insert(scope->senders.begin(), scope->senders.end());
      used->insert(scope->except_senders.begin(), scope->except_senders.end());
    }
  }

  void Unused() {
    std::set<std::string> used(ReservedListNames().begin(), ReservedListNames().end());
    for (const Rule& rule : policy_.rules) {
      UsedIn(rule.scope, &used);
      UsedIn(rule.condition, &used);
      UsedIn(rule.unless, &used);
      for (const auto* effects : {&rule.obligations, &rule.offers}) {
        for (const EffectNode& effect : *effects) {
          Strings(effect.params, &used);
        }
      }
    }
    for (const Exemption& exemption : policy_.exemptions) {
      UsedIn(exemption.scope, &used);
      UsedIn(exemption.condition, &used);
    }
    for (const auto& [kind, lists] : {std::pair{"list", &policy_.lists}, std::pair{"group", &policy_.groups}}) {
      for (const auto& [name, list] : *lists) {
        if (!used.contains(name)) {
          Warn(kind == std::string_view("list") ? "unused-list" : "unused-group", list.origin,
               "no rule names the " + std::string(kind) + " \"" + name + "\"", "use it, or remove it");
        }
      }
    }
  }

  // Where a file has tests, each of its rules should be named by one.
  void Untested() {
    std::map<const PolicySource*, std::set<std::string>> named;
    for (const PolicyTest& test : policy_.tests) {
      std::set<std::string>& names = named[test.origin.source.get()];
      for (const auto* list :
           {&test.expect.has_rules, &test.expect.not_rules, &test.expect.rules, &test.expect.simulated}) {
        if (*list) {
          names.insert((*list)->begin(), (*list)->end());
        }
      }
    }
    for (const Rule& rule : policy_.rules) {
      const auto tests = named.find(rule.origin.source.get());
      if (rule.mode != Mode::kOff && tests != named.end() && !tests->second.contains(rule.id)) {
        Note("untested", rule.origin, "no test names the rule \"" + rule.id + "\"",
             "add one with \"has_rules\": [\"" + rule.id + "\"]");
      }
    }
  }

  const Policy& policy_;
  const Timestamp& now_;
  std::vector<LintFinding> findings_;
};

}  // namespace

std::vector<LintFinding> LintFindings(const Policy& policy, const Timestamp& now) {
  return Linter(policy, now).Run();
}

}  // namespace lastlook
