// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_test.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "cli/style.h"
#include "engine/policy_mutations.h"
#include "engine/policy_tests.h"
#include "engine/prepared_policy.h"

namespace lastlook {
namespace {

struct FileReport {
  std::string file;
  std::vector<PolicyTestOutcome> tests;
  std::vector<std::string> rules;  // written in the file and not off
  MutationReport mutations;        // empty when a test fails: then nothing can be learned from it

  bool AllPass() const {
    return std::all_of(tests.begin(), tests.end(), [](const PolicyTestOutcome& test) { return test.ok(); });
  }
  std::size_t Unguarded() const {
    return static_cast<std::size_t>(std::count_if(mutations.unnoticed.begin(), mutations.unnoticed.end(), IsFailure));
  }
  static bool IsFailure(const UnnoticedMutation& mutation) { return mutation.kind == MutationKind::kSwitchedOff; }
};

Result<FileReport> TestFile(const PolicyTestOptions& options, const std::string& file) {
  std::vector<std::string> files = options.policy_files;
  files.push_back(file);
  const Result<PolicyLayers> layers = ReadPolicyLayers(files, options.with_built_in);
  if (!layers) {
    return layers.error();
  }
  const PolicySource& written_in = *layers->back();
  const Result<std::shared_ptr<const PreparedPolicy>> policy = PreparedPolicy::FromLayers(*layers);
  if (!policy) {
    return policy.error();
  }
  FileReport report;
  report.file = file;
  for (const Rule& rule : (*policy)->policy().rules) {
    if (rule.origin.source.get() == &written_in && rule.mode != Mode::kOff) {
      report.rules.push_back(rule.id);
    }
  }
  Result<std::vector<PolicyTestOutcome>> tests = RunPolicyTests(**policy, &written_in);
  if (!tests) {
    return tests.error();
  }
  report.tests = *std::move(tests);
  if (report.AllPass()) {
    Result<MutationReport> mutations = TryMutations(**policy, written_in);
    if (!mutations) {
      return mutations.error();
    }
    report.mutations = *std::move(mutations);
  }
  return report;
}

int LineOf(const Origin& origin) {
  return AtOrigin(Error(), origin).place.line;
}

void WriteJson(const FileReport& report, JsonWriter* out) {
  out->BeginObject();
  out->Key("file").String(report.file);
  out->Key("ok").Boolean(report.AllPass() && report.Unguarded() == 0);
  out->Key("tests").BeginArray();
  for (const PolicyTestOutcome& test : report.tests) {
    out->BeginObject();
    out->Key("name").String(test.name).Key("line").Whole(LineOf(test.origin)).Key("ok").Boolean(test.ok());
    out->Key("differences").BeginArray();
    for (const TestDifference& difference : test.differences) {
      out->BeginObject().Key("key").String(difference.key);
      out->Key("expected").Value(difference.expected).Key("seen").Value(difference.seen).EndObject();
    }
    out->EndArray().EndObject();
  }
  out->EndArray();
  out->Key("rules").Strings(report.rules);
  out->Key("changes_tried").Whole(report.mutations.tried);
  out->Key("unnoticed").BeginArray();
  for (const UnnoticedMutation& mutation : report.mutations.unnoticed) {
    out->BeginObject().Key("rule").String(mutation.rule).Key("change").String(mutation.change);
    out->Key("line").Whole(LineOf(mutation.origin)).Key("failure").Boolean(FileReport::IsFailure(mutation)).EndObject();
  }
  out->EndArray().EndObject();
}

std::string Counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void WriteText(const FileReport& report, const Style& style, std::ostream& out) {
  const std::string file = PrintableLine(report.file);
  const auto place = [&](const Origin& origin) { return file + ":" + std::to_string(LineOf(origin)); };
  std::size_t failed = 0;
  for (const PolicyTestOutcome& test : report.tests) {
    if (test.ok()) {
      continue;
    }
    ++failed;
    out << style(Ink::kRed, "failed") << "  " << PrintableLine(test.name) << "  "
        << style(Ink::kDim, place(test.origin)) << "\n";
    for (const TestDifference& difference : test.differences) {
      out << "        " << difference.key << ": expected " << PrintableLine(DumpJson(difference.expected)) << ", seen "
          << PrintableLine(DumpJson(difference.seen)) << "\n";
    }
  }
  for (const UnnoticedMutation& mutation : report.mutations.unnoticed) {
    const std::string where = "  " + style(Ink::kDim, place(mutation.origin)) + "\n";
    if (FileReport::IsFailure(mutation)) {
      out << style(Ink::kRed, "unnoticed") << "  no test notices when the rule \"" << mutation.rule
          << "\" is switched off" << where;
    } else {
      out << style(Ink::kYellow, "note") << "    no test notices: \"" << mutation.rule << "\", "
          << PrintableLine(mutation.change) << where;
    }
  }
  const bool good = failed == 0 && report.Unguarded() == 0;
  out << style(good ? Ink::kGreen : Ink::kRed, file) << ": " << Counted(report.tests.size(), "test", "tests") << ", ";
  if (failed > 0) {
    out << failed << " failed\n";
    return;
  }
  out << "all passed; " << Counted(report.rules.size(), "rule", "rules") << ", "
      << (report.Unguarded() == 0 ? "each" : std::to_string(report.rules.size() - report.Unguarded()))
      << " noticed by a test; " << Counted(report.mutations.tried, "change", "changes") << " tried, "
      << report.mutations.unnoticed.size() << " unnoticed\n";
}

}  // namespace

int RunPolicyTest(const PolicyTestOptions& options, const Streams& streams) {
  int status = kExitOk;
  for (const std::string& file : options.files) {
    const Result<FileReport> report = TestFile(options, file);
    if (!report) {
      status = std::max<int>(status, Complain(report.error(), streams));
      continue;
    }
    if (!report->AllPass() || report->Unguarded() > 0) {
      status = std::max<int>(status, kExitFindings);
    }
    if (options.format == OutputFormat::kJson) {
      JsonWriter line;
      WriteJson(*report, &line);
      streams.out << line.Take() << "\n";
    } else {
      WriteText(*report, Style(streams.colour), streams.out);
    }
  }
  return status;
}

}  // namespace lastlook
