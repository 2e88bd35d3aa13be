// SPDX-License-Identifier: MPL-2.0
#include "store/salvage.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "store/connection.h"

namespace lastlook {
namespace {

// Between the first and the last damage of a table rows are asked for one by one, at most so many of them: a table of a
// million lost rows must not take minutes.
constexpr std::int64_t kMostProbes = 200'000;
constexpr int kBusyMilliseconds = 1000;

struct Table {
  std::string name;
  std::string columns;
  std::string places;  // "?1, ?2, …"
  int count = 0;
};

// The new store says which tables and columns there are: the damaged one cannot be asked.
std::vector<Table> TablesOf(Connection& to) {
  std::vector<Table> tables;
  Query names(to, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid");
  while (names.Step()) {
    Table table{names.Text(0), "", "", 0};
    SQLite::Statement columns(to.database(), "SELECT name FROM pragma_table_info(?)");
    columns.bind(1, table.name);
    while (columns.executeStep()) {
      const std::string separator = table.count == 0 ? "" : ", ";
      table.columns += separator + columns.getColumn(0).getString();
      table.places += separator + "?" + std::to_string(++table.count);
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

class TableCopy {
 public:
  TableCopy(SQLite::Database& from, Connection& to, const Table& table)
      : from_(from),
        table_(table),
        // "OR IGNORE": a row that was read from both ends, or that repeats what must be unique.
        insert_(to.database(),
                "INSERT OR IGNORE INTO " + table.name + " (" + table.columns + ") VALUES (" + table.places + ")") {}

  // True if the table was read from end to end.
  bool Run() {
    std::int64_t low = INT64_MIN;
    // A table that was read to its end has no damage.
    if (Walk("rowid >= ?1 ORDER BY rowid ASC", low, &low)) {
      return true;
    }
    std::int64_t high = INT64_MAX;
    Walk("rowid <= ?1 ORDER BY rowid DESC", high, &high);
    if (low != INT64_MIN && high != INT64_MAX) {
      Probe(low + 1, std::min(high - 1, low + kMostProbes));
    }
    return false;
  }

  std::int64_t rows() const { return rows_; }
  std::int64_t highest() const { return highest_; }
  // Why the new store took no more rows, as SQLite's result code; 0: it took them all.
  int target_status() const { return target_status_; }

 private:
  // Copies rows in that order until the end (true) or the first damage (false); `last` is the last rowid read.
  bool Walk(const std::string& order, std::int64_t start, std::int64_t* last) {
    try {
      SQLite::Statement rows(from_, "SELECT rowid, " + table_.columns + " FROM " + table_.name + " WHERE " + order);
      rows.bind(1, start);
      while (rows.executeStep()) {
        Keep(rows);
        *last = rows.getColumn(0).getInt64();
      }
      return true;
    } catch (const SQLite::Exception&) {
      return false;
    }
  }

  void Probe(std::int64_t first, std::int64_t last) {
    try {
      SQLite::Statement one(from_, "SELECT rowid, " + table_.columns + " FROM " + table_.name + " WHERE rowid = ?1");
      for (std::int64_t row = first; row <= last; ++row) {
        one.tryReset();
        one.bind(1, row);
        if (one.tryExecuteStep() == SQLITE_ROW) {
          Keep(one);
        }  // else there is no such row, or it is in the damaged part
      }
    } catch (const SQLite::Exception&) {
      // Not even the question can be asked.
    }
  }

  void Keep(SQLite::Statement& row) {
    for (int i = 1; i <= table_.count; ++i) {
      const SQLite::Column value = row.getColumn(i);
      if (value.isInteger()) {
        insert_.bind(i, value.getInt64());
      } else if (value.isFloat()) {
        insert_.bind(i, value.getDouble());
      } else if (value.isText()) {
        insert_.bind(
            i, std::string(static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())));
      } else if (value.isBlob()) {
        insert_.bind(i, value.getBlob() == nullptr ? "" : value.getBlob(), value.getBytes());
      } else {
        insert_.bind(i);
      }
    }
    const int status = insert_.tryExecuteStep();
    insert_.tryReset();
    if (status == SQLITE_DONE) {
      ++rows_;
      highest_ = std::max(highest_, row.getColumn(0).getInt64());
    } else if ((status & 0xff) != SQLITE_CONSTRAINT) {
      target_status_ = status;
    }  // else: a damaged row that breaks the rules of its table is no row
  }

  SQLite::Database& from_;
  const Table& table_;
  SQLite::Statement insert_;
  std::int64_t rows_ = 0;
  std::int64_t highest_ = 0;
  int target_status_ = 0;
};

}  // namespace

Salvaged Salvage(const std::string& from, const std::string& to) {
  Salvaged out;
  try {
    // Not read-only: the log beside the file may hold the newest rows, and reading it needs the lock file.
    out.held = std::make_unique<SQLite::Database>(from, SQLite::OPEN_READWRITE, kBusyMilliseconds);
    // It is evidence: its log is not to be written into it when it is closed.
    sqlite3_db_config(out.held->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    out.held->tryExec("BEGIN IMMEDIATE");
    out.held->exec("SELECT count(*) FROM sqlite_schema");
  } catch (const SQLite::Exception&) {
    return out;
  }
  Connection target(to, SQLite::OPEN_READWRITE);
  out.readable = true;
  out.complete = true;
  Writing writing(target);
  for (const Table& table : TablesOf(target)) {
    TableCopy copy(*out.held, target, table);
    out.complete = copy.Run() && out.complete;
    if (copy.target_status() != 0) {
      throw SQLite::Exception(target.database().getHandle(), copy.target_status());
    }
    out.rows += copy.rows();
    if (table.name == "decisions") {
      out.decisions = copy.rows();
      out.last_decision = copy.highest();
    }
  }
  writing.Commit();
  return out;
}

}  // namespace lastlook
