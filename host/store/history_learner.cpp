// SPDX-License-Identifier: MPL-2.0
#include "store/history_learner.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/recency.h"
#include "store/sealed_mailbox.h"

namespace lastlook {
namespace {

// Pairs grow with the square; a mail to more people than this says nothing about who belongs together.
constexpr std::size_t kMostTogether = 50;

}  // namespace

std::string LikenessOf(const std::string& subject) {
  std::string likeness = Fold(subject);
  std::erase_if(likeness, [](char c) { return (c >= '0' && c <= '9') || c == ' '; });
  return likeness;
}

HistoryLearner::HistoryLearner(Connection& connection, const StoreKeys& keys, const AddrSpec& account, std::int64_t now)
    : connection_(connection), keys_(keys), now_(now) {
  const std::string key = keys.Token("address", account.Key());
  Query(connection, "INSERT OR IGNORE INTO accounts (key, sealed) VALUES (?, ?)", Blob{key},
        Blob{SealNamed(keys.sealer(), {account, ""}, "accounts")})
      .Run();
  {
    Query id(connection, "SELECT id FROM accounts WHERE key = ?", Blob{key});
    id.Step();
    account_id_ = id.Whole(0);
  }
  Query(
      connection,
      "INSERT INTO meta (name, value) VALUES ('history_change', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1")
      .Run();
  change_ = connection.Whole("SELECT value FROM meta WHERE name = 'history_change'");
}

bool HistoryLearner::Learn(const SentMail& mail) {
  if (!mail.message_id.empty()) {
    Query(connection_, "INSERT OR IGNORE INTO learnt (message) VALUES (?)",
          Blob{keys_.Token("message", mail.message_id)})
        .Run();
    if (connection_.database().getChanges() == 0) {
      return false;
    }
  }
  const std::string thread = mail.thread.empty() ? "" : keys_.Token("thread", mail.thread);
  std::vector<std::int64_t> people;
  for (const Mailbox& mailbox : mail.recipients) {
    if (!mailbox.address) {
      continue;
    }
    people.push_back(Find(mailbox, mail.at).id);
  }
  // In To and in Cc: one mail.
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  for (const std::int64_t id : people) {
    Query(connection_,
          "INSERT INTO written (person, account, mails, first, last) VALUES (?1, ?2, 1, ?3, ?3) "
          "ON CONFLICT (person, account) DO UPDATE SET mails = mails + 1, first = min(first, excluded.first), "
          "last = max(last, excluded.last)",
          id, account_id_, mail.at)
        .Run();
    if (!thread.empty()) {
      Query(connection_,
            "INSERT INTO threads (thread, person, mails) VALUES (?, ?, 1) "
            "ON CONFLICT (thread, person) DO UPDATE SET mails = mails + 1",
            Blob{thread}, id)
          .Run();
    }
  }
  LearnTogether(people, mail.at);
  for (const auto& [domain, name] : mail.organisations) {
    Query(connection_,
          "INSERT INTO organisations (domain, name, sealed, mails) VALUES (?, ?, ?, 1) "
          "ON CONFLICT (domain, name) DO UPDATE SET mails = mails + 1",
          Blob{keys_.Token("domain", domain)}, Blob{keys_.Token("organisation", Fold(name))},
          Blob{keys_.sealer().Seal(name, "organisations")})
        .Run();
  }
  return true;
}

HistoryLearner::Person& HistoryLearner::Find(const Mailbox& mailbox, std::int64_t at) {
  const std::string key = mailbox.address->Key();
  const auto [known, fresh] = people_.try_emplace(key);
  Person& person = known->second;
  if (!fresh) {
    Rename(mailbox, at, &person);
    return person;
  }
  const std::string token = keys_.Token("address", key);
  {
    Query stored(connection_, "SELECT id, named_at FROM people WHERE key = ?", Blob{token});
    if (stored.Step()) {
      person = {stored.Whole(0), stored.Whole(1), "", false};
    }
  }
  if (person.id != 0) {
    Query(connection_, "UPDATE people SET change = ? WHERE id = ?", change_, person.id).Run();
    Rename(mailbox, at, &person);
    return person;
  }
  Query(connection_, "INSERT INTO people (key, domain, sealed, named_at, change) VALUES (?, ?, ?, ?, ?)", Blob{token},
        Blob{keys_.Token("domain", mailbox.address->domain)},
        Blob{SealNamed(keys_.sealer(), {*mailbox.address, mailbox.display_name}, "people")}, at, change_)
      .Run();
  person = {connection_.database().getLastInsertRowid(), at, mailbox.display_name, true};
  return person;
}

// The latest mail that has a name says how somebody is called.
void HistoryLearner::Rename(const Mailbox& mailbox, std::int64_t at, Person* person) {
  if (mailbox.display_name.empty() || (person->opened && mailbox.display_name == person->name)) {
    return;
  }
  if (!person->opened) {
    Query stored(connection_, "SELECT sealed FROM people WHERE id = ?", person->id);
    const Result<NamedAddress> named = stored.Step() ? OpenNamed(keys_.sealer(), stored.Bytes(0), "people")
                                                     : Result<NamedAddress>(Error{ErrorCode::kParseError, "", "", ""});
    person->name = named ? named->name : "";
    person->opened = true;
  }
  if (mailbox.display_name == person->name || (at < person->named_at && !person->name.empty())) {
    return;
  }
  Query(connection_, "UPDATE people SET sealed = ?, named_at = ? WHERE id = ?",
        Blob{SealNamed(keys_.sealer(), {*mailbox.address, mailbox.display_name}, "people")}, at, person->id)
      .Run();
  person->name = mailbox.display_name;
  person->named_at = at;
}

void HistoryLearner::LearnTogether(const std::vector<std::int64_t>& people, std::int64_t at) {
  if (people.size() > kMostTogether) {
    return;
  }
  // A header may claim any date; one from the future must not count more than all others together.
  const double weight = RecencyWeight(std::min(at, now_));
  for (std::size_t i = 0; i < people.size(); ++i) {
    for (std::size_t k = i + 1; k < people.size(); ++k) {
      Query(connection_,
            "INSERT INTO together (one, other, mails, weight) VALUES (?, ?, 1, ?) "
            "ON CONFLICT (one, other) DO UPDATE SET mails = mails + 1, weight = weight + excluded.weight",
            people[i], people[k], weight)
          .Run();
    }
  }
}

}  // namespace lastlook
