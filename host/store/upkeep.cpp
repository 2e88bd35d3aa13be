// SPDX-License-Identifier: MPL-2.0
#include "store/upkeep.h"

#include <algorithm>

#include "store/decisions.h"
#include "store/history_book.h"

namespace lastlook {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kLatelySeconds = 3600;  // as history_book.cpp, which removes them with every mail
constexpr std::int64_t kBytesPerMegabyte = 1'000'000;

// Some years of much mail. Rows are numbered as they were learnt; the oldest go first. What is forgotten of `threads`
// makes a returning recipient an added one again, of `learnt` lets a mail that is learnt anew count twice.
constexpr std::int64_t kMostThreadRows = 200'000;
constexpr std::int64_t kMostLearntRows = 500'000;

// Bytes in use: pages that are free will be used again.
Result<std::int64_t> UsedBytes(Store& store) {
  return store.Run([](Connection& connection, const StoreKeys&) -> Result<std::int64_t> {
    return (connection.Whole("PRAGMA page_count") - connection.Whole("PRAGMA freelist_count")) *
           connection.Whole("PRAGMA page_size");
  });
}

// The time before which the last mail to a quarter of all people was sent; 0 when there are none.
Result<std::int64_t> OldestQuarter(Store& store) {
  return store.RunHistory([](Connection& connection, const StoreKeys&) -> Result<std::int64_t> {
    return connection.Whole(
        "SELECT coalesce(max(last) + 1, 0) FROM (SELECT max(last) AS last FROM written GROUP BY person ORDER BY 1 "
        "LIMIT (SELECT count(*) / 4 + 1 FROM people))");
  });
}

Result<bool> TakeTurn(Store& store, std::int64_t now) {
  return store.Run([&](Connection& connection, const StoreKeys&) -> Result<bool> {
    Writing writing(connection);
    const std::int64_t last = connection.Whole("SELECT value FROM meta WHERE name = 'kept_up'");
    // A clock that was set back counts as another day.
    if (last / kSecondsPerDay == now / kSecondsPerDay) {
      return false;
    }
    Query(connection, "INSERT OR REPLACE INTO meta (name, value) VALUES ('kept_up', ?)", now).Run();
    // Of whoever sends no further mail.
    Query(connection, "DELETE FROM lately WHERE at < ?", now - kLatelySeconds).Run();
    Query(connection, "DELETE FROM threads WHERE id <= (SELECT max(id) FROM threads) - ?", kMostThreadRows).Run();
    Query(connection, "DELETE FROM learnt WHERE id <= (SELECT max(id) FROM learnt) - ?", kMostLearntRows).Run();
    writing.Commit();
    return true;
  });
}

}  // namespace

StoreLimits LimitsOf(const Settings& settings) {
  return {settings.decisions_retention_days, settings.store_megabytes};
}

Result<UpkeepReport> KeepUp(Store& store, const StoreLimits& limits, std::int64_t now) {
  UpkeepReport report;
  const Result<bool> turn = TakeTurn(store, now);
  if (!turn || !*turn) {
    return turn ? Result<UpkeepReport>(report) : Result<UpkeepReport>(turn.error());
  }
  report.due = true;
  DecisionLog log(store);
  if (limits.retention_days > 0) {
    const Result<Erasure> erased = log.EraseBefore(now - limits.retention_days * kSecondsPerDay, now, "retention");
    if (!erased) {
      return erased.error();
    }
    report.decisions_erased = erased->records;
  }
  HistoryBook book(store);
  // Each round frees a quarter; what does not come below the limit in so many rounds is neither people nor decisions.
  for (int round = 0; round < 32; ++round) {
    const Result<std::int64_t> used = UsedBytes(store);
    if (!used) {
      return used.error();
    }
    if (*used <= limits.megabytes * kBytesPerMegabyte) {
      break;
    }
    const Result<std::int64_t> before = OldestQuarter(store);
    if (before && *before > 0) {
      const Result<std::int64_t> forgotten = book.ForgetBefore(*before);
      if (!forgotten) {
        return forgotten.error();
      }
      report.people_forgotten += *forgotten;
      continue;
    }
    const Result<ChainReport> chain = log.Verify();
    if (!chain) {
      return chain.error();
    }
    if (chain->records <= 1) {
      break;
    }
    const Result<Erasure> erased = log.EraseOldest(chain->records / 4 + 1, now, "size");
    if (!erased) {
      return erased.error();
    }
    report.decisions_erased += erased->records;
  }
  return report;
}

}  // namespace lastlook
