// SPDX-License-Identifier: MPL-2.0
// lastlook scan: what personal data and secrets are in a text?
#pragma once

#include <string>

#include "cli/streams.h"

namespace lastlook {

enum class ScanFormat { kText, kJsonLines };

struct ScanOptions {
  ScanFormat format = ScanFormat::kText;
  std::string language = "en";
  std::string file;  // "-": standard input
};

// Returns the exit status: 0 whatever is found.
int RunScan(const ScanOptions& options, const Streams& streams);

}  // namespace lastlook
