// SPDX-License-Identifier: MPL-2.0
// SQLite as the files of this folder speak it. Throws SQLite::Exception; store.h turns that into errors at the border.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace lastlook {

// Bytes, where a std::string would be text.
struct Blob {
  std::string_view bytes;
};

class Connection {
 public:
  // `flags` as SQLite::OPEN_…
  Connection(const std::string& path, int flags);

  SQLite::Database& database() { return database_; }
  void Execute(const char* sql) { database_.exec(sql); }
  // Prepared once. `sql` is a literal: its address is its name.
  SQLite::Statement& Prepared(const char* sql);
  std::int64_t Whole(const char* sql);  // the first value of the first row, 0 when there is none

 private:
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> prepared_;
};

// One run of a prepared statement; afterwards it is free again, also when something was thrown. Two runs of the same
// text must not overlap.
class Query {
 public:
  template <typename... Values>
  Query(Connection& connection, const char* sql, const Values&... values) : statement_(connection.Prepared(sql)) {
    int index = 0;
    (Bind(++index, values), ...);
  }
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool Step() { return statement_.executeStep(); }  // false: no further row
  void Run() {
    while (Step()) {
    }
  }

  bool IsNull(int column) { return statement_.getColumn(column).isNull(); }
  std::int64_t Whole(int column) { return statement_.getColumn(column).getInt64(); }
  double Real(int column) { return statement_.getColumn(column).getDouble(); }
  // Text or bytes; valid until the next step.
  std::string_view Bytes(int column) {
    const SQLite::Column value = statement_.getColumn(column);
    const void* bytes = value.getBlob();
    return {static_cast<const char*>(bytes), bytes == nullptr ? 0 : static_cast<std::size_t>(value.getBytes())};
  }
  std::string Text(int column) { return std::string(Bytes(column)); }

 private:
  void Bind(int index, std::int64_t value) { statement_.bind(index, value); }
  void Bind(int index, double value) { statement_.bind(index, value); }
  void Bind(int index, std::string_view text) { statement_.bind(index, std::string(text)); }
  void Bind(int index, const Blob& blob) {
    // No pointer would be NULL to SQLite.
    statement_.bind(index, blob.bytes.empty() ? "" : blob.bytes.data(), static_cast<int>(blob.bytes.size()));
  }
  void Bind(int index, std::nullptr_t) { statement_.bind(index); }

  SQLite::Statement& statement_;
};

// Takes the write lock at once, so that what is read inside is what the writing rests on. Rolled back unless committed.
class Writing {
 public:
  explicit Writing(Connection& connection)
      : transaction_(connection.database(), SQLite::TransactionBehavior::IMMEDIATE) {}
  void Commit() { transaction_.commit(); }

 private:
  SQLite::Transaction transaction_;
};

}  // namespace lastlook
