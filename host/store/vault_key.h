// SPDX-License-Identifier: MPL-2.0
// The store's key in the key store of the operating system where there is one, else in the key file (key.h).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "store/key.h"
#include "store/key_vault.h"
#include "store/place.h"

namespace lastlook {

// Where the key of a store is, is decided once, when it is made, and stands in the key file: either the key itself, or
// the name under which the key store keeps it. So a key store that comes later moves nothing, and one that is shut for
// an hour does not make a second key.
class VaultKey : public KeySource {
 public:
  // `vault` may be null: there is none in this session.
  VaultKey(const StorePlace& place, std::unique_ptr<KeyVault> vault, std::chrono::milliseconds first_wait = kFirstWait);

  // Waits for the key store once, and then only takes what has come. Where the key is there and cannot be had now, the
  // answer is a stand-in of this process, and Away() says why. A key that the key store has lost is replaced: the new
  // one does not fit the history, which the store tells.
  Result<std::string> Key() override;
  std::optional<Error> Away() const override { return away_; }

 private:
  // Of a lastlook-key that must be loaded and a message bus that answers; nobody notices it once a day.
  static constexpr std::chrono::milliseconds kFirstWait{700};

  Result<std::string> Make();
  Result<std::string> FromVault(const std::string& id);

  std::string path_;
  std::unique_ptr<KeyVault> vault_;
  std::chrono::milliseconds wait_;
  std::optional<std::chrono::steady_clock::time_point> asked_;
  VaultState last_ = VaultState::kAbsent;
  std::optional<Error> away_;
  std::string stand_in_;
};

// What a program of this session uses: VaultKey with the vault of the session, which is asked only where a key is in it
// or is to be made.
std::unique_ptr<KeySource> KeyOfThisSession(const StorePlace& place);

}  // namespace lastlook
