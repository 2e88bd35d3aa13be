// SPDX-License-Identifier: MPL-2.0
#include "store/history_snapshot.h"

#include <algorithm>
#include <utility>

#include "conditions/support/similar_people.h"
#include "store/sealed_mailbox.h"

namespace lastlook {

HistoryStamp StampOf(Connection& connection, std::uint64_t generation) {
  HistoryStamp stamp;
  stamp.generation = generation;
  Query values(connection, "SELECT name, value FROM meta WHERE name IN ('history_change', 'history_removal')");
  while (values.Step()) {
    (values.Bytes(0) == "history_change" ? stamp.change : stamp.removal) = values.Whole(1);
  }
  return stamp;
}

std::shared_ptr<HistorySnapshot> HistorySnapshot::Read(Connection& connection, const StoreKeys& keys,
                                                       const HistoryStamp& stamp,
                                                       std::shared_ptr<HistorySnapshot> former) {
  std::shared_ptr<HistorySnapshot> out;
  std::int64_t since = 0;
  if (former != nullptr && former->stamp_.generation == stamp.generation && former->stamp_.removal == stamp.removal) {
    since = former->stamp_.change;
    // What was handed out does not change under whoever holds it.
    out = former.use_count() == 1 ? std::move(former) : std::make_shared<HistorySnapshot>(*former);
    out->by_name_.reset();  // it points at the people of the former
  } else {
    out = std::make_shared<HistorySnapshot>();
  }
  out->stamp_ = stamp;
  std::unordered_map<std::int64_t, std::string> accounts;
  {
    Query rows(connection, "SELECT id, sealed FROM accounts");
    while (rows.Step()) {
      if (const Result<NamedAddress> account = OpenNamed(keys.sealer(), rows.Bytes(1), "accounts")) {
        accounts[rows.Whole(0)] = account->address.Key();
      }
    }
  }
  std::vector<std::size_t> changed;
  {
    Query rows(connection, "SELECT id, sealed FROM people WHERE change > ? ORDER BY id", since);
    while (rows.Step()) {
      Result<NamedAddress> named = OpenNamed(keys.sealer(), rows.Bytes(1), "people");
      if (!named) {
        ++out->unreadable_;
        continue;
      }
      const auto [known, fresh] = out->by_id_.try_emplace(rows.Whole(0), out->people_.size());
      if (fresh) {
        out->people_.emplace_back();
        out->by_key_[named->address.Key()] = known->second;
        out->domains_.insert(named->address.domain);
      }
      Acquaintance& person = out->people_[known->second];
      person = {};
      person.address = std::move(named->address);
      person.name = std::move(named->name);
      changed.push_back(known->second);
    }
  }
  {
    Query rows(
        connection,
        "SELECT person, account, mails, last FROM written WHERE person IN (SELECT id FROM people WHERE change > ?) "
        "ORDER BY person, mails DESC, account",
        since);
    while (rows.Step()) {
      const auto found = out->by_id_.find(rows.Whole(0));
      if (found == out->by_id_.end()) {
        continue;
      }
      Acquaintance& person = out->people_[found->second];
      if (!person.sent) {  // the first is the account most used
        if (const auto account = accounts.find(rows.Whole(1)); account != accounts.end()) {
          person.account = account->second;
        }
      }
      person.sent = person.sent.value_or(0) + rows.Whole(2);
      person.last = Timestamp{std::max(person.last ? person.last->unix_seconds : INT64_MIN, rows.Whole(3)), 0};
    }
  }
  if (!changed.empty()) {
    const auto link = [&](std::int64_t from, std::int64_t to, double weight) {
      const auto one = out->by_id_.find(from);
      const auto other = out->by_id_.find(to);
      if (one != out->by_id_.end() && other != out->by_id_.end()) {
        out->people_[one->second].with.push_back({out->people_[other->second].address.Key(), weight});
      }
    };
    Query ones(connection,
               "SELECT one, other, weight FROM together WHERE one IN (SELECT id FROM people WHERE change > ?) "
               "ORDER BY one, mails DESC, other",
               since);
    while (ones.Step()) {
      link(ones.Whole(0), ones.Whole(1), ones.Real(2));
    }
    Query others(connection,
                 "SELECT other, one, weight FROM together WHERE other IN (SELECT id FROM people WHERE change > ?) "
                 "ORDER BY other, mails DESC, one",
                 since);
    while (others.Step()) {
      link(others.Whole(0), others.Whole(1), others.Real(2));
    }
  }
  return out;
}

std::shared_ptr<const SimilarPeople> HistorySnapshot::ByName() const {
  if (by_name_ == nullptr) {
    by_name_ = std::make_shared<SimilarPeople>(std::span(people_));
  }
  return by_name_;
}

const Acquaintance* HistorySnapshot::Find(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &people_[found->second];
}

}  // namespace lastlook
