// SPDX-License-Identifier: MPL-2.0
// How two policies differ in what they mean: not in the order of their keys, rules and entries.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "policy/policy.h"

namespace lastlook {

enum class ChangeKind {
  kAdded,
  kRemoved,
  kTightened,  // mails are asked more about, or leave later, or not at all
  kLoosened,
  kChanged,  // it is not known which
};

struct PolicyChange {
  enum class What { kHeader, kRule, kExemption, kList, kOrganisation, kGroup, kSetting };
  What what = What::kRule;
  std::string id;   // of the rule or exemption; name of the list, group or setting
  std::string key;  // of the rule or exemption: "mode", "if"; empty for all of it
  ChangeKind kind = ChangeKind::kChanged;
  Json before;  // null where there was nothing
  Json after;
};

// In the order: header, settings, lists, organisations, groups, rules, exemptions; each by name.
std::vector<PolicyChange> DiffPolicies(const Policy& before, const Policy& after);

// "added", "tightened" …; "rule", "list" …
std::string_view ChangeKindName(ChangeKind kind);
std::string_view ChangedThingName(PolicyChange::What what);

}  // namespace lastlook
