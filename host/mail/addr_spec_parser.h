// SPDX-License-Identifier: MPL-2.0
// One addr-spec and nothing else (RFC 5322 sections 3.4.1 and 4.4). Private to this folder.
#pragma once

#include <optional>
#include <string_view>

#include "mail/addr_spec.h"

namespace lastlook::address {

// The address that `text` is, with white space and comments around its words; nothing if it is not certainly one.
// REQUIRES: text is UTF-8.
std::optional<AddrSpec> ParseAddrSpec(std::string_view text);

// What stands between angle brackets: an addr-spec, or one behind an obsolete route ("@a,@b:c@d"), which RFC 5321
// appendix C says to ignore.
std::optional<AddrSpec> ParseAngleAddress(std::string_view inside);

}  // namespace lastlook::address
