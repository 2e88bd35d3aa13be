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

#include "policy/list_file.h"
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

// What a file is called in the errors about it.
struct FileKind {
  const char* name;  // "policy"
  std::size_t max_bytes;
  const char* too_large;
  const char* smaller;  // the remedy for it
  int open_flags;
};
constexpr FileKind kPolicyFile = {"policy", kMaxPolicyBytes, "this policy is larger than 4 MiB",
                                  "put long lists into files of their own", 0};
// A link could lead out of the folder that root alone writes.
constexpr FileKind kListFile = {"list file", kMaxListFileBytes, "this list file is larger than 64 MiB",
                                "name domains instead of single addresses", O_NOFOLLOW};

Result<std::string> ReadBytes(const std::string& path, FileTrust trust, const FileKind& kind) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | kind.open_flags));
  struct stat info {};
  if (file.get() < 0 || fstat(file.get(), &info) != 0) {
    const bool is_link = errno == ELOOP && kind.open_flags != 0;
    return FileError(ErrorCode::kUnreadableInput, path,
                     std::string("this ") + kind.name +
                         " cannot be read: " + (is_link ? "it is a symbolic link" : std::strerror(errno)),
                     is_link ? "put the file itself there" : "check the path and its permissions");
  }
  if (!S_ISREG(info.st_mode)) {
    return FileError(ErrorCode::kUnreadableInput, path, "this is no regular file",
                     kind.open_flags != 0 ? "name a list file (CSV)" : "name a policy file (JSON)");
  }
  if (trust == FileTrust::kRootOwnedOnly) {
    if (Result<void> trusted = CheckTrusted(info, path); !trusted) {
      return std::move(trusted).error();
    }
  }
  if (static_cast<std::size_t>(info.st_size) > kind.max_bytes) {
    return FileError(ErrorCode::kPolicyRefused, path, kind.too_large, kind.smaller);
  }
  // One byte more than there should be: it may have grown, and what is too large is refused when it is parsed.
  std::string text(static_cast<std::size_t>(info.st_size) + 1, '\0');
  std::size_t size = 0;
  while (true) {
    if (size == text.size()) {
      text.resize(std::min(2 * text.size(), kind.max_bytes + 1));
    }
    const ssize_t got = read(file.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return FileError(ErrorCode::kUnreadableInput, path,
                       std::string("this ") + kind.name + " cannot be read: " + std::strerror(errno), "check the disk");
    }
    size += static_cast<std::size_t>(got);
    if (got == 0) {
      break;
    }
    if (size > kind.max_bytes) {
      return FileError(ErrorCode::kPolicyRefused, path, kind.too_large, kind.smaller);
    }
  }
  text.resize(size);
  text.shrink_to_fit();
  return text;
}

// The names of list files in a policy, with the pointers of the places that name them. Whatever else is wrong with it
// is said when it is read as a policy.
std::vector<std::pair<std::string, std::string>> ListFilesNamedIn(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> names;
  const Result<Json> json = ParseJson(text, {.max_depth = 32, .allow_comments = true});
  const auto member = [](const Json& object, const char* key) -> const Json* {
    if (!object.is_object()) {
      return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
  };
  const Json* lists = json ? member(*json, "lists") : nullptr;
  if (lists == nullptr || !lists->is_object()) {
    return names;
  }
  for (const auto& [name, list] : lists->items()) {
    const Json* extend = member(list, "extend");
    const Json* file = member(extend != nullptr ? *extend : list, "file");
    if (file != nullptr && file->is_string() && IsListFileName(file->get<std::string>())) {
      names.emplace_back(file->get<std::string>(),
                         "/lists" + PointerStep(name) + (extend != nullptr ? "/extend/file" : "/file"));
    }
  }
  return names;
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

}  // namespace

Result<std::shared_ptr<const PolicySource>> ReadPolicyFile(const std::string& path, PolicyLayer layer,
                                                           FileTrust trust) {
  Result<std::string> text = ReadBytes(path, trust, kPolicyFile);
  if (!text) {
    return std::move(text).error();
  }
  auto source = std::make_shared<PolicySource>(PolicySource{layer, path, std::move(text).value()});
  for (const auto& [name, pointer] : ListFilesNamedIn(source->text)) {
    if (source->list_files.contains(name)) {
      continue;
    }
    Result<std::string> bytes = ReadBytes(FolderOf(path) + name, trust, kListFile);
    if (!bytes) {
      // Said where the policy names it: that is the file the administrator has open.
      Error error = std::move(bytes).error();
      error.message = "the list file \"" + error.place.file + "\": " + error.message;
      error.place = SourcePlace();
      error.pointer = pointer;
      return AtOrigin(std::move(error), Origin{source, ""});
    }
    source->list_files.emplace(name, std::move(bytes).value());
  }
  return std::shared_ptr<const PolicySource>(std::move(source));
}

Result<std::vector<std::shared_ptr<const PolicySource>>> ReadPolicyDirectory(const std::string& directory,
                                                                             PolicyLayer layer, FileTrust trust) {
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
