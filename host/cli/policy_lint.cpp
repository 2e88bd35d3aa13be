// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_lint.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/terminal_text.h"
#include "cli/lint_findings.h"
#include "cli/policy_input.h"
#include "cli/style.h"
#include "engine/prepared_policy.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

std::string Counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void WriteText(const Policy& policy, std::size_t layers, const std::vector<LintFinding>& findings, const Style& style,
               std::ostream& out) {
  for (const LintFinding& finding : findings) {
    out << style(finding.warning ? Ink::kYellow : Ink::kDim, finding.warning ? "warning" : "note") << "  "
        << PrintableLine(DescribeError(finding.error)) << "  "
        << style(Ink::kDim, "[" + std::string(finding.code) + "]") << "\n";
  }
  out << "policy \"" << PrintableLine(policy.id) << "\", serial " << policy.serial << ": "
      << Counted(layers, "layer", "layers") << ", " << Counted(policy.rules.size(), "rule", "rules") << ", "
      << Counted(findings.size(), "finding", "findings") << "\n";
}

void WriteJson(const Policy& policy, std::size_t layers, const std::vector<LintFinding>& findings, std::ostream& out) {
  JsonWriter json;
  json.BeginObject().Key("policy").String(policy.id).Key("serial").Whole(policy.serial);
  json.Key("layers").Whole(layers).Key("rules").Whole(policy.rules.size()).Key("findings").BeginArray();
  for (const LintFinding& finding : findings) {
    const Error& error = finding.error;
    json.BeginObject().Key("code").String(finding.code).Key("level").String(finding.warning ? "warning" : "note");
    json.Key("message").String(error.message).Key("remedy").String(error.remedy);
    json.Key("file").String(error.place.file).Key("line").Whole(error.place.line);
    json.Key("column").Whole(error.place.column).EndObject();
  }
  out << json.EndArray().EndObject().Take() << "\n";
}

}  // namespace

int RunPolicyLint(const PolicyLintOptions& options, const Streams& streams) {
  const Result<PolicyLayers> layers = ReadPolicyOfUser(options.files, options.with_built_in, options.user, streams.err);
  if (!layers) {
    return Complain(layers.error(), streams);
  }
  const Result<Policy> policy = ReadPolicy(*layers, KnownVocabulary());
  if (!policy) {
    return Complain(policy.error(), streams);
  }
  const std::vector<LintFinding> findings = LintFindings(*policy, SystemNow());
  if (options.format == OutputFormat::kJson) {
    WriteJson(*policy, layers->size(), findings, streams.out);
  } else {
    WriteText(*policy, layers->size(), findings, Style(streams.colour), streams.out);
  }
  const bool warned =
      std::any_of(findings.begin(), findings.end(), [](const LintFinding& finding) { return finding.warning; });
  return warned ? kExitFindings : kExitOk;
}

}  // namespace lastlook
