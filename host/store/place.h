// SPDX-License-Identifier: MPL-2.0
// Where the store lives, and that nobody else can look into it.
#pragma once

#include <string>

#include "base/result.h"

namespace lastlook {

// Paths of the store's files, all in one folder of the person's own.
struct StorePlace {
  std::string folder;

  std::string Database() const { return folder + "/store.sqlite"; }
  std::string Key() const { return folder + "/store.key"; }
  std::string Head() const { return folder + "/decisions.head"; }  // see decisions.h
  std::string Lock() const { return folder + "/recovery.lock"; }   // held while a damaged file is replaced
};

// $XDG_STATE_HOME/lastlook, or ~/.local/state/lastlook (XDG Base Directory Specification 0.8). Errors:
// kStoreUnavailable when neither variable says where.
Result<StorePlace> PlaceOfThisPerson();

// Makes the folder where it is missing. It must be the caller's own and no link; what others may read or write in its
// mode is taken away. Errors: kStoreUnavailable.
Result<void> PreparePlace(const StorePlace& place);

// An error of the store; `place.file` names the file. `number` is errno, 0 for none.
Error StoreError(const std::string& file, const std::string& message, const std::string& remedy, int number = 0);

}  // namespace lastlook
