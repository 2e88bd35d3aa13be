// SPDX-License-Identifier: MPL-2.0
#include "cli/input_file.h"

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace lastlook {
namespace {

constexpr std::size_t kChunkBytes = 64U << 10U;

Error Unreadable(const std::string& path, std::string message, std::string remedy) {
  Error error{ErrorCode::kUnreadableInput, std::move(message), std::move(remedy), ""};
  error.place.file = InputName(path);
  return error;
}

Error TooLarge(const std::string& path) {
  return Unreadable(path, "this is larger than " + std::to_string(kMaxInputBytes >> 20U) + " MiB, too large for a mail",
                    "mail servers refuse it as well; make it smaller, or check the mail without its attachments");
}

Error CannotOpen(const std::string& path, int reason) {
  if (reason == EACCES || reason == EPERM) {
    return Unreadable(path, "this file may not be read", "change its permissions, or check it as another user");
  }
  return Unreadable(path, "this file cannot be read: " + std::generic_category().message(reason),
                    "choose another file");
}

Result<std::string> ReadAll(const std::string& path, std::istream& stream) {
  std::string bytes;
  std::array<char, kChunkBytes> chunk{};
  while (stream.read(chunk.data(), chunk.size()) || stream.gcount() > 0) {
    bytes.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > kMaxInputBytes) {
      return TooLarge(path);
    }
  }
  if (stream.bad()) {
    return CannotOpen(path, errno != 0 ? errno : EIO);
  }
  if (bytes.empty()) {
    return Unreadable(path, "this is empty", "save the mail again and check that file");
  }
  return bytes;
}

}  // namespace

std::string InputName(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

Result<std::string> ReadInput(const std::string& path, std::istream& standard_input) {
  if (path == "-") {
    return ReadAll(path, standard_input);
  }
  std::error_code problem;
  const std::filesystem::file_status status = std::filesystem::status(path, problem);
  if (status.type() == std::filesystem::file_type::not_found) {
    return Unreadable(path, "there is no such file", "check its name");
  }
  if (problem) {
    return CannotOpen(path, problem.value());
  }
  if (status.type() == std::filesystem::file_type::directory) {
    return Unreadable(path, "this is a directory", "name the mails in it, for example " + path + "/*.eml");
  }
  if (status.type() == std::filesystem::file_type::regular) {
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    if (!problem && size > kMaxInputBytes) {
      return TooLarge(path);
    }
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return CannotOpen(path, errno);
  }
  return ReadAll(path, file);
}

}  // namespace lastlook
