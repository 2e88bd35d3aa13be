// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_diff.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "cli/style.h"
#include "engine/prepared_policy.h"
#include "policy/policy_diff.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

// More than this says no more to a reader; --format json has everything.
constexpr std::size_t kValueColumns = 100;
constexpr std::size_t kShownEntries = 20;

Result<Policy> Read(const PolicyDiffOptions& options, const std::string& file) {
  std::vector<std::string> files = options.policy_files;
  files.push_back(file);
  const Result<PolicyLayers> layers = ReadPolicyLayers(files, options.with_built_in);
  return layers ? ReadPolicy(*layers, KnownVocabulary()) : Result<Policy>(layers.error());
}

std::string Shown(const Json& value) {
  return value.is_null() ? "\u2013" : CutToWidth(PrintableLine(DumpJson(value)), kValueColumns);
}

Ink InkOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kAdded:
    case ChangeKind::kTightened:
      return Ink::kGreen;
    case ChangeKind::kRemoved:
    case ChangeKind::kLoosened:
      return Ink::kRed;
    case ChangeKind::kChanged:
      break;
  }
  return Ink::kYellow;
}

void WriteEntries(const char* sign, const Json& entries, std::ostream& out) {
  const std::size_t shown = std::min<std::size_t>(entries.size(), kShownEntries);
  for (std::size_t i = 0; i < shown; ++i) {
    out << "    " << sign << " " << Shown(entries[i]) << "\n";
  }
  if (entries.size() > shown) {
    out << "    " << sign << " and " << entries.size() - shown << " more\n";
  }
}

void WriteText(const PolicyChange& change, const Style& style, std::ostream& out) {
  const std::string kind(ChangeKindName(change.kind));
  out << style(InkOf(change.kind), kind) << "  " << ChangedThingName(change.what) << " \"" << PrintableLine(change.id)
      << "\"";
  if (change.what == PolicyChange::What::kList || change.what == PolicyChange::What::kGroup) {
    out << "\n";
    WriteEntries("\u2212", change.before, out);
    WriteEntries("+", change.after, out);
    return;
  }
  if (!change.key.empty()) {
    out << ", \"" << change.key << "\"";
  }
  if (change.kind == ChangeKind::kAdded || change.kind == ChangeKind::kRemoved) {
    const Json& whole = change.kind == ChangeKind::kAdded ? change.after : change.before;
    const bool has_mode = whole.is_object() && whole.contains("mode");
    out << (has_mode ? " (" + whole["mode"].get<std::string>() + ")" : "") << "\n";
    return;
  }
  const std::string before = Shown(change.before);
  const std::string after = Shown(change.after);
  if (before.size() + after.size() <= kValueColumns / 2) {
    out << ": " << before << " \u2192 " << after << "\n";
  } else {
    out << "\n    \u2212 " << before << "\n    + " << after << "\n";
  }
}

std::string AsJson(const std::vector<PolicyChange>& changes) {
  JsonWriter out;
  out.BeginObject().Key("changes").BeginArray();
  for (const PolicyChange& change : changes) {
    out.BeginObject().Key("what").String(ChangedThingName(change.what)).Key("id").String(change.id);
    if (!change.key.empty()) {
      out.Key("key").String(change.key);
    }
    out.Key("change").String(ChangeKindName(change.kind));
    out.Key("before").Value(change.before).Key("after").Value(change.after).EndObject();
  }
  return out.EndArray().EndObject().Take() + "\n";
}

}  // namespace

int RunPolicyDiff(const PolicyDiffOptions& options, const Streams& streams) {
  const Result<Policy> before = Read(options, options.before);
  if (!before) {
    return Complain(before.error(), streams);
  }
  const Result<Policy> after = Read(options, options.after);
  if (!after) {
    return Complain(after.error(), streams);
  }
  const std::vector<PolicyChange> changes = DiffPolicies(*before, *after);
  if (options.format == OutputFormat::kJson) {
    streams.out << AsJson(changes);
  } else {
    for (const PolicyChange& change : changes) {
      WriteText(change, Style(streams.colour), streams.out);
    }
  }
  return changes.empty() ? kExitOk : kExitFindings;
}

}  // namespace lastlook
