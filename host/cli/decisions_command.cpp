// SPDX-License-Identifier: MPL-2.0
#include "cli/decisions_command.h"

#include <algorithm>
#include <optional>

#include "base/terminal_text.h"
#include "cli/store_options.h"
#include "cli/style.h"
#include "cli/texts.h"
#include "store/decisions.h"

namespace lastlook {
namespace {

Result<DecisionsFilter> FilterOf(const DecisionsOptions& options) {
  DecisionsFilter filter;
  for (const auto& [name, text, out] :
       {std::tuple{"--from", &options.from, &filter.from}, std::tuple{"--until", &options.until, &filter.until}}) {
    if (text->empty()) {
      continue;
    }
    const Result<std::int64_t> moment = MomentOption(name, *text);
    if (!moment) {
      return moment.error();
    }
    *out = *moment;
  }
  return filter;
}

OrderedJson RowJson(const StoredDecision& row) {
  OrderedJson out = {{"seq", row.link.seq},
                     {"at", FormatTimestamp(row.at)},
                     {"previous", HexEncode(row.previous)},
                     {"record_sha256", HexEncode(row.record_sha256)},
                     {"hash", HexEncode(row.link.hash)}};
  if (row.record) {
    out["record"] = *row.record;
  } else if (row.damaged) {
    out["damaged"] = *row.damaged;
  } else {
    out["erased"] = true;
  }
  return out;
}

std::string StringIn(const Json& record, const char* key) {
  const auto found = record.find(key);
  return found != record.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string EventWord(const std::string& event, const Texts& text) {
  const std::pair<const char*, const char*> words[] = {{"found", "decisions.found"},
                                                       {"shown", "decisions.shown"},
                                                       {"answered", "decisions.answered"},
                                                       {"changed", "decisions.changed"},
                                                       {"held", "decisions.held"},
                                                       {"sent", "decisions.sent"},
                                                       {"cancelled", "decisions.cancelled"},
                                                       {"sent_unchecked", "decisions.sent_unchecked"},
                                                       {"client_problem", "decisions.client_problem"},
                                                       {"erased", "decisions.was_erased"},
                                                       {"pruned", "decisions.was_pruned"},
                                                       {"recovered", "decisions.recovered"},
                                                       {"key_lost", "decisions.key_lost"}};
  for (const auto& [name, key] : words) {
    if (event == name) {
      return text(key);
    }
  }
  return event;
}

std::string Joined(const Json& record, const char* key) {
  std::string out;
  const auto found = record.find(key);
  if (found == record.end() || !found->is_array()) {
    return out;
  }
  for (const Json& item : *found) {
    if (item.is_string()) {
      out += (out.empty() ? "" : ", ") + item.get<std::string>();
    }
  }
  return out;
}

void WriteRow(const StoredDecision& row, const Texts& text, const Streams& streams) {
  streams.out << row.link.seq << "  " << FormatTimestamp(row.at) << "  ";
  if (!row.record) {
    streams.out << (row.damaged ? text("decisions.unreadable") : text("decisions.gone")) << "\n";
    return;
  }
  const Json& record = *row.record;
  std::string line = EventWord(StringIn(record, "event"), text);
  if (const std::string rules = Joined(record, "rules"); !rules.empty()) {
    line += "  " + text("finding.rule", {{"rule", rules}});
  }
  if (const std::string mail = StringIn(record, "mail"); !mail.empty()) {
    // Enough to tell mails apart.
    line += "  " + mail.substr(0, std::string("sha256:").size() + 12);
  }
  if (StringIn(record, "event") == DecisionEventName(DecisionEvent::kClientProblem)) {
    line += "  " + StringIn(record, "why");
  }
  if (const std::string reason = StringIn(record, "reason"); !reason.empty()) {
    line += "  " + text("decisions.reason", {{"reason", reason}});
  }
  streams.out << PrintableLine(line) << "\n";
}

const char* FaultKey(ChainFault fault) {
  switch (fault) {
    case ChainFault::kNone:
      break;
    case ChainFault::kChanged:
      return "decisions.fault.changed";
    case ChainFault::kMissing:
      return "decisions.fault.missing";
    case ChainFault::kStartMissing:
      return "decisions.fault.start_missing";
    case ChainFault::kEndMissing:
      return "decisions.fault.end_missing";
    case ChainFault::kEmptied:
      return "decisions.fault.emptied";
  }
  return "decisions.sound";
}

}  // namespace

int RunDecisionsList(const DecisionsOptions& options, const Streams& streams) {
  Result<DecisionsFilter> filter = FilterOf(options);
  if (!filter) {
    return Complain(filter.error(), streams);
  }
  filter->last = options.last;
  return WithStore(streams, [&](Store& store) -> int {
    const Texts text(options.language);
    std::int64_t rows = 0;
    const Result<void> done = DecisionLog(store).Each(*filter, [&](const StoredDecision& row) {
      ++rows;
      if (options.format == OutputFormat::kJson) {
        streams.out << DumpJson(RowJson(row)) << "\n";
      } else {
        WriteRow(row, text, streams);
      }
      return true;
    });
    if (!done) {
      return Complain(done.error(), streams);
    }
    if (rows == 0 && options.format == OutputFormat::kText) {
      streams.out << text("decisions.none") << "\n";
    }
    return kExitOk;
  });
}

int RunDecisionsVerify(const DecisionsOptions& options, const Streams& streams) {
  std::optional<ChainHead> noted;
  if (!options.head.empty()) {
    noted = ChainHead::FromString(options.head);
    if (!noted) {
      return Complain({ErrorCode::kWrongUse, "--head: this is no head", "write what verify printed: NUMBER:HASH", ""},
                      streams);
    }
  }
  return WithStore(streams, [&](Store& store) -> int {
    const Result<ChainReport> report = DecisionLog(store).Verify(noted);
    if (!report) {
      return Complain(report.error(), streams);
    }
    const bool sound = report->fault == ChainFault::kNone;
    if (options.format == OutputFormat::kJson) {
      OrderedJson out = {{"sound", sound},
                         {"records", report->records},
                         {"first", report->first_seq},
                         {"head", report->head.ToString()},
                         {"erased", report->erased},
                         {"clock_backs", report->clock_backs},
                         {"recovered_from", report->recovered_from}};
      if (!sound) {
        out["fault"] = ChainFaultName(report->fault);
        out["bad_record"] = report->bad_seq;
      }
      streams.out << DumpJson(out) << "\n";
      return sound ? kExitOk : kExitFindings;
    }
    const Texts text(options.language);
    const Style style(streams.colour);
    streams.out << style(sound ? Ink::kGreen : Ink::kRed,
                         text(FaultKey(report->fault), {{"record", std::to_string(report->bad_seq)}}))
                << "\n"
                << text("decisions.counts",
                        {{"count", std::to_string(report->records)}, {"erased", std::to_string(report->erased)}})
                << "\n";
    for (const std::string& file : report->recovered_from) {
      streams.out << PrintableLine(text("decisions.recovered_from", {{"file", file}})) << "\n";
    }
    if (report->clock_backs > 0) {
      streams.out << text("decisions.clock_backs", {{"count", std::to_string(report->clock_backs)}}) << "\n";
    }
    streams.out << text("decisions.head", {{"head", report->head.ToString()}}) << "\n";
    return sound ? kExitOk : kExitFindings;
  });
}

int RunDecisionsExport(const DecisionsOptions& options, const Streams& streams) {
  const Result<DecisionsFilter> filter = FilterOf(options);
  if (!filter) {
    return Complain(filter.error(), streams);
  }
  return WithStore(streams, [&](Store& store) -> int {
    const Result<void> done = DecisionLog(store).Each(*filter, [&](const StoredDecision& row) {
      streams.out << DumpJson(RowJson(row)) << "\n";
      return streams.out.good();
    });
    return done ? int{kExitOk} : Complain(done.error(), streams);
  });
}

int RunDecisionsErase(const DecisionsOptions& options, const Streams& streams) {
  if (options.before.empty() == options.person.empty()) {
    return Complain({ErrorCode::kWrongUse, "decisions erase needs either --before or --person", "give one of them", ""},
                    streams);
  }
  const std::int64_t now = SystemNow().unix_seconds;
  std::int64_t before = 0;
  AddrSpec person;
  if (!options.before.empty()) {
    const Result<std::int64_t> moment = MomentOption("--before", options.before);
    if (!moment) {
      return Complain(moment.error(), streams);
    }
    before = *moment;
  } else {
    Result<AddrSpec> address = AddressOption(options.person);
    if (!address) {
      return Complain(address.error(), streams);
    }
    person = *std::move(address);
  }
  return WithStore(streams, [&](Store& store) -> int {
    DecisionLog log(store);
    const Result<Erasure> erased =
        options.before.empty() ? log.ErasePerson(person, now) : log.EraseBefore(before, now, "asked");
    if (!erased) {
      return Complain(erased.error(), streams);
    }
    if (options.format == OutputFormat::kJson) {
      streams.out << DumpJson(OrderedJson{{"erased", erased->records}}) << "\n";
    } else {
      streams.out << Texts(options.language)("decisions.erased", {{"count", std::to_string(erased->records)}}) << "\n";
    }
    return kExitOk;
  });
}

}  // namespace lastlook
