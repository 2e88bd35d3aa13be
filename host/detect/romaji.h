// SPDX-License-Identifier: MPL-2.0
// Japanese names in Latin letters, one spelling for all of them.
#pragma once

#include <string>
#include <string_view>

namespace lastlook::detect {

// Hepburn, Kunrei and passport spellings of one name made one: Itoh, Itou and Ito; Shinji and Sinzi. `word` is in lower
// case.
std::string PlainRomaji(std::string word);

// A word of hiragana or katakana in that spelling; "" if it has any other character.
std::string RomajiOfKana(std::string_view word);

}  // namespace lastlook::detect
