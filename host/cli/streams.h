// SPDX-License-Identifier: MPL-2.0
// Where a command reads and writes; tests give their own.
#pragma once

#include <istream>
#include <ostream>

#include "base/error.h"
#include "cli/exit_status.h"

namespace lastlook {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool colour = false;
};

// Standard input, output and error. Colour where output is a terminal and NO_COLOR (no-color.org) does not forbid it.
Streams StandardStreams();

// Writes "lastlook: …" to `streams.err`, one line, and returns the exit status that goes with the error.
ExitStatus Complain(const Error& error, const Streams& streams);

}  // namespace lastlook
