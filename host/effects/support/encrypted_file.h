// SPDX-License-Identifier: MPL-2.0
// Whether a file needs a password to be opened, by its first and last bytes and its directory.
#pragma once

#include <cstdint>
#include <string_view>

namespace lastlook {

enum class Encryption : std::uint8_t {
  kNone,    // or not known: then it is encrypted once more, which harms nobody
  kWhole,   // a ZIP of which each file is encrypted; an Office file with a password to open
  kPartly,  // a ZIP of which some files are encrypted and some are not
};

// Linear in the entries of a ZIP's directory. A PDF counts as kNone: whether it opens without a password cannot be seen
// without opening it, and many that are called encrypted do.
Encryption EncryptionOf(std::string_view bytes);

}  // namespace lastlook
