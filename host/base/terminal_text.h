// SPDX-License-Identifier: MPL-2.0
// Text from mails and policies as it may stand on a terminal: aligned, and without power over it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lastlook {

// How many columns `utf8` takes: wide and full-width characters take two (UAX #11), combining ones none.
std::size_t DisplayWidth(std::string_view utf8);

// One line that a terminal only shows: white space of every kind becomes a space, control and bidirectional
// formatting characters (they could rewrite the screen or turn an address around) become U+FFFD.
std::string PrintableLine(std::string_view utf8);

// The first columns of `utf8`, with "…" at the end where something was cut off. REQUIRES: columns ≥ 1.
std::string CutToWidth(std::string_view utf8, std::size_t columns);

// `utf8` with spaces up to `columns`.
std::string PadToWidth(std::string_view utf8, std::size_t columns);

}  // namespace lastlook
