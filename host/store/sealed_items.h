// SPDX-License-Identifier: MPL-2.0
// Second mails that are still to be sent (a password by its own way), and secrets (the passwords themselves). Each has
// a name; what it is, is sealed under the store's key. Mails that are held: holds.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace lastlook {

struct PendingMail {
  std::string name;
  std::int64_t due_at = 0;  // Unix seconds
  std::string after_mail;   // the digest of the mail that must have left before
  std::string content;      // sealed
};

struct Secret {
  std::string name;
  std::int64_t made_at = 0;  // Unix seconds
  std::string content;       // sealed
};

// Put replaces what has the same name. Lists are in the order in which they fall due. An item that cannot be opened (a
// lost key) is an error, not an absence. Errors: kStoreUnavailable.
class SealedItems {
 public:
  explicit SealedItems(Store& store) : store_(store) {}

  Result<void> Put(const PendingMail& mail);
  Result<std::vector<PendingMail>> PendingMails();
  Result<bool> RemovePendingMail(const std::string& name);  // true if it was there

  Result<void> Put(const Secret& secret);
  Result<std::optional<Secret>> FindSecret(const std::string& name);
  Result<bool> RemoveSecret(const std::string& name);

 private:
  Store& store_;
};

}  // namespace lastlook
