// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "policy/object_reader.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

Error FileError(ErrorCode code, const std::string& path, std::string message, std::string remedy) {
  Error error{code, std::move(message), std::move(remedy), ""};
  error.place.file = path;
  return error;
}

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) {
      close(fd_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Result<void> CheckTrusted(const struct stat& info, const std::string& path) {
  if (info.st_uid != 0) {
    return FileError(ErrorCode::kPolicyRefused, path,
                     "this does not belong to root, so anybody could have written a policy", "chown root " + path);
  }
  // In a folder with the sticky bit others may add files, but neither rename nor remove what is root's.
  const bool sticky_folder = S_ISDIR(info.st_mode) && (info.st_mode & S_ISVTX) != 0;
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0 && !sticky_folder) {
    return FileError(ErrorCode::kPolicyRefused, path,
                     "others than root may write this, so anybody could change the policy", "chmod go-w " + path);
  }
  return {};
}

// The folder of policies itself, where others may not even add files, and the one it stands in, where they could put
// another folder in its place.
Result<void> CheckTrustedFolder(const struct stat& info, const std::string& path) {
  if (Result<void> trusted = CheckTrusted(info, path); !trusted) {
    return trusted;
  }
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return FileError(ErrorCode::kPolicyRefused, path, "others than root may add policies to this folder",
                     "chmod go-w " + path);
  }
  const std::size_t slash = path.find_last_of('/');
  const std::string parent = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  struct stat parent_info {};
  if (stat(parent.c_str(), &parent_info) != 0) {
    return FileError(ErrorCode::kPolicyRefused, parent,
                     std::string("this folder cannot be read: ") + std::strerror(errno), "check its permissions");
  }
  return CheckTrusted(parent_info, parent);
}

}  // namespace

Result<std::shared_ptr<const PolicySource>> ReadPolicyFile(const std::string& path, const std::string& layer,
                                                           FileTrust trust) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (file.get() < 0 || fstat(file.get(), &info) != 0) {
    return FileError(ErrorCode::kUnreadableInput, path,
                     std::string("this policy cannot be read: ") + std::strerror(errno),
                     "check the path and its permissions");
  }
  if (!S_ISREG(info.st_mode)) {
    return FileError(ErrorCode::kUnreadableInput, path, "this is no regular file", "name a policy file (JSON)");
  }
  if (trust == FileTrust::kRootOwnedOnly) {
    if (Result<void> trusted = CheckTrusted(info, path); !trusted) {
      return std::move(trusted).error();
    }
  }
  if (static_cast<std::size_t>(info.st_size) > kMaxPolicyBytes) {
    return FileError(ErrorCode::kPolicyRefused, path, "this policy is larger than 4 MiB",
                     "put long lists into files of their own");
  }
  auto source = std::make_shared<PolicySource>();
  source->layer = layer;
  source->file = path;
  source->text.resize(kMaxPolicyBytes + 1);
  std::size_t size = 0;
  while (size < source->text.size()) {
    const ssize_t got = read(file.get(), source->text.data() + size, source->text.size() - size);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return FileError(ErrorCode::kUnreadableInput, path,
                       std::string("this policy cannot be read: ") + std::strerror(errno), "check the disk");
    }
    if (got == 0) {
      break;
    }
    size += static_cast<std::size_t>(got);
  }
  source->text.resize(size);
  source->text.shrink_to_fit();
  return std::shared_ptr<const PolicySource>(std::move(source));
}

Result<std::vector<std::shared_ptr<const PolicySource>>> ReadPolicyDirectory(const std::string& directory,
                                                                             const std::string& layer,
                                                                             FileTrust trust) {
  std::vector<std::shared_ptr<const PolicySource>> sources;
  struct stat info {};
  if (stat(directory.c_str(), &info) != 0) {
    if (errno == ENOENT) {
      return sources;
    }
    return FileError(ErrorCode::kPolicyRefused, directory,
                     std::string("this folder of policies cannot be read: ") + std::strerror(errno),
                     "check its permissions");
  }
  if (trust == FileTrust::kRootOwnedOnly) {
    if (Result<void> trusted = CheckTrustedFolder(info, directory); !trusted) {
      return std::move(trusted).error();
    }
  }
  DIR* folder = opendir(directory.c_str());
  if (folder == nullptr) {
    return FileError(ErrorCode::kPolicyRefused, directory,
                     std::string("this folder of policies cannot be read: ") + std::strerror(errno),
                     "check its permissions");
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(folder)) {
    const std::string name = entry->d_name;
    if (name.ends_with(".json") && name.front() != '.') {
      names.push_back(name);
    }
  }
  closedir(folder);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    auto source = ReadPolicyFile(directory + "/" + name, layer, trust);
    if (!source) {
      return std::move(source).error();
    }
    sources.push_back(std::move(source).value());
  }
  return sources;
}

}  // namespace lastlook
