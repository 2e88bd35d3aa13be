// SPDX-License-Identifier: MPL-2.0
// The chain of decision records: each row's hash covers the row and the hash before it, so that a row that was changed,
// removed or moved is found. README.md says what is covered and what cannot be found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/timestamp.h"
#include "store/connection.h"
#include "store/place.h"

namespace lastlook {

// The last row of a chain.
struct ChainHead {
  std::int64_t seq = 0;
  std::string hash;  // 32 bytes

  // "12:9f…", as people note it down and the head file holds it.
  std::string ToString() const;
  static std::optional<ChainHead> FromString(std::string_view text);
};

// What stands before record 1.
ChainHead EmptyChain();

// Appends one record within the caller's Writing. Adds "at", "salt" and, when the clock stands before the last record,
// "clock_back"; the text that is stored is canonical JSON (sorted keys). Throws SQLite::Exception.
ChainHead AppendToChain(Connection& connection, const StorePlace& place, std::int64_t at, Json record);

// The last row's number and hash, written beside the database after each commit: it may lag behind the chain, never be
// ahead of it. Best effort: the same stands in the database.
void WriteHeadFile(const StorePlace& place, const ChainHead& head);
std::optional<ChainHead> ReadHeadFile(const StorePlace& place);

enum class ChainFault {
  kNone,
  kChanged,       // the row's text or hash is not what was written
  kMissing,       // numbers are missing
  kStartMissing,  // the beginning is gone without a record of its removal
  kEndMissing,    // a head names a later row, or another one under this number
  kEmptied,       // the text is gone without a record of its erasure
};

std::string_view ChainFaultName(ChainFault fault);  // "end_missing"

struct ChainReport {
  ChainFault fault = ChainFault::kNone;
  std::int64_t bad_seq = 0;                 // the first record that is wrong or missing
  std::int64_t first_seq = 0;               // 0: there are none
  std::int64_t records = 0;                 // rows
  std::int64_t erased = 0;                  // of them, erased with a record of it
  std::int64_t clock_backs = 0;             // records that the clock dates before their predecessor
  std::vector<std::string> recovered_from;  // damaged files that "recovered" records name
  ChainHead head;
};

// Reads the whole chain. `noted`: a head that was noted down elsewhere. Throws SQLite::Exception.
ChainReport VerifyChain(Connection& connection, const StorePlace& place, const std::optional<ChainHead>& noted);

}  // namespace lastlook
