// SPDX-License-Identifier: MPL-2.0
// Header fields as text (RFC 5322 section 2.2). Private to this folder.
#pragma once

#include <string>
#include <string_view>

namespace lastlook {

// The value of a field: unfolded, as UTF-8 (fields hold raw ISO-2022-JP, Shift_JIS and UTF-8 in practice), encoded
// words left as they are.
std::string HeaderValue(std::string_view raw);

// As HeaderValue, with encoded words decoded: for text, not for addresses, which are cut up first.
std::string HeaderText(std::string_view raw);

}  // namespace lastlook
