// SPDX-License-Identifier: MPL-2.0
// The end of a list's entry as people write it.
#pragma once

#include <optional>
#include <string_view>

#include "base/timestamp.h"

namespace lastlook {

// "2027-03-31", "2027/3/31", "2027.3.31", "2027年3月31日" (the day is included, in UTC: the answer is the moment after
// it) or a moment as RFC 3339 writes it.
std::optional<Timestamp> ParseListEnd(std::string_view text);

}  // namespace lastlook
