// SPDX-License-Identifier: MPL-2.0
// The names that files have in a ZIP: fit for Windows, macOS, Linux and phones, and no two alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lastlook::zip {

// One name of a file, without folders: composed UTF-8; what separates folders, what a system refuses, control
// characters and those that turn the direction of writing become '_'; at most 200 bytes, with its extension.
std::string SafeName(std::string_view name);

// One for each of `names`, in their order. Of names that a system without letter case takes for one, the second is
// "name (2).ext". Linear in their number, however many are alike.
std::vector<std::string> DistinctNames(const std::vector<std::string>& names);

}  // namespace lastlook::zip
