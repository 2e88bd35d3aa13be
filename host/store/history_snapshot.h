// SPDX-License-Identifier: MPL-2.0
// Everybody in the history, opened and in memory. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "conditions/context.h"
#include "store/connection.h"
#include "store/key.h"

namespace lastlook {

// Says whether what was remembered is still so.
struct HistoryStamp {
  std::uint64_t generation = 0;  // of the store
  std::int64_t change = 0;       // the last transaction that added
  std::int64_t removal = 0;      // the last that removed

  bool operator==(const HistoryStamp&) const = default;
};

HistoryStamp StampOf(Connection& connection, std::uint64_t generation);

class HistorySnapshot {
 public:
  // Reads everybody, or on top of `former` those who changed since. Whoever cannot be opened is left out and counted.
  // Throws SQLite::Exception.
  static std::shared_ptr<HistorySnapshot> Read(Connection& connection, const StoreKeys& keys, const HistoryStamp& stamp,
                                               std::shared_ptr<HistorySnapshot> former);

  const HistoryStamp& stamp() const { return stamp_; }
  const std::vector<Acquaintance>& people() const { return people_; }  // in the order in which they were first met
  const Acquaintance* Find(const std::string& key) const;
  bool HasDomain(const std::string& domain) const { return domains_.contains(domain); }
  std::size_t unreadable() const { return unreadable_; }
  // Made at the first call, then kept: people do not change in a snapshot that was handed out.
  std::shared_ptr<const SimilarPeople> ByName() const;

 private:
  HistoryStamp stamp_;
  std::vector<Acquaintance> people_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_map<std::int64_t, std::size_t> by_id_;
  std::unordered_set<std::string> domains_;
  std::size_t unreadable_ = 0;
  mutable std::shared_ptr<const SimilarPeople> by_name_;
};

}  // namespace lastlook
