// SPDX-License-Identifier: MPL-2.0
// A mailbox: an address with a display name (RFC 5322 section 3.4), or what was typed instead of one.
#pragma once

#include <optional>
#include <string>

#include "mail/addr_spec.h"

namespace lastlook {

struct Mailbox {
  std::string display_name;         // decoded (RFC 2047), without quotes; may be empty
  std::optional<AddrSpec> address;  // absent: it could not be parsed, so nobody knows where it goes
  std::string typed;                // the piece of the field that this was, trimmed; "" where ToString() gives it back

  // "Name <local@domain>" fit for a header field, or `typed` if there is no address.
  std::string ToString() const;

  // The piece of the field that this was.
  std::string Typed() const;

  // The address for people and machines, or what was typed.
  std::string AddressOrTyped() const;
};

}  // namespace lastlook
