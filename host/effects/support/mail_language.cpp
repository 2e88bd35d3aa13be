// SPDX-License-Identifier: MPL-2.0
#include "effects/support/mail_language.h"

#include <cstddef>

namespace lastlook {
namespace {

// One ideograph or kana says about as much as two Latin letters.
constexpr std::size_t kLatinLettersPerCharacter = 2;

}  // namespace

std::string_view LanguageOf(std::string_view text) {
  std::size_t latin = 0;
  std::size_t kana = 0;
  std::size_t ideographs = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      ++latin;
      continue;
    }
    const auto lead = static_cast<unsigned char>(c);
    if (lead < 0xE3 || lead > 0xE9 || i + 2 >= text.size()) {
      continue;
    }
    const unsigned code = (lead & 0x0FU) << 12U | (static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U |
                          (static_cast<unsigned char>(text[i + 2]) & 0x3FU);
    kana += code >= 0x3041 && code <= 0x30FE ? 1 : 0;        // Hiragana, Katakana
    ideographs += code >= 0x4E00 && code <= 0x9FFF ? 1 : 0;  // CJK Unified Ideographs
  }
  if ((kana + ideographs) * kLatinLettersPerCharacter <= latin) {
    return "en";
  }
  return kana > 0 ? "ja" : "zh";
}

}  // namespace lastlook
