// SPDX-License-Identifier: MPL-2.0
// The store's history as conditions ask it. Private to this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "conditions/context.h"
#include "store/history_book.h"
#include "store/history_snapshot.h"

namespace lastlook {

// Holds the answers about the recipients of one mail, or everybody. Not safe to share between threads: it remembers.
class StoredHistory : public History {
 public:
  // Everybody is in memory already.
  StoredHistory(HistoryBook& book, std::shared_ptr<const HistorySnapshot> everybody)
      : book_(book), everybody_(std::move(everybody)) {}
  // These are looked up one by one. Throws SQLite::Exception.
  StoredHistory(HistoryBook& book, Connection& connection, const StoreKeys& keys,
                const std::vector<Recipient>& recipients);

  const Acquaintance* Find(const std::string& key) const override;
  bool HasDomain(const std::string& domain) const override;
  void ForEach(const std::function<void(const Acquaintance&)>& use) const override;
  std::shared_ptr<const SimilarPeople> ByName() const override;
  std::string OrganisationOf(const std::string& domain) const override;

 private:
  const HistorySnapshot* Everybody() const;

  HistoryBook& book_;
  mutable std::shared_ptr<const HistorySnapshot> everybody_;             // null: nobody has asked for everybody
  mutable bool failed_ = false;                                          // and everybody could not be read
  std::unordered_map<std::string, std::optional<Acquaintance>> people_;  // by key; absent: new
  std::unordered_map<std::string, bool> domains_;
  mutable std::unordered_map<std::string, std::string> organisations_;  // by domain; "": not known
};

}  // namespace lastlook
