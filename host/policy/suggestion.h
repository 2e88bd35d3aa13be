// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastlook {

// The name nearest to `wrong` by edit distance (a swap of neighbours counts once), or "" if none is near.
std::string NearestName(std::string_view wrong, const std::vector<std::string>& names);

// A remedy: `did you mean "x"? Known: a, b, c`.
std::string SuggestName(std::string_view wrong, const std::vector<std::string>& names);

}  // namespace lastlook
