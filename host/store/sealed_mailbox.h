// SPDX-License-Identifier: MPL-2.0
// A name with its address, as it is sealed into the store. Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "base/crypto.h"
#include "mail/addr_spec.h"

namespace lastlook {

struct NamedAddress {
  AddrSpec address;
  std::string name;
};

// `purpose` names the table.
inline std::string SealNamed(const Sealer& sealer, const NamedAddress& person, std::string_view purpose) {
  return sealer.Seal(person.address.local_part + '\0' + person.address.domain + '\0' + person.name, purpose);
}

inline Result<NamedAddress> OpenNamed(const Sealer& sealer, std::string_view sealed, std::string_view purpose) {
  Result<std::string> plain = sealer.Open(sealed, purpose);
  if (!plain) {
    return std::move(plain).error();
  }
  const std::size_t first = plain->find('\0');
  const std::size_t second = first == std::string::npos ? first : plain->find('\0', first + 1);
  if (second == std::string::npos) {
    return Error{ErrorCode::kParseError, "this is no sealed address", "", ""};
  }
  return NamedAddress{{plain->substr(0, first), plain->substr(first + 1, second - first - 1)},
                      plain->substr(second + 1)};
}

}  // namespace lastlook
