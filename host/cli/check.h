// SPDX-License-Identifier: MPL-2.0
// lastlook check: what would happen to these mails?
#pragma once

#include <string>
#include <vector>

#include "cli/streams.h"

namespace lastlook {

enum class OutputFormat { kText, kJson };

struct CheckOptions {
  std::vector<std::string> policy_files;
  bool with_built_in = true;
  std::string context_file;  // empty: none
  std::string language = "en";
  OutputFormat format = OutputFormat::kText;
  std::vector<std::string> mails;
};

// Returns the exit status: the highest of the mails' dispositions and errors. A mail that cannot be read does not keep
// the others from being checked.
int RunCheck(const CheckOptions& options, const Streams& streams);

}  // namespace lastlook
