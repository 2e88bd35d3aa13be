// SPDX-License-Identifier: MPL-2.0
// Random bytes that secrets are made of.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"

namespace lastlook {

// Gives that many bytes nobody can guess, or an error: never fewer, never weaker ones. A parameter wherever secrets are
// made, so that tests can see what happens without it.
using RandomSource = std::function<Result<std::string>(std::size_t count)>;

// The operating system's generator. Errors: kInternalError when it gives nothing.
Result<std::string> SystemRandom(std::size_t count);

}  // namespace lastlook
