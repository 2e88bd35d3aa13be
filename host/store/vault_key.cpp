// SPDX-License-Identifier: MPL-2.0
#include "store/vault_key.h"

#include <cerrno>
#include <cstdio>
#include <utility>

#include "base/crypto.h"
#include "base/log.h"
#include "store/secret_service.h"

namespace lastlook {
namespace {

constexpr std::size_t kIdBytes = 8;
// How often a key store that did not give the key is asked again.
constexpr std::chrono::seconds kAskAgain{60};

}  // namespace

VaultKey::VaultKey(const StorePlace& place, std::unique_ptr<KeyVault> vault, std::chrono::milliseconds first_wait)
    : path_(place.Key()), vault_(std::move(vault)), wait_(first_wait) {
}

Result<std::string> VaultKey::Key() {
  away_.reset();
  Result<KeyFileContent> file = ReadKeyFile(path_);
  if (!file) {
    return file.error();
  }
  if (!file->key.empty()) {
    return file->key;
  }
  return file->vault_id.empty() ? Make() : FromVault(file->vault_id);
}

Result<std::string> VaultKey::Make() {
  if (vault_ != nullptr) {
    const std::string id = HexEncode(RandomBytes(kIdBytes));
    const std::string key = RandomBytes(kKeyBytes);
    // Read back: what says that it has kept something may have kept it for this session only, or not at all.
    if (vault_->Put(id, key, wait_) == VaultState::kThere) {
      const VaultAnswer kept = vault_->Get(id, wait_);
      if (kept.state == VaultState::kThere && kept.key == key) {
        if (Result<void> made = MakeKeyFile(path_, KeyFileContent{"", id}); !made) {
          return made.error();
        }
        // Another process may have been first; what stands in the file counts.
        const Result<KeyFileContent> file = ReadKeyFile(path_);
        return file && file->vault_id == id ? Result<std::string>(key) : KeyFile(path_).Key();
      }
    }
  }
  return KeyFile(path_).Key();
}

Result<std::string> VaultKey::FromVault(const std::string& id) {
  const auto now = std::chrono::steady_clock::now();
  const bool ask = !asked_ || last_ == VaultState::kNoAnswer || now - *asked_ >= kAskAgain;
  if (vault_ != nullptr && ask) {
    const VaultAnswer answer = vault_->Get(id, asked_ ? std::chrono::milliseconds(0) : wait_);
    asked_ = now;
    last_ = answer.state;
    if (answer.state == VaultState::kThere) {
      return answer.key;
    }
    if (answer.state == VaultState::kNone) {
      // Kept under another name, in case the key comes back with a restored key store.
      const std::string aside = path_ + ".lost";
      if (std::rename(path_.c_str(), aside.c_str()) != 0) {
        return StoreError(path_, "the key of the store is lost, and no new one can be made",
                          "let its owner write to its folder", errno);
      }
      Log(LogLevel::kError, "the key store has lost the key of the history; what it said is in " + aside);
      return Make();
    }
  }
  away_ =
      StoreError(path_,
                 last_ == VaultState::kLocked     ? "the key of the history is in the key store, which is locked"
                 : last_ == VaultState::kNoAnswer ? "the key of the history is in the key store, which does not answer"
                                                  : "the key of the history is in a key store that is not here",
                 "unlock the key store of this desktop; until then the history says nothing");
  if (stand_in_.empty()) {
    stand_in_ = RandomBytes(kKeyBytes);
  }
  return stand_in_;
}

std::unique_ptr<KeySource> KeyOfThisSession(const StorePlace& place) {
  return std::make_unique<VaultKey>(place, VaultOfThisSession());
}

}  // namespace lastlook
