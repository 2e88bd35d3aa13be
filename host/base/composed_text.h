// SPDX-License-Identifier: MPL-2.0
// Text as it is shown and stored: Unicode NFC (UAX #15). Names of files from macOS come taken apart (か + ゛), which
// Windows shows as two characters.
#pragma once

#include <string>
#include <string_view>

namespace lastlook {

// Bytes that are not UTF-8 become U+FFFD.
std::string ComposeText(std::string_view utf8);

}  // namespace lastlook
