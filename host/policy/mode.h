// SPDX-License-Identifier: MPL-2.0
// What a matched rule asks for, in ascending strictness (design section 5).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace lastlook {

// The order is the precedence: a greater value is stricter.
enum class Mode { kOff, kSimulate, kWarn, kConfirm, kJustify, kHold, kApprove, kBlock };

std::string_view ModeName(Mode mode);  // "confirm"
std::optional<Mode> ModeFromName(std::string_view name);
std::vector<std::string_view> ModeNames();

}  // namespace lastlook
