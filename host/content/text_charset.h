// SPDX-License-Identifier: MPL-2.0
// Text files say nothing of their character set. Private to this folder.
#pragma once

#include <string>
#include <string_view>

namespace lastlook::content {

// As UTF-8: by a byte order mark, as UTF-16 by its zeros, ISO-2022-JP, UTF-8, GB18030 where it reads as Chinese, else
// CP932 or EUC-JP or windows-1252 (mail/charset.h). Never fails.
std::string DecodeText(std::string_view bytes);

// False where there are control characters that no text has. Looks at the first 64 KiB.
bool LooksLikeText(std::string_view bytes);

}  // namespace lastlook::content
