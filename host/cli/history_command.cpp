// SPDX-License-Identifier: MPL-2.0
#include "cli/history_command.h"

#include <utility>
#include <vector>

#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "cli/store_options.h"
#include "cli/texts.h"
#include "engine/prepared_policy.h"
#include "engine/silence.h"
#include "store/history_book.h"

namespace lastlook {
namespace {

std::string DateOf(const Timestamp& moment) {
  return FormatTimestamp(moment.unix_seconds).substr(0, std::string_view("2026-11-20").size());
}

void Answer(const HistoryOptions& options, const Streams& streams, const char* member, std::int64_t count,
            const char* key, const TextArguments& arguments) {
  if (options.format == OutputFormat::kJson) {
    streams.out << DumpJson(OrderedJson{{member, count}}) << "\n";
  } else {
    streams.out << PrintableLine(Texts(options.language)(key, arguments)) << "\n";
  }
}

OrderedJson PersonJson(const Acquaintance& person) {
  OrderedJson out = {{"address", person.address.ToString()}, {"name", person.name}, {"sent", person.sent.value_or(0)}};
  if (person.last) {
    out["last"] = FormatTimestamp(person.last->unix_seconds);
  }
  out["account"] = person.account;
  return out;
}

// The condition and the person of silence and unsilence.
Result<AddrSpec> CheckedPerson(const HistoryOptions& options) {
  if (!MayBeSilenced(options.condition)) {
    return Error{ErrorCode::kWrongUse, "\"" + options.condition + "\" is no condition that asks by habit",
                 "name the one that asked, for example first_time", ""};
  }
  return AddressOption(options.address);
}

// Errors: kSilencingForbidden; kPolicyRefused when nobody can tell.
Result<void> MaySilence() {
  const Result<PolicyLayers> layers = ReadPolicyInForce({}, true);
  if (!layers) {
    return layers.error();
  }
  const auto prepared = PreparedPolicy::FromLayers(*layers);
  if (!prepared) {
    return prepared.error();
  }
  if (!MayBeSilencedUnder((*prepared)->policy().settings)) {
    return Error{ErrorCode::kSilencingForbidden, "the policy of this machine has this asked every time",
                 "answer the question with each mail", ""};
  }
  return {};
}

}  // namespace

int RunHistoryList(const HistoryOptions& options, const Streams& streams) {
  return WithStore(streams, [&](Store& store) -> int {
    HistoryBook book(store);
    const Result<std::vector<Acquaintance>> people = book.List();
    if (!people) {
      return Complain(people.error(), streams);
    }
    const Texts text(options.language);
    for (const Acquaintance& person : *people) {
      if (options.format == OutputFormat::kJson) {
        streams.out << DumpJson(PersonJson(person)) << "\n";
        continue;
      }
      const std::string name = person.name.empty() ? "" : person.name + " ";
      streams.out << PrintableLine(text("history.person", {{"person", name + "<" + person.address.ToString() + ">"},
                                                           {"count", std::to_string(person.sent.value_or(0))},
                                                           {"date", person.last ? DateOf(*person.last) : "-"}}))
                  << "\n";
    }
    if (people->empty() && options.format == OutputFormat::kText) {
      streams.out << text("history.none") << "\n";
    }
    return kExitOk;
  });
}

int RunHistoryForget(const HistoryOptions& options, const Streams& streams) {
  if (int{!options.address.empty()} + int{!options.before.empty()} + int{options.all} != 1) {
    return Complain(
        {ErrorCode::kWrongUse, "history forget needs an address, --before or --all", "give one of them", ""}, streams);
  }
  AddrSpec person;
  std::int64_t before = 0;
  if (!options.address.empty()) {
    Result<AddrSpec> address = AddressOption(options.address);
    if (!address) {
      return Complain(address.error(), streams);
    }
    person = *std::move(address);
  } else if (!options.before.empty()) {
    const Result<std::int64_t> moment = MomentOption("--before", options.before);
    if (!moment) {
      return Complain(moment.error(), streams);
    }
    before = *moment;
  }
  return WithStore(streams, [&](Store& store) -> int {
    HistoryBook book(store);
    if (options.all) {
      if (Result<void> done = book.ForgetAll(); !done) {
        return Complain(done.error(), streams);
      }
      if (options.format == OutputFormat::kJson) {
        streams.out << "{\"forgotten\":\"all\"}\n";
      } else {
        streams.out << Texts(options.language)("history.forgot_all") << "\n";
      }
      return kExitOk;
    }
    std::int64_t count = 0;
    if (!options.address.empty()) {
      const Result<bool> done = book.Forget(person);
      if (!done) {
        return Complain(done.error(), streams);
      }
      count = *done ? 1 : 0;
    } else {
      const Result<std::int64_t> done = book.ForgetBefore(before);
      if (!done) {
        return Complain(done.error(), streams);
      }
      count = *done;
    }
    Answer(options, streams, "forgotten", count, "history.forgot", {{"count", std::to_string(count)}});
    return count == 0 && !options.address.empty() ? kExitFindings : kExitOk;
  });
}

int RunHistorySilence(const HistoryOptions& options, const Streams& streams) {
  const Result<AddrSpec> person = CheckedPerson(options);
  if (!person) {
    return Complain(person.error(), streams);
  }
  if (const Result<void> may = MaySilence(); !may) {
    return Complain(may.error(), streams);
  }
  return WithStore(streams, [&](Store& store) -> int {
    const Result<void> done = HistoryBook(store).Silence(options.condition, *person, SystemNow().unix_seconds);
    if (!done) {
      return Complain(done.error(), streams);
    }
    Answer(options, streams, "silenced", 1, "history.silenced",
           {{"condition", options.condition}, {"address", person->ToString()}});
    return kExitOk;
  });
}

int RunHistoryUnsilence(const HistoryOptions& options, const Streams& streams) {
  const Result<AddrSpec> person = CheckedPerson(options);
  if (!person) {
    return Complain(person.error(), streams);
  }
  return WithStore(streams, [&](Store& store) -> int {
    const Result<bool> done = HistoryBook(store).Unsilence(options.condition, *person);
    if (!done) {
      return Complain(done.error(), streams);
    }
    const TextArguments arguments = {{"condition", options.condition}, {"address", person->ToString()}};
    Answer(options, streams, "unsilenced", *done ? 1 : 0, *done ? "history.unsilenced" : "history.not_silenced",
           arguments);
    return *done ? kExitOk : kExitFindings;
  });
}

int RunHistoryStatus(const HistoryOptions& options, const Streams& streams) {
  return WithStore(streams, [&](Store& store) -> int {
    HistoryBook book(store);
    const Result<std::vector<LearningState>> learning = book.Learning();
    if (!learning) {
      return Complain(learning.error(), streams);
    }
    const Result<HistoryCounts> counts = book.Counts();
    if (!counts) {
      return Complain(counts.error(), streams);
    }
    const Result<std::vector<SilencedRow>> silenced = book.ListSilenced();
    if (!silenced) {
      return Complain(silenced.error(), streams);
    }
    if (options.format == OutputFormat::kJson) {
      OrderedJson accounts = OrderedJson::array();
      for (const LearningState& state : *learning) {
        accounts.push_back({{"account", state.account}, {"complete", state.complete}, {"headers", state.headers}});
      }
      OrderedJson rows = OrderedJson::array();
      for (const SilencedRow& row : *silenced) {
        rows.push_back({{"condition", row.condition}, {"address", row.address}, {"since", FormatTimestamp(row.at)}});
      }
      streams.out << DumpJson(OrderedJson{{"people", counts->people},
                                          {"mails", counts->mails},
                                          {"accounts", std::move(accounts)},
                                          {"silenced", std::move(rows)}})
                  << "\n";
      return kExitOk;
    }
    const Texts text(options.language);
    streams.out << text("history.people", {{"count", std::to_string(counts->people)}}) << "\n";
    for (const LearningState& state : *learning) {
      streams.out << PrintableLine(text(state.complete ? "history.complete" : "history.learning",
                                        {{"account", state.account}, {"count", std::to_string(state.headers)}}))
                  << "\n";
    }
    for (const SilencedRow& row : *silenced) {
      streams.out << PrintableLine(text("history.silenced", {{"condition", row.condition}, {"address", row.address}}))
                  << "\n";
    }
    return kExitOk;
  });
}

}  // namespace lastlook
