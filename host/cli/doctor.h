// SPDX-License-Identifier: MPL-2.0
// lastlook doctor: what would keep Lastlook on this machine from doing its work.
#pragma once

#include <string>

#include "cli/check.h"
#include "cli/streams.h"

namespace lastlook {

struct DoctorOptions {
  std::string language = "en";
  OutputFormat format = OutputFormat::kText;
};

// Changes nothing but what opening the store mends. Returns kExitFindings when something needs a person.
int RunDoctor(const DoctorOptions& options, const Streams& streams);

}  // namespace lastlook
