// SPDX-License-Identifier: MPL-2.0
// An addr-spec: local-part "@" domain (RFC 5322 section 3.4.1).
#pragma once

#include <string>
#include <string_view>

namespace lastlook {

struct AddrSpec {
  std::string local_part;  // as written, without quotes when they were not needed; full-width forms made plain
  std::string domain;      // lower case, A-labels (IDNA, UTS #46), no trailing dot; "[192.0.2.1]" for a domain literal

  // "local@domain"; the local-part is quoted again where RFC 5322 needs it.
  std::string ToString() const;

  // What two addresses are compared by: the local-part folded too. RFC 5321 section 2.4 leaves its case to the
  // receiving host; no mail provider in use tells them apart, and a guard must not either.
  std::string Key() const;

  bool operator==(const AddrSpec&) const = default;
};

// The domain as `AddrSpec::domain` holds it; "" if it is not a domain.
std::string NormalizeDomain(std::string_view typed);

}  // namespace lastlook
