// SPDX-License-Identifier: MPL-2.0
#include "store/place.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace lastlook {
namespace {

constexpr mode_t kPrivateFolder = S_IRWXU;

std::string AbsolutePathIn(const char* variable) {
  const char* value = std::getenv(variable);
  // The specification says that a relative path is to be passed over.
  return value != nullptr && *value == '/' ? value : "";
}

// Each folder on the way to `path` that is missing.
Result<void> MakeFolders(const std::string& path) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const std::string folder = path.substr(0, at);
    if (mkdir(folder.c_str(), kPrivateFolder) != 0 && errno != EEXIST) {
      // A parent that exists on a read-only disk says EROFS instead of EEXIST.
      const int number = errno;
      if (struct stat info{}; stat(folder.c_str(), &info) != 0) {
        return StoreError(folder, "the folder of the store cannot be made",
                          number == ENOSPC ? "make room on the disk" : "let its owner write there", number);
      }
    }
    if (at == std::string::npos) {
      return {};
    }
  }
}

}  // namespace

Error StoreError(const std::string& file, const std::string& message, const std::string& remedy, int number) {
  Error error{ErrorCode::kStoreUnavailable, message, remedy, ""};
  if (number != 0) {
    error.message += std::string(": ") + std::strerror(number);
  }
  error.place.file = file;
  return error;
}

Result<StorePlace> PlaceOfThisPerson() {
  if (const std::string state = AbsolutePathIn("XDG_STATE_HOME"); !state.empty()) {
    return StorePlace{state + "/lastlook"};
  }
  if (const std::string home = AbsolutePathIn("HOME"); !home.empty()) {
    return StorePlace{home + "/.local/state/lastlook"};
  }
  return StoreError("", "nothing says where this person's files are", "set HOME or XDG_STATE_HOME");
}

Result<void> PreparePlace(const StorePlace& place) {
  struct stat info {};
  if (lstat(place.folder.c_str(), &info) != 0) {
    if (Result<void> made = MakeFolders(place.folder); !made) {
      return made;
    }
    if (lstat(place.folder.c_str(), &info) != 0) {
      return StoreError(place.folder, "the folder of the store cannot be looked at", "check its permissions", errno);
    }
  }
  if (!S_ISDIR(info.st_mode)) {
    return StoreError(place.folder, "this is no folder", "move it away; a folder is made in its place");
  }
  if (info.st_uid != geteuid()) {
    return StoreError(place.folder, "this folder belongs to somebody else, who could read what is stored",
                      "give it to the person who sends the mails, or set XDG_STATE_HOME");
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0 && chmod(place.folder.c_str(), kPrivateFolder) != 0) {
    return StoreError(place.folder, "others may look into this folder", "chmod 700 " + place.folder, errno);
  }
  return {};
}

}  // namespace lastlook
