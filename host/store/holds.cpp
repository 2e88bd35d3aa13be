// SPDX-License-Identifier: MPL-2.0
#include "store/holds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/json.h"

namespace lastlook {
namespace {

constexpr std::array<std::string_view, 4> kStateNames = {"saving", "waiting", "releasing", "asked"};

Error UnknownHold() {
  return Error{ErrorCode::kUnknownHold, "no such mail is held", "look again which mails are held", ""};
}

Error Busy(const HeldMail& mail) {
  return Error{ErrorCode::kHoldBusy,
               mail.state == HoldState::kReleasing
                   ? "this mail is just being sent"
                   : "this mail is in another state: " + std::string(HoldStateName(mail.state)),
               "look again which mails are held", ""};
}

// What is sealed is bound to its table and its name: rows cannot be exchanged.
std::string Purpose(const std::string& id) {
  return std::string("holds") + '\0' + id;
}

std::string ToContent(const HeldMail& mail) {
  return DumpJson(OrderedJson{{"owner", mail.owner},
                              {"state", HoldStateName(mail.state)},
                              {"why", mail.why},
                              {"unix_ms", mail.begun.unix_ms},
                              {"boot", mail.begun.boot},
                              {"boot_ms", mail.begun.boot_ms},
                              {"hold_ms", mail.hold_ms},
                              {"may_cancel", mail.may_cancel},
                              {"countdown", mail.countdown},
                              {"compose_id", mail.compose_id},
                              {"from", mail.from},
                              {"subject", mail.subject},
                              {"recipients", mail.recipients},
                              {"recipients_total", mail.recipients_total},
                              {"compose", mail.compose},
                              {"where", mail.where},
                              {"released_ms", mail.released_ms},
                              {"leaving_subject", mail.leaving.subject},
                              {"leaving_recipients", mail.leaving.recipients},
                              {"leaving_total", mail.leaving.recipients_total}});
}

// False where that is no content of ours.
bool FromContent(const std::string& content, HeldMail* mail) {
  const Result<Json> json = ParseJson(content);
  if (!json || !json->is_object()) {
    return false;
  }
  const auto text = [&](const char* name) {
    const auto value = json->find(name);
    return value != json->end() && value->is_string() ? value->get<std::string>() : std::string();
  };
  const auto whole = [&](const char* name) {
    const auto value = json->find(name);
    return value != json->end() && value->is_number_integer() ? value->get<std::int64_t>() : 0;
  };
  const auto yes = [&](const char* name) {
    const auto value = json->find(name);
    return value != json->end() && value->is_boolean() && value->get<bool>();
  };
  const auto texts = [&](const char* name) {
    std::vector<std::string> out;
    if (const auto all = json->find(name); all != json->end() && all->is_array()) {
      for (const Json& one : *all) {
        out.push_back(one.is_string() ? one.get<std::string>() : std::string());
      }
    }
    return out;
  };
  const auto* state = std::find(kStateNames.begin(), kStateNames.end(), text("state"));
  if (state == kStateNames.end()) {
    return false;
  }
  mail->state = static_cast<HoldState>(state - kStateNames.begin());
  mail->owner = text("owner");
  mail->why = text("why");
  mail->begun = {whole("unix_ms"), text("boot"), whole("boot_ms")};
  mail->hold_ms = whole("hold_ms");
  mail->may_cancel = yes("may_cancel");
  mail->countdown = yes("countdown");
  mail->compose_id = text("compose_id");
  mail->from = text("from");
  mail->subject = text("subject");
  mail->recipients = texts("recipients");
  mail->recipients_total = whole("recipients_total");
  mail->compose = text("compose");
  mail->where = text("where");
  mail->released_ms = whole("released_ms");
  mail->leaving = {text("leaving_subject"), texts("leaving_recipients"), whole("leaving_total")};
  return true;
}

HeldMail FromRow(Query& row, const StoreKeys& keys) {
  HeldMail mail;
  mail.id = row.Text(0);
  mail.digest = row.Text(1);
  const Result<std::string> content = keys.sealer().Open(row.Bytes(2), Purpose(mail.id));
  mail.readable = content.ok() && FromContent(*content, &mail);
  return mail;
}

// release_at is for the order alone; what counts is sealed.
void Write(Connection& connection, const StoreKeys& keys, const HeldMail& mail) {
  Query(connection, "INSERT OR REPLACE INTO holds (name, release_at, digest, sealed) VALUES (?, ?, ?, ?)", mail.id,
        mail.release_at_ms() / 1000, mail.digest, Blob{keys.sealer().Seal(ToContent(mail), Purpose(mail.id))})
      .Run();
}

void Remove(Connection& connection, const std::string& id) {
  Query(connection, "DELETE FROM holds WHERE name = ?", id).Run();
}

std::optional<HeldMail> Read(Connection& connection, const StoreKeys& keys, const std::string& id,
                             const std::string& owner) {
  Query row(connection, "SELECT name, digest, sealed FROM holds WHERE name = ?", id);
  if (!row.Step()) {
    return std::nullopt;
  }
  HeldMail mail = FromRow(row, keys);
  if (!owner.empty() && mail.readable && mail.owner != owner) {
    return std::nullopt;
  }
  return mail;
}

// Reads the mail under the write lock, lets `step(connection, keys, mail)`, a Result<void>, change and write it, and
// gives it as it was changed.
template <typename Step>
Result<HeldMail> Change(Store& store, const std::string& id, const std::string& owner, Step step) {
  return store.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<HeldMail> {
    Writing writing(connection);
    std::optional<HeldMail> mail = Read(connection, keys, id, owner);
    if (!mail) {
      return UnknownHold();
    }
    if (Result<void> done = step(connection, keys, &*mail); !done) {
      return std::move(done).error();
    }
    writing.Commit();
    return *std::move(mail);
  });
}

}  // namespace

std::string_view HoldStateName(HoldState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

Result<void> Holds::Begin(const HeldMail& mail) {
  return store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<void> {
    Writing writing(connection);
    if (const std::optional<HeldMail> there = Read(connection, keys, mail.id, "")) {
      return Busy(*there);
    }
    Write(connection, keys, mail);
    writing.Commit();
    return {};
  });
}

Result<HeldMail> Holds::Saved(const std::string& id, const std::string& owner, const std::string& where) {
  return Change(store_, id, owner, [&](Connection& connection, const StoreKeys& keys, HeldMail* mail) -> Result<void> {
    if (mail->state == HoldState::kReleasing || !mail->readable) {
      return Busy(*mail);
    }
    mail->where = where;
    if (mail->state == HoldState::kSaving) {
      mail->state = HoldState::kWaiting;
    }
    Write(connection, keys, *mail);
    return {};
  });
}

Result<HeldMail> Holds::Claim(const std::string& id, const std::string& owner, bool by_person, const Moment& now,
                              const LeavingMail& leaving) {
  return Change(store_, id, owner, [&](Connection& connection, const StoreKeys& keys, HeldMail* mail) -> Result<void> {
    const bool may = mail->state == HoldState::kWaiting || (mail->state == HoldState::kAsked && by_person);
    if (!may || !mail->readable) {
      return Busy(*mail);
    }
    if (!by_person && RemainingMs(mail->begun, mail->hold_ms, now) > 0) {
      return Error{ErrorCode::kHoldNotDue, "this mail is held for some time still", "wait until its moment has come",
                   ""};
    }
    mail->state = HoldState::kReleasing;
    mail->why.clear();
    mail->released_ms = now.unix_ms;
    mail->leaving = leaving;
    Write(connection, keys, *mail);
    return {};
  });
}

Result<HeldMail> Holds::Ask(const std::string& id, const std::string& owner, const std::string& why) {
  return Change(store_, id, owner, [&](Connection& connection, const StoreKeys& keys, HeldMail* mail) -> Result<void> {
    if (!mail->readable) {
      return Busy(*mail);
    }
    mail->state = HoldState::kAsked;
    mail->why = why;
    Write(connection, keys, *mail);
    return {};
  });
}

Result<HeldMail> Holds::Sent(const std::string& id, const std::string& owner) {
  return Change(store_, id, owner, [](Connection& connection, const StoreKeys&, HeldMail* mail) -> Result<void> {
    Remove(connection, mail->id);
    return {};
  });
}

Result<HeldMail> Holds::Cancel(const std::string& id, const std::string& owner, bool by_person) {
  return Change(store_, id, owner, [&](Connection& connection, const StoreKeys&, HeldMail* mail) -> Result<void> {
    // A row that nobody can read any more is nobody's to protect.
    if (mail->readable && mail->state == HoldState::kReleasing) {
      return Busy(*mail);
    }
    if (mail->readable && by_person && !mail->may_cancel) {
      return Error{ErrorCode::kHoldMayNotBeCancelled, "a rule of the organisation does not let this mail be taken back",
                   "ask the administrator", ""};
    }
    Remove(connection, mail->id);
    return {};
  });
}

Result<HeldMail> Holds::Find(const std::string& id, const std::string& owner) {
  return store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<HeldMail> {
    std::optional<HeldMail> mail = Read(connection, keys, id, owner);
    if (!mail) {
      return UnknownHold();
    }
    return *std::move(mail);
  });
}

Result<std::vector<HeldMail>> Holds::List(const std::string& owner) {
  return store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<std::vector<HeldMail>> {
    std::vector<HeldMail> out;
    Query rows(connection, "SELECT name, digest, sealed FROM holds ORDER BY release_at, id");
    while (rows.Step()) {
      HeldMail mail = FromRow(rows, keys);
      if (owner.empty() || (mail.readable && mail.owner == owner)) {
        out.push_back(std::move(mail));
      }
    }
    return out;
  });
}

}  // namespace lastlook
