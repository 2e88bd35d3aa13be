// SPDX-License-Identifier: MPL-2.0
// Names of people that nothing names so: one in each line of a list, or in one column of a table without a header.
// Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct ListedName {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::string normalized;  // Japanese and Chinese names without blanks; Latin ones in their words
};

// The names in lists of at least five lines of which most have one in the same place. In order; the text may hold any
// bytes. Linear time: of lines without names only every few are looked at.
std::vector<ListedName> FindListedNames(std::string_view text);

}  // namespace lastlook::detect
