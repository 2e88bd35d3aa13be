// SPDX-License-Identifier: MPL-2.0
#include "base/composed_text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/text_fold.h"

namespace lastlook {

std::string ComposeText(std::string_view utf8) {
  if (IsAscii(utf8)) {
    return std::string(utf8);
  }
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::string out;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const icu::UnicodeString composed = U_SUCCESS(status) ? nfc->normalize(text, status) : text;
  (U_SUCCESS(status) ? composed : text).toUTF8String(out);
  return out;
}

}  // namespace lastlook
