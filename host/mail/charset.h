// SPDX-License-Identifier: MPL-2.0
// Character sets of mail, as they are really used: what calls itself Shift_JIS holds ① and ㈱, and much calls itself
// nothing at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lastlook {

// `bytes` as UTF-8. A charset is read as the superset that mail programs write under its name (Shift_JIS as CP932,
// GB2312 as GB18030, ISO-8859-1 as windows-1252, ISO-2022-JP with half-width katakana). An empty or unknown charset is
// detected. What cannot be decoded becomes U+FFFD; never fails.
std::string DecodeCharset(std::string_view bytes, std::string_view charset);

// As DecodeCharset, for bytes without a (believable) charset: ISO-2022-JP by its escapes, else UTF-8, else CP932 or
// EUC-JP, whichever reads as Japanese, else windows-1252.
std::string DecodeUndeclared(std::string_view bytes);

}  // namespace lastlook
