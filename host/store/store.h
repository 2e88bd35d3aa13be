// SPDX-License-Identifier: MPL-2.0
// One person's store on this machine: history, decisions, holds, secrets, in one SQLite file that several processes use
// at once (WAL, synchronous=FULL: what was acknowledged survives a power cut).
//
// A damaged file is moved aside under a dated name, what can be read of it goes into a new one, and both are told
// (StoreStatus, and a "recovered" record in the chain of decisions): nothing is lost in silence.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "store/connection.h"
#include "store/key.h"
#include "store/place.h"

namespace lastlook {

struct StoreStatus {
  std::string folder;
  bool open = false;
  std::int64_t bytes = 0;                // of the database with its log
  std::vector<std::string> damaged;      // files that were moved aside, oldest first
  std::optional<Error> problem;          // why the store cannot be used
  std::optional<Error> history_problem;  // why the history alone cannot be used: another key
};

// Not safe to share between threads. Opens nothing until it is first used.
class Store {
 public:
  // `clock` dates what is moved aside. `keys` may be null: KeyOfThisSession (vault_key.h).
  Store(StorePlace place, std::function<Timestamp()> clock, std::unique_ptr<KeySource> keys = nullptr);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const StorePlace& place() const { return place_; }

  // Runs `work(connection, keys)`, a Result<T>, with the store open. SQLite's exceptions end here; a damaged file is
  // replaced and the work is done again. `work` must therefore bear being run twice. Errors: kStoreUnavailable.
  template <typename Work>
  auto Run(Work work) -> std::invoke_result_t<Work, Connection&, const StoreKeys&> {
    using Outcome = std::invoke_result_t<Work, Connection&, const StoreKeys&>;
    std::optional<Outcome> outcome;
    Result<void> done = RunErased([&](Connection& connection, const StoreKeys& keys) {
      outcome.reset();
      outcome.emplace(work(connection, keys));
    });
    if (!done) {
      return std::move(done).error();
    }
    return *std::move(outcome);
  }

  // Like Run, for what rests on the history's tokens. Refuses when they were made with another key: a history that
  // recognises nobody must not pass for one in which everybody is new.
  template <typename Work>
  auto RunHistory(Work work) -> std::invoke_result_t<Work, Connection&, const StoreKeys&> {
    return Run([&](Connection& connection, const StoreKeys& keys) -> decltype(work(connection, keys)) {
      if (history_problem_) {
        return *history_problem_;
      }
      return work(connection, keys);
    });
  }

  // Like Run, for what is sealed, or named by a token, to be found again: refuses while the key is away (KeySource).
  template <typename Work>
  auto RunKeyed(Work work) -> std::invoke_result_t<Work, Connection&, const StoreKeys&> {
    return Run([&](Connection& connection, const StoreKeys& keys) -> decltype(work(connection, keys)) {
      if (key_away_) {
        return *key_away_;
      }
      return work(connection, keys);
    });
  }
  // As of the last Run.
  bool key_is_away() const { return key_away_.has_value(); }

  // Takes the present key for the history from now on, after `erase(connection)` has removed what rests on the former
  // one; both in one transaction.
  Result<void> ForgetKey(const std::function<void(Connection&)>& erase);

  // Unix seconds, by the store's clock.
  std::int64_t Now() const { return clock_().unix_seconds; }

  // Counts each opening: what was remembered from an earlier one is of another file.
  std::uint64_t generation() const { return generation_; }

  // Tries to open.
  StoreStatus Status();

  // SQLite's own check of the whole file, on demand: seconds for a large one. Empty when it is sound.
  Result<std::vector<std::string>> CheckIntegrity();

 private:
  Result<void> RunErased(const std::function<void(Connection&, const StoreKeys&)>& work);
  Result<void> EnsureOpen();
  bool IsOurFile() const;  // still under its name
  Result<void> Open();
  Result<void> TakeKey();
  Result<void> CheckKey();
  void NoteLostKey();
  Result<void> Replace();  // a damaged file

  StorePlace place_;
  std::function<Timestamp()> clock_;
  std::unique_ptr<KeySource> key_source_;
  std::optional<StoreKeys> keys_;
  std::unique_ptr<Connection> connection_;
  std::uint64_t device_ = 0;  // of the open file: another process may have replaced it
  std::uint64_t inode_ = 0;
  std::uint64_t generation_ = 0;
  std::optional<Error> history_problem_;
  std::optional<Error> key_away_;
};

}  // namespace lastlook
