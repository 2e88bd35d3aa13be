// SPDX-License-Identifier: MPL-2.0
#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <functional>
#include <map>

#include "cli/check.h"
#include "cli/policy_diff.h"
#include "cli/policy_effective.h"
#include "cli/policy_explain.h"
#include "cli/policy_lint.h"
#include "cli/policy_schema.h"
#include "cli/policy_test.h"
#include "cli/scan.h"
#include "cli/store_commands.h"

namespace lastlook {
namespace {

constexpr const char* kAbout =
    "Lastlook takes one last look at a mail before it leaves: allow, modify, delay or block.\n";

constexpr const char* kCheckHelp =
    "\nMAIL is an .eml file, a draft .json, or - for standard input.\n"
    "\n"
    "Exit status: 0 the mail may be sent, 10 it is changed, 20 it is delayed, 30 it is blocked; of several mails\n"
    "the highest. 64 wrong use, 65 a mail or context cannot be read, 70 a fault of lastlook, 78 policy refused.\n"
    "\n"
    "Examples:\n"
    "  lastlook check --policy policy.json sent/*.eml\n"
    "  lastlook check --policy policy.json --lang ja --format json - <draft.json\n";

constexpr const char* kScanHelp =
    "\nFILE is a text, CSV, TSV or HTML file in any character set, an .eml file, or - for standard input.\n"
    "\n"
    "Exit status: 0 whatever is found, 64 wrong use, 65 the file cannot be read, 70 a fault of lastlook.\n"
    "\n"
    "Examples:\n"
    "  lastlook scan customers.csv\n"
    "  lastlook scan --format jsonl - <mail.eml\n";

constexpr const char* kLintHelp =
    "\nFILE layers on the built-in policy, in the order given. Without FILE the machine's policy "
    "in\n" LASTLOOK_POLICY_DIRECTORY
    " is read. --user checks what a person's own file may say on top.\n"
    "\n"
    "Exit status: 0 nothing found but notes, 1 warnings, 64 wrong use, 78 policy refused.\n";

constexpr const char* kTestHelp =
    "\nRuns the \"tests\" of each FILE, which layers on the built-in policy and on --policy. Then each rule of FILE "
    "is\n"
    "changed in small ways, and what no test notices is named. A test knows no time and no history beyond its "
    "context.\n"
    "\n"
    "Exit status: 0 all tests pass and each rule is noticed when switched off, 1 not so, 64 wrong use, 78 policy "
    "refused.\n"
    "\n"
    "Example:\n"
    "  lastlook policy test my-policy.json\n";

constexpr const char* kExplainHelp =
    "\nFirst the rules that matched, and on what; then the others, and which condition was false first; with the "
    "place\n"
    "where each was written. Without --policy the machine's policy is read, and your own file on top of it. Without "
    "history in\n"
    "the context, conditions on it are silent.\n"
    "\n"
    "Exit status: 0, 64 wrong use, 65 a mail or context cannot be read, 78 policy refused.\n"
    "\n"
    "Example:\n"
    "  lastlook policy explain --policy my-policy.json --rule external mail.eml\n";

constexpr const char* kEffectiveHelp =
    "\nFILE layers on the built-in policy, in the order given. Without FILE the machine's policy is read, and your "
    "own\n"
    "file (~/.config/lastlook/policy.json) on top of it. What is printed is a policy that decides the same where it "
    "is\n"
    "the only one (lastlook check --no-builtin --policy FILE); only where your own file raises a mode, the mode of "
    "the\n"
    "organisation is asked for as well. Tests are left out: they belong to the file that they test.\n"
    "\n"
    "Exit status: 0, 64 wrong use, 78 policy refused.\n";

constexpr const char* kDiffHelp =
    "\nBoth files layer on the built-in policy and on --policy. Order says nothing: of keys, rules or entries. A "
    "change "
    "is\n"
    "tightened when it asks about more mails or asks more of them, loosened the other way round, else changed.\n"
    "\n"
    "Exit status: 0 no difference, 1 some, 64 wrong use, 78 policy refused.\n";

constexpr const char* kSchemaHelp =
    "\nNAME is a condition, an effect or \"settings\"; without it, the schema of a whole policy is printed, for an "
    "editor.\n"
    "\n"
    "Exit status: 0, 64 wrong use.\n";

using Run = std::function<int()>;

// Options that several commands have.
void AddFormat(CLI::App* command, OutputFormat* format) {
  command->add_option("--format", *format, "text for people, json for programs")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, OutputFormat>{{"text", OutputFormat::kText}, {"json", OutputFormat::kJson}})
                      .description(""))
      ->type_name("FORMAT")
      ->default_str("text");
}

// One value per "--policy": `--policy a.json mail.eml` must not take the mail for a policy.
void AddPolicyLayers(CLI::App* command, std::vector<std::string>* files, bool* with_built_in) {
  command->add_option("--policy", *files, "Policy file on top of the built-in policy; repeatable")
      ->allow_extra_args(false)
      ->type_name("FILE");
  command->add_flag_callback(
      "--no-builtin", [with_built_in] { *with_built_in = false; }, "Leave the built-in policy out");
}

// The layer of the person.
void AddUserLayer(CLI::App* command, UserLayerOption* user, bool with_own_place) {
  command
      ->add_option_function<std::string>(
          "--user",
          [user](const std::string& file) {
            user->file = file;
            user->left_out = false;
          },
          "A person's own file, on top of all others")
      ->type_name("FILE");
  if (with_own_place) {
    command->add_flag_callback(
        "--no-user", [user] { user->left_out = true; }, "Leave your own file out");
  }
}

void AddContext(CLI::App* command, std::string* file) {
  command->add_option("--context", *file, "What is known around the mail, as JSON")->type_name("FILE");
}

void AddLanguage(CLI::App* command, std::string* language) {
  command->add_option("--lang", *language, "Language of the answer: ja, en or zh")
      ->check(CLI::IsMember({"ja", "en", "zh"}).description(""))
      ->type_name("LANG")
      ->capture_default_str();
}

void AddCheck(CLI::App& app, const Streams& streams, CheckOptions* options, Run* run) {
  CLI::App* command = app.add_subcommand("check", "Say what would happen to mails");
  AddPolicyLayers(command, &options->policy_files, &options->with_built_in);
  AddContext(command, &options->context_file);
  AddLanguage(command, &options->language);
  AddFormat(command, &options->format);
  command->add_option("MAIL", options->mails, "Mails to check")->required()->type_name("");
  command->footer(kCheckHelp);
  command->callback([options, run, &streams] { *run = [options, &streams] { return RunCheck(*options, streams); }; });
}

void AddScan(CLI::App& app, const Streams& streams, ScanOptions* options, Run* run) {
  CLI::App* command = app.add_subcommand("scan", "Show the personal data and secrets in a text or mail");
  command->add_option("--lang", options->language, "Language of the text form: ja, en or zh")
      ->check(CLI::IsMember({"ja", "en", "zh"}).description(""))
      ->type_name("LANG")
      ->capture_default_str();
  command->add_option("--format", options->format, "text for people, jsonl for programs")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, ScanFormat>{{"text", ScanFormat::kText}, {"jsonl", ScanFormat::kJsonLines}})
                      .description(""))
      ->type_name("FORMAT")
      ->default_str("text");
  command->add_option("FILE", options->file, "The file to look into")->required()->type_name("");
  command->footer(kScanHelp);
  command->callback([options, run, &streams] { *run = [options, &streams] { return RunScan(*options, streams); }; });
}

void AddPolicyLint(CLI::App* policy, const Streams& streams, PolicyLintOptions* options, Run* run) {
  CLI::App* command =
      policy->add_subcommand("lint", "Say whether a policy is accepted, and what its author may not have meant");
  command->add_flag_callback(
      "--no-builtin", [options] { options->with_built_in = false; }, "Leave the built-in policy out");
  AddUserLayer(command, &options->user, false);
  AddFormat(command, &options->format);
  command->add_option("FILE", options->files, "Policy files")->type_name("");
  command->footer(kLintHelp);
  command->callback(
      [options, run, &streams] { *run = [options, &streams] { return RunPolicyLint(*options, streams); }; });
}

void AddPolicyTest(CLI::App* policy, const Streams& streams, PolicyTestOptions* options, Run* run) {
  CLI::App* command = policy->add_subcommand("test", "Run a policy's own tests, and say what they would not notice");
  AddPolicyLayers(command, &options->policy_files, &options->with_built_in);
  AddFormat(command, &options->format);
  command->add_option("FILE", options->files, "Policy files, each tested alone")->required()->type_name("");
  command->footer(kTestHelp);
  command->callback(
      [options, run, &streams] { *run = [options, &streams] { return RunPolicyTest(*options, streams); }; });
}

void AddPolicyExplain(CLI::App* policy, const Streams& streams, PolicyExplainOptions* options, Run* run) {
  CLI::App* command = policy->add_subcommand("explain", "Say why each rule matched a mail, or did not");
  AddPolicyLayers(command, &options->policy_files, &options->with_built_in);
  AddUserLayer(command, &options->user, true);
  AddContext(command, &options->context_file);
  AddLanguage(command, &options->language);
  AddFormat(command, &options->format);
  command->add_option("--rule", options->rules, "Only this rule; repeatable")->allow_extra_args(false)->type_name("ID");
  command->add_option("MAIL", options->mail, "The mail")->required()->type_name("");
  command->footer(kExplainHelp);
  command->callback(
      [options, run, &streams] { *run = [options, &streams] { return RunPolicyExplain(*options, streams); }; });
}

void AddPolicyEffective(CLI::App* policy, const Streams& streams, PolicyEffectiveOptions* options, Run* run) {
  CLI::App* command = policy->add_subcommand("effective", "Print what all layers say together, as one policy");
  command->add_flag_callback(
      "--no-builtin", [options] { options->with_built_in = false; }, "Leave the built-in policy out");
  AddUserLayer(command, &options->user, true);
  command->add_flag("--why", options->why, "Say of each part which layer, file and line it is from");
  AddFormat(command, &options->format);
  command->add_option("FILE", options->files, "Policy files")->type_name("");
  command->footer(kEffectiveHelp);
  command->callback(
      [options, run, &streams] { *run = [options, &streams] { return RunPolicyEffective(*options, streams); }; });
}

void AddPolicyDiff(CLI::App* policy, const Streams& streams, PolicyDiffOptions* options, Run* run) {
  CLI::App* command = policy->add_subcommand("diff", "Say how two policies differ in what they mean");
  AddPolicyLayers(command, &options->policy_files, &options->with_built_in);
  AddFormat(command, &options->format);
  command->add_option("OLD", options->before, "The policy before")->required()->type_name("");
  command->add_option("NEW", options->after, "The policy after")->required()->type_name("");
  command->footer(kDiffHelp);
  command->callback(
      [options, run, &streams] { *run = [options, &streams] { return RunPolicyDiff(*options, streams); }; });
}

void AddPolicySchema(CLI::App* policy, const Streams& streams, std::string* name, Run* run) {
  CLI::App* command = policy->add_subcommand("schema", "Print the JSON Schema of a policy or of a part of it");
  command->add_option("NAME", *name, "A condition, an effect or \"settings\"")->type_name("");
  command->footer(kSchemaHelp);
  command->callback([name, run, &streams] { *run = [name, &streams] { return RunPolicySchema(*name, streams); }; });
}

int Dispatch(std::vector<std::string> arguments, const Streams& streams) {
  CLI::App app(kAbout, "lastlook");
  app.set_version_flag("--version", "lastlook " LASTLOOK_VERSION);
  app.require_subcommand(1);
  app.footer("\nlastlook COMMAND --help says more about a command.");

  CheckOptions check;
  PolicyLintOptions lint;
  PolicyTestOptions test;
  PolicyExplainOptions explain;
  PolicyEffectiveOptions effective;
  PolicyDiffOptions diff;
  std::string schema;
  ScanOptions scan;
  StoreCommandOptions store;
  Run run;
  AddCheck(app, streams, &check, &run);
  AddScan(app, streams, &scan, &run);
  CLI::App* policy = app.add_subcommand("policy", "Work on policies");
  policy->require_subcommand(1);
  AddPolicyLint(policy, streams, &lint, &run);
  AddPolicyTest(policy, streams, &test, &run);
  AddPolicyExplain(policy, streams, &explain, &run);
  AddPolicyEffective(policy, streams, &effective, &run);
  AddPolicyDiff(policy, streams, &diff, &run);
  AddPolicySchema(policy, streams, &schema, &run);
  AddStoreCommands(app, *policy, streams, &store, &run);

  // CLI11 takes them from the back.
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::Success& asked) {  // --help, --version
    app.exit(asked, streams.out, streams.err);
    return kExitOk;
  } catch (const CLI::ParseError& wrong) {
    streams.err << "lastlook: " << wrong.what() << " (lastlook --help shows the right use)\n";
    return kExitWrongUse;
  }
  return run();
}

}  // namespace

int RunCommandLine(std::vector<std::string> arguments, const Streams& streams) {
  try {
    const int status = Dispatch(std::move(arguments), streams);
    streams.out.flush();
    if (!streams.out) {
      streams.err << "lastlook: the answer could not be written (is the disk full, or the reader gone?)\n";
      return kExitOurFault;
    }
    return status;
  } catch (const std::exception& fault) {
    streams.err << "lastlook: this is a fault of lastlook: " << fault.what()
                << " (please report it with the command)\n";
    return kExitOurFault;
  }
}

}  // namespace lastlook
