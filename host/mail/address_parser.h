// SPDX-License-Identifier: MPL-2.0
// Address lists as people and programs write them: RFC 5322 section 3.4 with its obsolete forms, and what real fields
// hold besides: full-width characters, international domains, several addresses run together, names of address-book
// lists.
#pragma once

#include <string_view>
#include <vector>

#include "mail/mailbox.h"

namespace lastlook {

// Every piece of `field` (UTF-8, unfolded or folded) becomes one mailbox, in order; groups become their members. A
// piece that is not certainly one address has no `address`: it is never guessed at. Linear time; never fails.
std::vector<Mailbox> ParseAddressList(std::string_view field);

// One mailbox; for a field with none or several, a mailbox without address that holds what was typed.
Mailbox ParseMailbox(std::string_view text);

}  // namespace lastlook
