// SPDX-License-Identifier: MPL-2.0
// The local key under which addresses are hashed and names are sealed.
#pragma once

#include <optional>
#include <string>

#include "base/crypto.h"
#include "base/result.h"

namespace lastlook {

// Where the key comes from: a file, or the key store of an operating system.
class KeySource {
 public:
  virtual ~KeySource() = default;
  // kKeyBytes bytes, the same each time; made at the first call on this machine. Errors: kStoreUnavailable.
  virtual Result<std::string> Key() = 0;
  // Why the last answer was only a stand-in, made up for this process: nothing that is to be read again may rest on it.
  virtual std::optional<Error> Away() const { return std::nullopt; }
};

// What the key file holds: the key, or the name under which a key store keeps it.
struct KeyFileContent {
  std::string key;
  std::string vault_id;
};

// Both empty when there is no such file. Errors: kStoreUnavailable.
Result<KeyFileContent> ReadKeyFile(const std::string& path);

// Makes the file unless there is one: another process may have been first, so read it afterwards.
Result<void> MakeKeyFile(const std::string& path, const KeyFileContent& content);

// 64 hexadecimal digits in a file of mode 0600 beside the store: where there is no key store. It keeps a copied or
// backed-up database silent, not a stolen disk.
class KeyFile : public KeySource {
 public:
  explicit KeyFile(std::string path) : path_(std::move(path)) {}
  Result<std::string> Key() override;

 private:
  std::string path_;
};

// What the store does with its key; each use has a key of its own, derived from it.
struct StoreKeys {
  explicit StoreKeys(const std::string& key);

  // 16 bytes that stand for `text` here and nowhere else (HMAC-SHA-256-128, RFC 4868 section 2.1.1). `kind` separates
  // addresses from domains, message ids …
  std::string Token(std::string_view kind, std::string_view text) const;
  // The same as 32 hexadecimal digits, under another key: what a decision record says must not lead into the history.
  std::string RecordToken(std::string_view text) const;
  // 16 bytes that tell this key from others.
  std::string Check() const;

  const Sealer& sealer() const { return sealer_; }

 private:
  Hmac tokens_;
  Hmac records_;
  Sealer sealer_;
  std::string check_;
};

}  // namespace lastlook
