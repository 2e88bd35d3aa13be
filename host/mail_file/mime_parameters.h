// SPDX-License-Identifier: MPL-2.0
// Parameters of Content-Type and Content-Disposition, as found in mail: RFC 2231 with its continuations and charsets,
// encoded words where RFC 2047 forbids them, raw UTF-8 and Shift_JIS. Private to this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace lastlook {

struct ParameterizedField {
  std::string value;                              // "attachment", in lower case
  std::map<std::string, std::string> parameters;  // by lower-case name, decoded
};

ParameterizedField ReadParameterizedField(std::string_view raw);

}  // namespace lastlook
