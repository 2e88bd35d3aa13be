// SPDX-License-Identifier: MPL-2.0
// The one door to the log (spdlog). Standard error only: standard output belongs to the frames. Never log mail text,
// subjects, names of files or recipients.
#pragma once

#include <string_view>

namespace lastlook {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Replaces spdlog's default logger, which would write to standard output. Call before anything else.
void StartLog(LogLevel lowest);

// Thread-safe.
void Log(LogLevel level, std::string_view message);

}  // namespace lastlook
