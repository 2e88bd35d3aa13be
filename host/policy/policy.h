// SPDX-License-Identifier: MPL-2.0
// The Policy value: what all layers say together (design section 5). Pure data; engine/ runs it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/localized_text.h"
#include "base/timestamp.h"
#include "policy/mode.h"
#include "policy/origin.h"
#include "policy/policy_list.h"
#include "policy/settings.h"

namespace lastlook {

// A tree of conditions: all, any, not, and leaves that conditions/ understands.
struct ConditionNode {
  enum class Kind { kAll, kAny, kNot, kLeaf };
  Kind kind = Kind::kLeaf;
  std::vector<ConditionNode> children;  // of all, any; one for not
  std::string name;                     // of a leaf
  Json params;                          // of a leaf
  Origin origin;
};

// {"add_bcc": […]}: one obligation or one offered fix.
struct EffectNode {
  std::string name;
  Json params;
  Origin origin;
};

struct Hours {
  int begin_minute = 0;  // minutes since midnight, local time of the sender
  int end_minute = 0;    // not included; smaller than begin: over midnight
};

struct Scope {
  std::vector<std::string> senders;  // names of groups, or address patterns; empty: everybody
  std::vector<std::string> except_senders;
  std::optional<Timestamp> from;
  std::optional<Timestamp> until;
  std::optional<Hours> hours;
  Origin origin;
};

struct Rule {
  std::string id;
  Mode mode = Mode::kOff;
  std::optional<Scope> scope;
  std::optional<ConditionNode> condition;  // "if"; absent: always
  std::optional<ConditionNode> unless;
  std::vector<EffectNode> obligations;  // "do"
  std::vector<EffectNode> offers;       // "offer"
  LocalizedText message;
  std::string help;  // address of a page
  bool final = false;
  int rollout_percent = 100;
  // What the organisation's layers said, where a user's own file raised the mode: the rule then asks for both, since a
  // stricter mode need not ask for what a milder one does.
  std::optional<Mode> organisation_mode;
  Origin origin;                       // of the layer that spoke last
  std::map<std::string, Origin> keys;  // of each key: where it was written

  // Whether it asks for what that mode asks for.
  bool Asks(Mode asked) const { return mode == asked || organisation_mode == asked; }
};

struct Exemption {
  std::string id;
  std::vector<std::string> rules;
  std::optional<Scope> scope;
  std::optional<ConditionNode> condition;  // absent: always
  std::string reason;
  std::string owner;
  std::optional<Timestamp> until;
  Origin origin;
};

struct Organisation {
  std::string name;
  std::vector<std::string> domains;  // patterns
  Origin origin;
};

// Settings that a user's own file may not touch.
struct LockedKeys {
  std::string glob;  // "hold.*", "*"
  Origin origin;
};

// What must come out of a test; an absent member is not looked at. Lists are compared as sets: their order says
// nothing.
struct PolicyExpectation {
  std::optional<std::string> disposition;
  std::optional<std::vector<std::string>> has_rules;  // at least these match
  std::optional<std::vector<std::string>> not_rules;  // none of these
  std::optional<std::vector<std::string>> rules;      // exactly these
  std::optional<std::vector<std::string>> needs;
  std::optional<std::vector<std::string>> to;  // addresses of the result
  std::optional<std::vector<std::string>> cc;
  std::optional<std::vector<std::string>> bcc;
  std::optional<std::vector<std::string>> simulated;
  std::optional<std::vector<std::string>> acknowledge;
  std::optional<std::vector<std::string>> obligations;  // their kinds
  std::optional<std::int64_t> hold_seconds;
};

// One of a policy's own tests.
struct PolicyTest {
  std::string name;
  Json mail;                    // draft JSON
  std::optional<Json> context;  // context JSON
  PolicyExpectation expect;
  Origin origin;
};

struct Policy {
  std::string id = "built-in";
  std::int64_t serial = 0;
  std::string sha256;  // of all layers' texts and list files, in order
  std::map<std::string, PolicyList> lists;
  std::vector<Organisation> organisations;
  std::map<std::string, PolicyList> groups;
  Settings settings;
  std::map<std::string, Origin> setting_origins;            // of those that a layer set, by key
  std::vector<LockedKeys> locked;                           // of all layers
  std::vector<std::shared_ptr<const PolicySource>> layers;  // lowest first
  std::vector<Rule> rules;                                  // in order of first appearance
  std::vector<Exemption> exemptions;
  std::vector<PolicyTest> tests;  // of all layers

  // The list of that name; an empty one for a reserved name that nobody filled; null for an unknown name.
  const PolicyList* FindList(const std::string& name) const;
};

// Names that lists may be asked for although nobody filled them (design section 5).
const std::vector<std::string>& ReservedListNames();

}  // namespace lastlook
