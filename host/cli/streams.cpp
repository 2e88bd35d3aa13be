// SPDX-License-Identifier: MPL-2.0
#include "cli/streams.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "base/terminal_text.h"

namespace lastlook {
namespace {

bool WantsColour() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool forbidden = no_color != nullptr && *no_color != '\0';
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return isatty(STDOUT_FILENO) == 1 && !forbidden && !dumb;
}

}  // namespace

Streams StandardStreams() {
  return Streams{std::cin, std::cout, std::cerr, WantsColour()};
}

ExitStatus Complain(const Error& error, const Streams& streams) {
  streams.err << "lastlook: " << PrintableLine(DescribeError(error)) << "\n";
  return ExitStatusOf(error.code);
}

}  // namespace lastlook
