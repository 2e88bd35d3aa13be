// SPDX-License-Identifier: MPL-2.0
// lastlook history list|forget|silence|unsilence|status: what this machine remembers of sent mail.
#pragma once

#include <string>

#include "cli/check.h"
#include "cli/streams.h"

namespace lastlook {

struct HistoryOptions {
  std::string address;    // forget, silence, unsilence
  std::string condition;  // silence, unsilence
  std::string before;     // forget
  bool all = false;       // forget
  std::string language = "en";
  OutputFormat format = OutputFormat::kText;
};

int RunHistoryList(const HistoryOptions& options, const Streams& streams);
// Returns kExitFindings when there was nobody to forget.
int RunHistoryForget(const HistoryOptions& options, const Streams& streams);
int RunHistorySilence(const HistoryOptions& options, const Streams& streams);
// Returns kExitFindings when it was not silenced.
int RunHistoryUnsilence(const HistoryOptions& options, const Streams& streams);
int RunHistoryStatus(const HistoryOptions& options, const Streams& streams);

}  // namespace lastlook
