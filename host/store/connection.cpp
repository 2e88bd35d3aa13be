// SPDX-License-Identifier: MPL-2.0
#include "store/connection.h"

namespace lastlook {
namespace {

// Another process writes for a few milliseconds; one that hangs must not hang this one.
constexpr int kBusyMilliseconds = 3000;

}  // namespace

Connection::Connection(const std::string& path, int flags) : database_(path, flags, kBusyMilliseconds) {
}

SQLite::Statement& Connection::Prepared(const char* sql) {
  std::unique_ptr<SQLite::Statement>& statement = prepared_[sql];
  if (statement == nullptr) {
    statement = std::make_unique<SQLite::Statement>(database_, sql);
  } else {
    statement->tryReset();
    statement->clearBindings();
  }
  return *statement;
}

std::int64_t Connection::Whole(const char* sql) {
  Query query(*this, sql);
  return query.Step() ? query.Whole(0) : 0;
}

}  // namespace lastlook
