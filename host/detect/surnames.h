// SPDX-License-Identifier: MPL-2.0
// Surnames of Japan, China and Korea (data/surnames.txt).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lastlook::detect {

// Bytes of the longest Japanese surname that `text` begins with; 0 if none. `composed` also takes two characters of
// which most unlisted surnames are made (田 山 川 …).
std::size_t JapaneseSurname(std::string_view text, bool composed);
// How a Japanese surname is read, in katakana, the usual reading first: "コウノ", "カワノ" for 河野. Empty if it is not
// listed. The views live as long as the program.
std::vector<std::string_view> ReadingsOfSurname(std::string_view surname);
// The same for Chinese and Korean surnames.
std::size_t ChineseSurname(std::string_view text);
std::size_t KoreanSurname(std::string_view text);

// True if Japanese given names often end in this kanji ("子", "郎"); not those in which places and things do.
bool EndsGivenName(char32_t kanji);
// True for a reading of a Japanese surname in katakana ("サトウ").
bool IsSurnameInKatakana(std::string_view word);
// True for a surname of Japan or China or a common English given name in Latin letters, in lower case: "sato", "ohno",
// "wang", "mary".
bool IsNameInLatin(std::string_view lower_case);

}  // namespace lastlook::detect
