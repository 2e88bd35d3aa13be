// SPDX-License-Identifier: MPL-2.0
// Reads what can be read of a damaged store.
#pragma once

#include <cstdint>
#include <string>

namespace lastlook {

struct Salvaged {
  std::int64_t rows = 0;
  std::int64_t decisions = 0;      // of them
  std::int64_t last_decision = 0;  // the highest number that was seen
  bool readable = false;           // false: not even the list of tables
  bool complete = false;           // every table was read from end to end without an error
};

// Copies into the new, migrated store at `to` every row of `from` that can still be read, around the damage, each
// table's rows from both ends. `from` is not changed. Throws SQLite::Exception only for faults of `to`.
Salvaged Salvage(const std::string& from, const std::string& to);

}  // namespace lastlook
