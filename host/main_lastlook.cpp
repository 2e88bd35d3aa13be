// SPDX-License-Identifier: MPL-2.0
// `lastlook`, the command line.
#include <string>
#include <vector>

#include "base/log.h"
#include "cli/command_line.h"

int main(int argc, char** argv) {
  lastlook::StartLog(lastlook::LogLevel::kWarning);
  return lastlook::RunCommandLine(std::vector<std::string>(argv + 1, argv + argc), lastlook::StandardStreams());
}
