// SPDX-License-Identifier: MPL-2.0
// lastlook decisions list|verify|export|erase: what was decided on this machine, for the person and the auditor.
#pragma once

#include <cstdint>
#include <string>

#include "cli/check.h"
#include "cli/streams.h"

namespace lastlook {

struct DecisionsOptions {
  std::string from;
  std::string until;
  std::int64_t last = 50;
  std::string head;    // verify: a head that was noted down
  std::string before;  // erase
  std::string person;  // erase
  std::string language = "en";
  OutputFormat format = OutputFormat::kText;
};

int RunDecisionsList(const DecisionsOptions& options, const Streams& streams);
// Returns kExitFindings when a record is wrong or missing.
int RunDecisionsVerify(const DecisionsOptions& options, const Streams& streams);
// JSON Lines: {seq, hash, previous, record_sha256, at, record | erased}.
int RunDecisionsExport(const DecisionsOptions& options, const Streams& streams);
int RunDecisionsErase(const DecisionsOptions& options, const Streams& streams);

}  // namespace lastlook
