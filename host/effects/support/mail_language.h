// SPDX-License-Identifier: MPL-2.0
// The language a mail is written in, as far as choosing one of the texts of a policy needs it.
#pragma once

#include <string_view>

namespace lastlook {

// "ja", "zh" or "en" (everything else), by the scripts of `text` (UTF-8). A name in another script does not decide.
std::string_view LanguageOf(std::string_view text);

}  // namespace lastlook
