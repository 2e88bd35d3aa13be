// SPDX-License-Identifier: MPL-2.0
#include "store/decisions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "mail/draft.h"

namespace lastlook {
namespace {

// One sheet of paper; what is longer is no reason any more.
constexpr std::size_t kMaxReasonBytes = 4000;
// Of one mail in one record; ten thousand recipients are counted, not listed.
constexpr std::size_t kMaxListed = 1000;

std::string Cut(const std::string& text, std::size_t most) {
  std::size_t size = std::min(text.size(), most);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  return text.substr(0, size);
}

std::string InForm(const std::string& address, const std::string& domain, RecipientsForm form, const StoreKeys& keys) {
  switch (form) {
    case RecipientsForm::kDomain:
      return domain;
    case RecipientsForm::kHmac:
      return keys.RecordToken(address);
    case RecipientsForm::kClear:
      return address;
    case RecipientsForm::kNone:
    case RecipientsForm::kCount:
      break;
  }
  return "";
}

Json RecipientsToJson(const Decision& decision, RecipientsForm form, const StoreKeys& keys) {
  Json out = Json::object();
  std::map<std::string_view, std::int64_t> sides;
  for (const DecisionRecipient& recipient : decision.recipients) {
    ++sides[SideName(recipient.side)];
  }
  for (const auto& [side, count] : sides) {
    out[std::string(side)] = count;
  }
  if (form == RecipientsForm::kCount) {
    return out;
  }
  std::vector<std::string> listed;
  for (const DecisionRecipient& recipient : decision.recipients) {
    if (listed.size() == kMaxListed) {
      break;
    }
    listed.push_back(InForm(recipient.address, recipient.domain, form, keys));
  }
  std::sort(listed.begin(), listed.end());
  listed.erase(std::unique(listed.begin(), listed.end()), listed.end());
  out["listed"] = listed;
  return out;
}

Json ToJson(const Decision& decision, RecipientsForm form, const StoreKeys& keys) {
  Json out = {
      {"event", DecisionEventName(decision.event)},
      {"mail", decision.mail},
      {"host", LASTLOOK_VERSION},
      {"policy", {{"id", decision.policy_id}, {"serial", decision.policy_serial}, {"sha256", decision.policy_sha256}}}};
  if (!decision.disposition.empty()) {
    out["disposition"] = decision.disposition;
    out["rules"] = decision.rules;
    out["needs"] = decision.needs;
  }
  if (decision.event == DecisionEvent::kAnswered || decision.event == DecisionEvent::kChanged ||
      decision.event == DecisionEvent::kHeld) {
    out["acknowledged"] = decision.acknowledged;
  }
  if (!decision.reason.empty()) {
    out["reason"] = Cut(decision.reason, kMaxReasonBytes);
  }
  if (decision.hold_seconds > 0) {
    out["hold_seconds"] = decision.hold_seconds;
  }
  if (!decision.why.empty()) {
    out["why"] = decision.why;
  }
  if (!decision.seat.empty()) {
    out["seat"] = decision.seat;
  }
  if (form != RecipientsForm::kNone && !decision.recipients.empty()) {
    out["recipients"] = RecipientsToJson(decision, form, keys);
  }
  if (form > RecipientsForm::kCount && !decision.sender.empty()) {
    out["sender"] = InForm(decision.sender, decision.sender.substr(decision.sender.rfind('@') + 1), form, keys);
  }
  return out;
}

bool Names(const Json& record, const std::string& token, const std::string& clear) {
  const auto is = [&](const Json& value) { return value.is_string() && (value == token || value == clear); };
  if (record.contains("sender") && is(record["sender"])) {
    return true;
  }
  const auto recipients = record.find("recipients");
  if (recipients == record.end() || !recipients->contains("listed")) {
    return false;
  }
  const Json& listed = (*recipients)["listed"];
  return std::any_of(listed.begin(), listed.end(), is);
}

void EmptyLog(Connection& connection) {
  Query(connection, "PRAGMA incremental_vacuum").Run();
  Query(connection, "PRAGMA wal_checkpoint(TRUNCATE)").Run();
}

}  // namespace

std::string_view DecisionEventName(DecisionEvent event) {
  switch (event) {
    case DecisionEvent::kFound:
      return "found";
    case DecisionEvent::kShown:
      return "shown";
    case DecisionEvent::kAnswered:
      return "answered";
    case DecisionEvent::kChanged:
      return "changed";
    case DecisionEvent::kHeld:
      return "held";
    case DecisionEvent::kSent:
      return "sent";
    case DecisionEvent::kCancelled:
      return "cancelled";
    case DecisionEvent::kSentUnchecked:
      return "sent_unchecked";
    case DecisionEvent::kClientProblem:
      return "client_problem";
  }
  return "found";
}

std::optional<RecipientsForm> RecipientsFormFromName(std::string_view name) {
  constexpr std::pair<std::string_view, RecipientsForm> kForms[] = {{"none", RecipientsForm::kNone},
                                                                    {"count", RecipientsForm::kCount},
                                                                    {"domain", RecipientsForm::kDomain},
                                                                    {"hmac", RecipientsForm::kHmac},
                                                                    {"clear", RecipientsForm::kClear}};
  for (const auto& [known, form] : kForms) {
    if (name == known) {
      return form;
    }
  }
  return std::nullopt;
}

Decision DecisionFrom(DecisionEvent event, const Verdict& verdict, const Draft& draft, std::int64_t at) {
  Decision out;
  out.event = event;
  out.at = at;
  out.mail = verdict.digest;
  if (draft.from && draft.from->address) {
    out.sender = draft.from->address->Key();
  }
  for (std::size_t i = 0; i < verdict.recipients.size(); ++i) {
    const VerdictRecipient& recipient = verdict.recipients[i];
    DecisionRecipient entry{recipient.address, "", recipient.side};
    if (i < draft.recipients.size() && draft.recipients[i].mailbox.address) {
      entry.address = draft.recipients[i].mailbox.address->Key();
      entry.domain = draft.recipients[i].mailbox.address->domain;
    }
    out.recipients.push_back(std::move(entry));
  }
  out.policy_id = verdict.policy_id;
  out.policy_serial = verdict.policy_serial;
  out.policy_sha256 = verdict.policy_sha256;
  out.disposition = DispositionName(verdict.disposition);
  for (const Finding& finding : verdict.findings) {
    if (std::find(out.rules.begin(), out.rules.end(), finding.rule) == out.rules.end()) {
      out.rules.push_back(finding.rule);
    }
  }
  out.needs = verdict.needs;
  return out;
}

RecipientsForm FormFor(const Policy& policy, const std::optional<Mailbox>& sender) {
  // The policy's reader has checked the word; whatever else came says the least.
  const RecipientsForm form =
      RecipientsFormFromName(policy.settings.decisions_recipients).value_or(RecipientsForm::kNone);
  const PolicyList* inside = policy.FindList("internal");
  const bool is_inside = sender && sender->address && inside != nullptr && inside->patterns.Matches(*sender->address);
  return is_inside ? form : std::min(form, RecipientsForm::kCount);
}

Result<ChainHead> DecisionLog::Append(const Decision& decision, RecipientsForm form) {
  Result<ChainHead> head = store_.Run([&](Connection& connection, const StoreKeys& keys) -> Result<ChainHead> {
    // A token under a stand-in key would lead nobody back to the person.
    const RecipientsForm told = form == RecipientsForm::kHmac && store_.key_is_away() ? RecipientsForm::kCount : form;
    Writing writing(connection);
    ChainHead appended = AppendToChain(connection, store_.place(), decision.at, ToJson(decision, told, keys));
    writing.Commit();
    return appended;
  });
  if (head) {
    WriteHeadFile(store_.place(), *head);
  }
  return head;
}

Result<void> DecisionLog::Each(const DecisionsFilter& filter, const std::function<bool(const StoredDecision&)>& use) {
  // A damaged file is replaced and the reading begins again; nobody shall see a record twice.
  std::int64_t seen = 0;
  return store_.Run([&](Connection& connection, const StoreKeys&) -> Result<void> {
    const std::int64_t start = filter.last == 0 ? 0 : connection.Whole("SELECT max(seq) FROM decisions") - filter.last;
    Query rows(connection,
               "SELECT seq, hash, previous, record_sha256, at, record FROM decisions "
               "WHERE seq > max(?, ?) AND at >= ? AND at < ? ORDER BY seq",
               start, seen, filter.from.value_or(INT64_MIN), filter.until.value_or(INT64_MAX));
    while (rows.Step()) {
      StoredDecision decision{{rows.Whole(0), rows.Text(1)}, rows.Text(2), rows.Text(3), rows.Whole(4), {}, {}};
      if (!rows.IsNull(5)) {
        const std::string text = rows.Text(5);
        Result<Json> record = ParseJson(text);
        if (record && record->is_object()) {
          decision.record = *std::move(record);
        } else {
          decision.damaged = text;
        }
      }
      seen = decision.link.seq;
      if (!use(decision)) {
        break;
      }
    }
    return {};
  });
}

Result<ChainReport> DecisionLog::Verify(const std::optional<ChainHead>& noted) {
  return store_.Run([&](Connection& connection, const StoreKeys&) -> Result<ChainReport> {
    return VerifyChain(connection, store_.place(), noted);
  });
}

Result<Erasure> DecisionLog::EraseBefore(std::int64_t before, std::int64_t now, const std::string& why) {
  // Up to the first that must stay: where the clock was set back, an older one behind it stays too.
  return Prune(
      "SELECT coalesce((SELECT seq - 1 FROM decisions WHERE at >= ? ORDER BY seq LIMIT 1), "
      "(SELECT max(seq) FROM decisions), 0)",
      before, now, why);
}

Result<Erasure> DecisionLog::EraseOldest(std::int64_t count, std::int64_t now, const std::string& why) {
  return Prune("SELECT coalesce((SELECT max(seq) FROM (SELECT seq FROM decisions ORDER BY seq LIMIT ?)), 0)", count,
               now, why);
}

Result<Erasure> DecisionLog::Prune(const char* last_sql, std::int64_t argument, std::int64_t now,
                                   const std::string& why) {
  Result<Erasure> done = store_.Run([&](Connection& connection, const StoreKeys&) -> Result<Erasure> {
    Writing writing(connection);
    Erasure erasure;
    ChainHead through;
    {
      Query last(connection, last_sql, argument);
      last.Step();
      through.seq = last.Whole(0);
    }
    {
      Query row(connection, "SELECT hash FROM decisions WHERE seq = ?", through.seq);
      if (!row.Step()) {
        return erasure;  // nothing is that old
      }
      through.hash = row.Text(0);
    }
    Query(connection, "DELETE FROM decisions WHERE seq <= ?", through.seq).Run();
    erasure.records = connection.database().getChanges();
    erasure.head = AppendToChain(
        connection, store_.place(), now,
        {{"event", "pruned"}, {"through", through.ToString()}, {"records_removed", erasure.records}, {"why", why}});
    writing.Commit();
    EmptyLog(connection);
    return erasure;
  });
  if (done && done->records > 0) {
    WriteHeadFile(store_.place(), done->head);
  }
  return done;
}

Result<Erasure> DecisionLog::ErasePerson(const AddrSpec& person, std::int64_t now) {
  Result<Erasure> done = store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<Erasure> {
    const std::string clear = person.Key();
    const std::string token = keys.RecordToken(clear);
    Writing writing(connection);
    Erasure erasure;
    std::vector<std::int64_t> naming;
    {
      Query rows(connection, "SELECT seq, record FROM decisions WHERE record IS NOT NULL ORDER BY seq");
      while (rows.Step()) {
        const std::string text = rows.Text(1);
        // Most records do not; reading JSON is the dear part. An address that JSON escapes has its token tried too.
        if (text.find(token) == std::string::npos && text.find(DumpJson(Json(clear))) == std::string::npos) {
          continue;
        }
        const Result<Json> record = ParseJson(text);
        if (record && record->is_object() && Names(*record, token, clear)) {
          naming.push_back(rows.Whole(0));
        }
      }
    }
    if (naming.empty()) {
      return erasure;
    }
    Json ranges = Json::array();
    for (const std::int64_t seq : naming) {
      Query(connection, "UPDATE decisions SET record = NULL WHERE seq = ?", seq).Run();
      if (!ranges.empty() && ranges.back()[1] == seq - 1) {
        ranges.back()[1] = seq;
      } else {
        ranges.push_back({seq, seq});
      }
    }
    erasure.records = static_cast<std::int64_t>(naming.size());
    erasure.head = AppendToChain(connection, store_.place(), now,
                                 {{"event", "erased"}, {"records", std::move(ranges)}, {"why", "person"}});
    writing.Commit();
    EmptyLog(connection);
    return erasure;
  });
  if (done && done->records > 0) {
    WriteHeadFile(store_.place(), done->head);
  }
  return done;
}

}  // namespace lastlook
