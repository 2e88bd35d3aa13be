// SPDX-License-Identifier: MPL-2.0
#include "store/migrations.h"

#include <array>

#include "store/place.h"

namespace lastlook {
namespace {

// "LLst": says in the file's header whose database it is (sqlite.org/fileformat2.html, offset 68).
constexpr std::int64_t kApplicationId = 0x4C4C7374;

// Every table has a rowid, so that what is readable of a damaged file can be read around the damage (salvage.cpp).
// key, domain, thread, message, name: tokens (key.h), 16 bytes. sealed: AES-256-GCM. at, first, last: Unix seconds.
constexpr const char* kFirst = R"sql(
CREATE TABLE meta (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value NOT NULL);

-- Decisions: one row an event, chained (decisions.h).
CREATE TABLE decisions (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, previous BLOB NOT NULL,
  record_sha256 BLOB NOT NULL, hash BLOB NOT NULL, record TEXT);
CREATE TABLE decision_head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL);

-- History: who was written to, by whom, with whom.
CREATE TABLE accounts (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL,
  complete INTEGER NOT NULL DEFAULT 0, headers INTEGER NOT NULL DEFAULT 0, cursor TEXT NOT NULL DEFAULT '');
CREATE TABLE people (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, domain BLOB NOT NULL, sealed BLOB NOT NULL,
  named_at INTEGER NOT NULL, change INTEGER NOT NULL);
CREATE INDEX people_by_domain ON people (domain);
CREATE INDEX people_by_change ON people (change);
CREATE TABLE written (id INTEGER PRIMARY KEY, person INTEGER NOT NULL, account INTEGER NOT NULL,
  mails INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, UNIQUE (person, account));
CREATE TABLE together (id INTEGER PRIMARY KEY, one INTEGER NOT NULL, other INTEGER NOT NULL, mails INTEGER NOT NULL,
  UNIQUE (one, other));
CREATE INDEX together_by_other ON together (other);
CREATE TABLE learnt (id INTEGER PRIMARY KEY, message BLOB NOT NULL UNIQUE);
CREATE TABLE organisations (id INTEGER PRIMARY KEY, domain BLOB NOT NULL, name BLOB NOT NULL, sealed BLOB NOT NULL,
  mails INTEGER NOT NULL, UNIQUE (domain, name));
CREATE TABLE threads (id INTEGER PRIMARY KEY, thread BLOB NOT NULL, person INTEGER NOT NULL, mails INTEGER NOT NULL,
  UNIQUE (thread, person));
CREATE TABLE lately (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, likeness BLOB NOT NULL);
CREATE TABLE silenced (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, person BLOB NOT NULL, sealed BLOB NOT NULL,
  at INTEGER NOT NULL, UNIQUE (kind, person));

-- Mails that wait, second mails that are still to be sent, and secrets; all of them sealed.
CREATE TABLE holds (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, release_at INTEGER NOT NULL,
  digest TEXT NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE pending_mails (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, due_at INTEGER NOT NULL,
  after_mail TEXT NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE secrets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, made_at INTEGER NOT NULL, sealed BLOB NOT NULL);
)sql";

// How recent the mails are that two people got together (conditions/recency.h). Of those that were learnt before, only
// how many there were is known: they count as sent when one of the two was last written to, to the power of two.
constexpr const char* kRecency = R"sql(
ALTER TABLE together ADD COLUMN weight REAL NOT NULL DEFAULT 0;
UPDATE together SET weight = mails * coalesce((
  SELECT CASE WHEN halves >= 0 THEN 1.0 * (1 << halves) ELSE 1.0 / (1 << -halves) END FROM (
    SELECT max(-60, min(60, (min(latest) - 1767225600) / 15552000)) AS halves FROM (
      SELECT max(last) AS latest FROM written WHERE person IN (together.one, together.other) GROUP BY person))), 0);
)sql";

constexpr std::array kSteps = {kFirst, kRecency};

}  // namespace

std::span<const char* const> Migrations() {
  return kSteps;
}

Result<void> CheckVersion(Connection& connection, const std::string& path, std::span<const char* const> steps) {
  const auto known = static_cast<std::int64_t>(steps.size());
  const std::int64_t version = connection.Whole("PRAGMA user_version");
  const std::int64_t application = connection.Whole("PRAGMA application_id");
  if (application != kApplicationId &&
      (application != 0 || version != 0 || connection.Whole("SELECT count(*) FROM sqlite_schema") != 0)) {
    return StoreError(path, "this is a database of another program", "move it away");
  }
  if (version > known) {
    return StoreError(path,
                      "this store was written by a later Lastlook (version " + std::to_string(version) +
                          " of its tables, this program knows " + std::to_string(known) + ")",
                      "update Lastlook on this machine, or move the file away to begin a new store");
  }
  return {};
}

Result<void> Migrate(Connection& connection, const std::string& path, std::span<const char* const> steps) {
  const auto known = static_cast<std::int64_t>(steps.size());
  if (connection.Whole("PRAGMA user_version") == known && connection.Whole("PRAGMA application_id") == kApplicationId) {
    return {};
  }
  Writing writing(connection);
  // Asked under the lock: another process may have been first.
  if (Result<void> checked = CheckVersion(connection, path, steps); !checked) {
    return checked;
  }
  for (std::int64_t step = connection.Whole("PRAGMA user_version"); step < known; ++step) {
    connection.Execute(steps[static_cast<std::size_t>(step)]);
  }
  // PRAGMA takes no bound values.
  connection.Execute(("PRAGMA user_version = " + std::to_string(known)).c_str());
  connection.Execute(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
  writing.Commit();
  return {};
}

}  // namespace lastlook
