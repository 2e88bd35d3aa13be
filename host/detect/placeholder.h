// SPDX-License-Identifier: MPL-2.0
// Places in a text that were to be filled in: "{{name}}", "○○様", "[TODO]", "lorem ipsum".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct Placeholder {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
};

// `folded` is the sender's own text, folded. In order, without overlap. Linear time.
std::vector<Placeholder> FindPlaceholders(std::string_view folded);

}  // namespace lastlook::detect
