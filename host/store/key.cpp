// SPDX-License-Identifier: MPL-2.0
#include "store/key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "store/descriptor.h"
#include "store/place.h"

namespace lastlook {
namespace {

constexpr std::size_t kTokenBytes = 16;
constexpr std::size_t kDigits = 2 * kKeyBytes;

// Before the name of a key that is kept elsewhere.
constexpr std::string_view kElsewhere = "in the key store: ";
constexpr std::size_t kLongestFile = kDigits + 64;

std::string Derived(const std::string& key, std::string_view purpose) {
  return Hmac(key).Of(purpose);
}

}  // namespace

Result<KeyFileContent> ReadKeyFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0) {
    return errno == ENOENT ? Result<KeyFileContent>(KeyFileContent())
                           : StoreError(path, "the key of the store cannot be read", "check its permissions", errno);
  }
  struct stat info {};
  if (fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != geteuid()) {
    return StoreError(path, "the key of the store is no file of this person's own", "move it away");
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0 && fchmod(file.get(), S_IRUSR | S_IWUSR) != 0) {
    return StoreError(path, "others may read the key of the store", "chmod 600 " + path, errno);
  }
  std::array<char, kLongestFile> bytes{};
  const ssize_t count = read(file.get(), bytes.data(), bytes.size());
  std::string_view text(bytes.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
  KeyFileContent content;
  if (text.starts_with(kElsewhere)) {
    text.remove_prefix(kElsewhere.size());
    content.vault_id = text.substr(0, text.find('\n'));
    if (HexDecode(content.vault_id).ok() && !content.vault_id.empty()) {
      return content;
    }
  } else if (Result<std::string> key = HexDecode(text.substr(0, kDigits)); key && key->size() == kKeyBytes) {
    content.key = *std::move(key);
    return content;
  }
  return StoreError(path, "the key of the store is damaged", "bring it back from a backup, or move it away");
}

// Under a name of its own first, so that whoever finds the file finds it whole.
Result<void> MakeKeyFile(const std::string& path, const KeyFileContent& content) {
  const std::string fresh = path + ".new-" + HexEncode(RandomBytes(4));
  const std::string text =
      (content.key.empty() ? std::string(kElsewhere) + content.vault_id : HexEncode(content.key)) + "\n";
  {
    const Descriptor file(open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.get() < 0 || write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        fsync(file.get()) != 0) {
      const int number = errno;
      unlink(fresh.c_str());
      return StoreError(path, "the key of the store cannot be written",
                        number == ENOSPC ? "make room on the disk" : "let its owner write there", number);
    }
  }
  const bool linked = link(fresh.c_str(), path.c_str()) == 0 || errno == EEXIST;
  const int number = errno;
  unlink(fresh.c_str());
  if (!linked) {
    return StoreError(path, "the key of the store cannot be written", "let its owner write there", number);
  }
  return {};
}

Result<std::string> KeyFile::Key() {
  Result<KeyFileContent> content = ReadKeyFile(path_);
  if (content && content->key.empty() && content->vault_id.empty()) {
    if (Result<void> made = MakeKeyFile(path_, KeyFileContent{RandomBytes(kKeyBytes), ""}); !made) {
      return std::move(made).error();
    }
    content = ReadKeyFile(path_);
  }
  if (!content) {
    return std::move(content).error();
  }
  if (content->key.empty()) {
    return StoreError(path_,
                      content->vault_id.empty() ? "the key of the store went away while it was being made"
                                                : "the key of the store is in a key store, which was not asked",
                      "try again");
  }
  return content->key;
}

// The purposes are part of the store's format: never change one.
StoreKeys::StoreKeys(const std::string& key)
    : tokens_(Derived(key, "lastlook history tokens 1")),
      records_(Derived(key, "lastlook decision tokens 1")),
      sealer_(Derived(key, "lastlook sealed names 1")),
      check_(Derived(key, "lastlook key check 1").substr(0, kTokenBytes)) {
}

std::string StoreKeys::Token(std::string_view kind, std::string_view text) const {
  std::string bytes(kind);
  bytes += '\0';
  bytes += text;
  std::string token = tokens_.Of(bytes);
  token.resize(kTokenBytes);
  return token;
}

std::string StoreKeys::RecordToken(std::string_view text) const {
  return HexEncode(std::string_view(records_.Of(text)).substr(0, kTokenBytes));
}

std::string StoreKeys::Check() const {
  return check_;
}

}  // namespace lastlook
