// SPDX-License-Identifier: MPL-2.0
// Reads what can be read of a damaged store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "store/connection.h"

namespace lastlook {

struct Salvaged {
  std::int64_t rows = 0;
  std::int64_t decisions = 0;      // of them
  std::int64_t last_decision = 0;  // the highest number that was seen
  bool readable = false;           // false: not even the list of tables
  // The damaged file, with its write lock where it could be taken. Kept until the new file stands in its place: whoever
  // waits for the lock must find that it waited for the wrong file.
  std::unique_ptr<SQLite::Database> held;
  bool complete = false;  // every table was read from end to end without an error
};

// Copies into the new, migrated store at `to` every row of `from` that can still be read, around the damage, each
// table's rows from both ends. `from` is not changed. Throws SQLite::Exception only for faults of `to`.
Salvaged Salvage(const std::string& from, const std::string& to);

}  // namespace lastlook
