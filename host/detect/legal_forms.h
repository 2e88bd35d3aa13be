// SPDX-License-Identifier: MPL-2.0
// The legal form in the name of an organisation, and the name without it. Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::detect {

// What `name` is compared by: the row of its characters without the legal form and branch. Where fewer than `least` are
// left, the rows of the whole name as it may be written ("株式会社X" and "(株)X"), or none if it has no form.
std::vector<std::u32string> NameKeys(std::string_view name, std::size_t least);

}  // namespace lastlook::detect
