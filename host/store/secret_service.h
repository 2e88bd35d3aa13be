// SPDX-License-Identifier: MPL-2.0
// The Secret Service of a Linux desktop (freedesktop.org, GNOME Keyring, KWallet …), asked through lastlook-key: a
// program of its own, because the host is one static file, and because a key store that hangs must hang another
// process.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/child_process.h"
#include "store/key_vault.h"

namespace lastlook {

// What lastlook-key ends with.
enum KeyProgramStatus : int {
  kKeyThere = 0,
  kKeyNone = 1,
  kKeyLocked = 2,
  kKeyNoService = 3,
};

class SecretService : public KeyVault {
 public:
  // `program`: the path of lastlook-key.
  explicit SecretService(std::string program) : program_(std::move(program)) {}

  VaultAnswer Get(const std::string& id, std::chrono::milliseconds wait) override;
  VaultState Put(const std::string& id, const std::string& key, std::chrono::milliseconds wait) override;

 private:
  std::string program_;
  std::string asked_;  // the id that `child_` was asked for
  std::optional<ChildProcess> child_;
};

// Null where this session has no message bus or lastlook-key is not installed (beside this program, or in
// /usr/lib/lastlook).
std::unique_ptr<KeyVault> VaultOfThisSession();

}  // namespace lastlook
