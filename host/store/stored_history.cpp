// SPDX-License-Identifier: MPL-2.0
#include "store/stored_history.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "store/sealed_mailbox.h"

namespace lastlook {
namespace {

std::optional<Acquaintance> LookUp(Connection& connection, const StoreKeys& keys, const std::string& key) {
  std::int64_t id = 0;
  Acquaintance person;
  {
    Query row(connection, "SELECT id, sealed FROM people WHERE key = ?", Blob{keys.Token("address", key)});
    if (!row.Step()) {
      return std::nullopt;
    }
    id = row.Whole(0);
    // Whoever cannot be opened is somebody who was written to, even if nobody can say by which name.
    if (Result<NamedAddress> named = OpenNamed(keys.sealer(), row.Bytes(1), "people")) {
      person.address = std::move(named->address);
      person.name = std::move(named->name);
    }
  }
  {
    Query rows(connection,
               "SELECT accounts.sealed, mails, last FROM written JOIN accounts ON accounts.id = account "
               "WHERE person = ? ORDER BY mails DESC, account",
               id);
    while (rows.Step()) {
      if (!person.sent) {
        if (const Result<NamedAddress> account = OpenNamed(keys.sealer(), rows.Bytes(0), "accounts")) {
          person.account = account->address.Key();
        }
      }
      person.sent = person.sent.value_or(0) + rows.Whole(1);
      person.last = Timestamp{std::max(person.last ? person.last->unix_seconds : INT64_MIN, rows.Whole(2)), 0};
    }
  }
  // In the order of HistorySnapshot.
  for (const char* sql : {"SELECT sealed, weight FROM together JOIN people ON people.id = other WHERE one = ? "
                          "ORDER BY mails DESC, other",
                          "SELECT sealed, weight FROM together JOIN people ON people.id = one WHERE other = ? "
                          "ORDER BY mails DESC, one"}) {
    Query rows(connection, sql, id);
    while (rows.Step()) {
      if (const Result<NamedAddress> other = OpenNamed(keys.sealer(), rows.Bytes(0), "people")) {
        person.with.push_back({other->address.Key(), rows.Real(1)});
      }
    }
  }
  return person;
}

}  // namespace

StoredHistory::StoredHistory(HistoryBook& book, Connection& connection, const StoreKeys& keys,
                             const std::vector<Recipient>& recipients)
    : book_(book) {
  for (const Recipient& recipient : recipients) {
    if (!recipient.mailbox.address) {
      continue;
    }
    const auto [person, fresh] = people_.try_emplace(recipient.mailbox.address->Key());
    if (!fresh) {
      continue;
    }
    person->second = LookUp(connection, keys, person->first);
    const auto [domain, fresh_domain] = domains_.try_emplace(recipient.mailbox.address->domain, true);
    if (fresh_domain && !person->second) {
      Query known(connection, "SELECT 1 FROM people WHERE domain = ? LIMIT 1",
                  Blob{keys.Token("domain", domain->first)});
      domain->second = known.Step();
    } else if (person->second) {
      domain->second = true;
    }
  }
}

const Acquaintance* StoredHistory::Find(const std::string& key) const {
  if (const auto found = people_.find(key); found != people_.end()) {
    return found->second ? &*found->second : nullptr;
  }
  // Somebody who is no recipient.
  const HistorySnapshot* everybody = Everybody();
  return everybody == nullptr ? nullptr : everybody->Find(key);
}

bool StoredHistory::HasDomain(const std::string& domain) const {
  if (const auto found = domains_.find(domain); found != domains_.end()) {
    return found->second;
  }
  const HistorySnapshot* everybody = Everybody();
  return everybody != nullptr && everybody->HasDomain(domain);
}

void StoredHistory::ForEach(const std::function<void(const Acquaintance&)>& use) const {
  if (const HistorySnapshot* everybody = Everybody()) {
    std::for_each(everybody->people().begin(), everybody->people().end(), use);
  }
}

std::shared_ptr<const SimilarPeople> StoredHistory::ByName() const {
  const HistorySnapshot* everybody = Everybody();
  return everybody == nullptr ? History::ByName() : everybody->ByName();
}

std::string StoredHistory::OrganisationOf(const std::string& domain) const {
  const auto [name, fresh] = organisations_.try_emplace(domain);
  if (fresh) {
    Result<std::vector<std::string>> names = book_.OrganisationsOf(domain);
    if (!names) {
      Log(LogLevel::kError, "the history cannot be read: " + names.error().message);
    } else if (!names->empty()) {
      name->second = std::move(names->front());
    }
  }
  return name->second;
}

const HistorySnapshot* StoredHistory::Everybody() const {
  if (everybody_ == nullptr && !failed_) {
    Result<std::shared_ptr<const HistorySnapshot>> read = book_.Everybody();
    if (read) {
      everybody_ = *std::move(read);
    } else {
      // Suggestions fail quietly; whether a recipient is new was answered already.
      failed_ = true;
      Log(LogLevel::kError, "the history cannot be read: " + read.error().message);
    }
  }
  return everybody_.get();
}

}  // namespace lastlook
