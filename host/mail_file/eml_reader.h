// SPDX-License-Identifier: MPL-2.0
// Mail files (.eml, RFC 5322 with MIME) as drafts. GMime does the reading; its dynamic library is LGPL, so this folder
// is linked into the command line and the gateway only, never into the host.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "mail/draft.h"

namespace lastlook {

// Largest mail file that is read (a mail of 100 MB attached twice over base64 is not a mail).
inline constexpr std::size_t kMaxMailFileBytes = 64U << 20U;

// Reads one mail. Charsets ISO-2022-JP, CP932 (also where Shift_JIS is declared), EUC-JP, GB18030, UTF-8 … become
// UTF-8; attachments carry their decoded bytes; images that the HTML body shows (RFC 2387, Content-ID) are not
// attachments; a forwarded message/rfc822 part is one attachment. Errors: kUnreadableInput, for what is no mail at all.
Result<Draft> DraftFromMailFile(std::string_view bytes);

}  // namespace lastlook
