// SPDX-License-Identifier: MPL-2.0
// Surnames of Japan, China and Korea (data/surnames.txt). Private to this folder.
#pragma once

#include <cstddef>
#include <string_view>

namespace lastlook::detect {

// Bytes of the longest Japanese surname that `text` begins with; 0 if none. `composed` also takes two characters of
// which most unlisted surnames are made (田 山 川 …).
std::size_t JapaneseSurname(std::string_view text, bool composed);
// The same for Chinese and Korean surnames.
std::size_t ChineseSurname(std::string_view text);
std::size_t KoreanSurname(std::string_view text);

}  // namespace lastlook::detect
