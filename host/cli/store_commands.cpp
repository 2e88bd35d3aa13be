// SPDX-License-Identifier: MPL-2.0
#include "cli/store_commands.h"

#include <CLI/CLI.hpp>
#include <map>

namespace lastlook {
namespace {

constexpr const char* kDecisionsHelp =
    "\nThe record of what was decided on this machine and what became of it. Each row is chained to the one before.\n"
    "\n"
    "Exit status: 0, 1 a record is wrong or missing (verify), 64 wrong use, 74 the store cannot be used.\n"
    "\n"
    "Examples:\n"
    "  lastlook decisions list --last 20\n"
    "  lastlook decisions verify --head 4711:9f86…\n"
    "  lastlook decisions export --from 2026-10-01 --until 2026-11-01 >october.jsonl\n"
    "  lastlook decisions erase --before 2025-11-01\n";

constexpr const char* kHistoryHelp =
    "\nWho this machine remembers having sent mail to. It never leaves the machine.\n"
    "\n"
    "Exit status: 0, 1 there was nothing to forget or to unsilence, 64 wrong use, 74 the store cannot be used,\n"
    "77 the policy does not allow to silence (settings, history.silence).\n"
    "\n"
    "Examples:\n"
    "  lastlook history forget ito@c-corp.example\n"
    "  lastlook history silence first_time ito@c-corp.example\n";

constexpr const char* kHoldHelp =
    "\nMails that were confirmed and wait for their time. A cancelled one stays among the drafts of the mail program.\n"
    "\n"
    "Exit status: 0, 1 no such mail is held or it is just being sent, 64 wrong use, 74 the store cannot be used,\n"
    "77 the policy does not let it be taken back.\n"
    "\n"
    "Examples:\n"
    "  lastlook hold list\n"
    "  lastlook hold cancel 3f2a91c0\n";

using Run = std::function<int()>;

template <typename Options>
void AddAnswer(CLI::App* command, Options* options) {
  command->add_option("--lang", options->language, "Language of the answer: ja, en or zh")
      ->check(CLI::IsMember({"ja", "en", "zh"}).description(""))
      ->type_name("LANG")
      ->capture_default_str();
}

template <typename Options>
void AddAnswerAndFormat(CLI::App* command, Options* options) {
  AddAnswer(command, options);
  command->add_option("--format", options->format, "text for people, json for programs")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, OutputFormat>{{"text", OutputFormat::kText}, {"json", OutputFormat::kJson}})
                      .description(""))
      ->type_name("FORMAT")
      ->default_str("text");
}

template <typename Options>
void OnCall(CLI::App* command, const Streams& streams, const Options* options, Run* run,
            int (*work)(const Options&, const Streams&)) {
  command->callback([=, &streams] { *run = [=, &streams] { return work(*options, streams); }; });
}

void AddTime(CLI::App* command, DecisionsOptions* options) {
  command->add_option("--from", options->from, "Not before this date")->type_name("DATE");
  command->add_option("--until", options->until, "Before this date")->type_name("DATE");
}

void AddDecisions(CLI::App& app, const Streams& streams, DecisionsOptions* options, Run* run) {
  CLI::App* decisions = app.add_subcommand("decisions", "The record of what was decided here");
  decisions->require_subcommand(1);
  decisions->footer(kDecisionsHelp);

  CLI::App* list = decisions->add_subcommand("list", "Show the newest records");
  AddTime(list, options);
  list->add_option("--last", options->last, "At most so many of the newest; 0 for all")
      ->check(CLI::NonNegativeNumber.description(""))
      ->type_name("N")
      ->capture_default_str();
  AddAnswerAndFormat(list, options);
  OnCall(list, streams, options, run, &RunDecisionsList);

  CLI::App* verify = decisions->add_subcommand("verify", "Look for records that were changed, removed or moved");
  verify->add_option("--head", options->head, "A head that verify printed before and somebody noted down")
      ->type_name("N:HASH");
  AddAnswerAndFormat(verify, options);
  OnCall(verify, streams, options, run, &RunDecisionsVerify);

  CLI::App* write = decisions->add_subcommand("export", "Write the records as JSON Lines");
  AddTime(write, options);
  OnCall(write, streams, options, run, &RunDecisionsExport);

  CLI::App* erase = decisions->add_subcommand("erase", "Remove records; that they were removed is recorded");
  erase->add_option("--before", options->before, "All before this date")->type_name("DATE");
  erase->add_option("--person", options->person, "All that name this address")->type_name("ADDRESS");
  AddAnswerAndFormat(erase, options);
  OnCall(erase, streams, options, run, &RunDecisionsErase);
}

void AddHistory(CLI::App& app, const Streams& streams, HistoryOptions* options, Run* run) {
  CLI::App* history = app.add_subcommand("history", "Who was written to from here");
  history->require_subcommand(1);
  history->footer(kHistoryHelp);

  CLI::App* list = history->add_subcommand("list", "Show everybody");
  AddAnswerAndFormat(list, options);
  OnCall(list, streams, options, run, &RunHistoryList);

  CLI::App* forget = history->add_subcommand("forget", "Forget a person, old correspondents, or everybody");
  forget->add_option("ADDRESS", options->address, "This person")->type_name("");
  forget->add_option("--before", options->before, "Whoever was last written to before this date")->type_name("DATE");
  forget->add_flag("--all", options->all, "Everybody; learning begins anew");
  AddAnswerAndFormat(forget, options);
  OnCall(forget, streams, options, run, &RunHistoryForget);

  for (const auto& [name, about, work] :
       {std::tuple{"silence", "\"This is right\": do not ask this about this person again", &RunHistorySilence},
        std::tuple{"unsilence", "Ask it again", &RunHistoryUnsilence}}) {
    CLI::App* command = history->add_subcommand(name, about);
    command->add_option("CONDITION", options->condition, "The condition that asks")->required()->type_name("");
    command->add_option("ADDRESS", options->address, "About this person")->required()->type_name("");
    AddAnswerAndFormat(command, options);
    OnCall(command, streams, options, run, work);
  }

  CLI::App* status = history->add_subcommand("status", "Say how far learning is, and what is silenced");
  AddAnswerAndFormat(status, options);
  OnCall(status, streams, options, run, &RunHistoryStatus);
}

void AddHold(CLI::App& app, const Streams& streams, HoldOptions* options, Run* run) {
  CLI::App* hold = app.add_subcommand("hold", "Mails that wait to be sent");
  hold->require_subcommand(1);
  hold->footer(kHoldHelp);

  CLI::App* list = hold->add_subcommand("list", "Show them, in the order in which they leave");
  AddAnswerAndFormat(list, options);
  OnCall(list, streams, options, run, &RunHoldList);

  CLI::App* cancel = hold->add_subcommand("cancel", "Do not send it; it stays among the drafts");
  cancel->add_option("ID", options->id, "As the list shows it")->required()->type_name("");
  AddAnswerAndFormat(cancel, options);
  OnCall(cancel, streams, options, run, &RunHoldCancel);
}

}  // namespace

void AddStoreCommands(CLI::App& app, CLI::App& policy, const Streams& streams, StoreCommandOptions* options,
                      std::function<int()>* run) {
  AddDecisions(app, streams, &options->decisions, run);
  AddHistory(app, streams, &options->history, run);
  AddHold(app, streams, &options->hold, run);

  CLI::App* doctor = app.add_subcommand("doctor", "Look for what keeps Lastlook from working here");
  AddAnswerAndFormat(doctor, &options->doctor);
  doctor->footer("\nExit status: 0 all is well, 1 something needs a person.\n");
  OnCall(doctor, streams, &options->doctor, run, &RunDoctor);

  CLI::App* privacy = policy.add_subcommand("privacy", "Say what this policy records about people, as a page for them");
  privacy
      ->add_option("--policy", options->privacy.policy_files, "Policy file on top of the built-in policy; repeatable")
      ->allow_extra_args(false)
      ->type_name("FILE");
  privacy->add_flag_callback(
      "--no-builtin", [options] { options->privacy.with_built_in = false; }, "Leave the built-in policy out");
  AddAnswer(privacy, &options->privacy);
  privacy->footer(
      "\nWithout --policy the machine's policy is read. The answer is Markdown.\n"
      "\nExit status: 0, 64 wrong use, 78 policy refused.\n");
  OnCall(privacy, streams, &options->privacy, run, &RunPolicyPrivacy);
}

}  // namespace lastlook
