// SPDX-License-Identifier: MPL-2.0
// Files that a person named on the command line.
#pragma once

#include <cstddef>
#include <istream>
#include <string>

#include "base/result.h"

namespace lastlook {

// Mails, drafts, contexts and attachments: the largest mail file there is (mail_file/eml_reader.h).
inline constexpr std::size_t kMaxInputBytes = 64U << 20U;

// The whole of the file, or of `standard_input` where `path` is "-". Refuses directories, empty files and files over
// kMaxInputBytes, without reading them whole. Errors: kUnreadableInput with the file's name and a remedy.
Result<std::string> ReadInput(const std::string& path, std::istream& standard_input);

// As people know a file: the path, or "standard input".
std::string InputName(const std::string& path);

}  // namespace lastlook
