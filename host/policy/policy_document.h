// SPDX-License-Identifier: MPL-2.0
// One policy file, read but not yet merged: what it says and, by absence, what it leaves to the layers below.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/list_file.h"
#include "policy/policy.h"
#include "policy/vocabulary.h"

namespace lastlook {

struct RuleDocument {
  std::string id;
  std::optional<Mode> mode;
  std::optional<Scope> scope;
  std::optional<ConditionNode> condition;
  std::optional<ConditionNode> unless;
  std::optional<std::vector<EffectNode>> obligations;
  std::optional<std::vector<EffectNode>> offers;
  std::optional<LocalizedText> message;
  std::optional<std::string> help;
  std::optional<bool> final;
  std::optional<int> rollout_percent;
  Origin origin;
  std::map<std::string, Origin> keys;  // where each key stands
};

struct ListDocument {
  std::string name;
  bool extends = false;
  std::vector<ListRow> rows;
  std::vector<ListEntry> notes;  // beside each row; empty when nothing is noted beside any
  bool has_managers = false;     // its rows are senders and managers
  std::optional<ListFile> file;  // its rows moved away; absent: the rows stand in the policy
  Origin origin;

  // The error with the place of that row.
  Error AtRow(Error error, const ListRow& row) const;
};

struct OrganisationsDocument {
  bool extends = false;
  std::vector<Organisation> organisations;
};

struct GroupDocument {
  std::string name;
  std::vector<std::string> addresses;
  Origin origin;
};

struct SettingDocument {
  Json value;
  Origin origin;
};

// Of the break-glass layer: from when and how long it holds, and why.
struct OverrideDocument {
  Timestamp issued;
  Timestamp until;
  std::string reason;
};

struct PolicyDocument {
  std::shared_ptr<const PolicySource> source;
  std::optional<std::string> id;
  std::int64_t serial = 0;
  std::optional<OverrideDocument> override_of;  // of a break-glass file
  std::vector<std::string> keys;                // of the whole file
  std::vector<ListDocument> lists;
  std::optional<OrganisationsDocument> organisations;
  std::vector<GroupDocument> groups;
  std::map<std::string, SettingDocument> settings;
  std::vector<LockedKeys> locked;
  std::vector<RuleDocument> rules;
  std::vector<Exemption> exemptions;
  std::vector<PolicyTest> tests;
};

// Checks everything that one file can be checked for alone. Errors: kPolicyRefused with file, line and column.
Result<PolicyDocument> ReadPolicyDocument(const std::shared_ptr<const PolicySource>& source,
                                          const Vocabulary& vocabulary);

// Only what the header says of an override; nothing for a file that is none. Errors: as above, and for a file in the
// place of the override that does not say why and how long.
Result<std::optional<OverrideDocument>> ReadOverrideHeader(const std::shared_ptr<const PolicySource>& source);

}  // namespace lastlook
