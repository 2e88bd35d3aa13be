// SPDX-License-Identifier: MPL-2.0
// The key store of an operating system, as far as the store's key needs one. On Linux the Secret Service
// (secret_service.h); what Windows (DPAPI) and macOS (Keychain) have would stand behind the same interface.
#pragma once

#include <chrono>
#include <string>

namespace lastlook {

enum class VaultState {
  kThere,     // the key is there
  kNone,      // the key store is open, and there is no such key
  kLocked,    // nobody has opened it yet; it is never asked to show a window
  kAbsent,    // there is none
  kNoAnswer,  // not yet; ask again
};

struct VaultAnswer {
  VaultState state = VaultState::kAbsent;
  std::string key;  // with kThere
};

class KeyVault {
 public:
  virtual ~KeyVault() = default;
  // The key under this name. Returns within `wait`; what comes later is given to the next call.
  virtual VaultAnswer Get(const std::string& id, std::chrono::milliseconds wait) = 0;
  // Keeps it under this name; kThere when it is kept. Returns within `wait`.
  virtual VaultState Put(const std::string& id, const std::string& key, std::chrono::milliseconds wait) = 0;
};

}  // namespace lastlook
