// SPDX-License-Identifier: MPL-2.0
// The program `lastlook`, without its process.
#pragma once

#include <string>
#include <vector>

#include "cli/streams.h"

namespace lastlook {

// Runs one command; `arguments` without the program's name. Returns the exit status.
int RunCommandLine(std::vector<std::string> arguments, const Streams& streams);

}  // namespace lastlook
