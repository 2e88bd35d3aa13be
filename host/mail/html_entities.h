// SPDX-License-Identifier: MPL-2.0
// Character references (HTML Living Standard section 13.5). Private to this folder.
#pragma once

#include <string>
#include <string_view>

namespace lastlook::html {

// "A&amp;B" → "A&B". The text holds no tags.
std::string DecodeEntities(std::string_view text);

}  // namespace lastlook::html
