// SPDX-License-Identifier: MPL-2.0
#include "policy/mode.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace lastlook {
namespace {

constexpr std::array<std::string_view, 8> kNames = {"off",     "simulate", "warn",    "confirm",
                                                    "justify", "hold",     "approve", "block"};

}  // namespace

std::string_view ModeName(Mode mode) {
  return kNames[static_cast<std::size_t>(mode)];
}

std::optional<Mode> ModeFromName(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) {
    return std::nullopt;
  }
  return static_cast<Mode>(found - kNames.begin());
}

std::vector<std::string_view> ModeNames() {
  return {kNames.begin(), kNames.end()};
}

}  // namespace lastlook
