// SPDX-License-Identifier: MPL-2.0
// International bank account numbers, in one piece or in groups of four.
#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindIban(std::string_view text, const Chain& chain, Candidates* out) {
  constexpr std::size_t kLongest = 34;
  constexpr std::size_t kShortest = 15;
  for (const DigitGroup& group : chain) {
    const std::size_t digits = group.begin;
    if (group.size() < 2 || digits < 2 || !IsAsciiLetter(text[digits - 1]) || !IsAsciiLetter(text[digits - 2])) {
      continue;
    }
    const std::size_t begin = digits - 2;
    if (begin > 0 && (IsWordByte(text[begin - 1]) || text[begin - 1] == '-' || text[begin - 1] == '_')) {
      continue;
    }
    // Every length that ends with a group may be the whole: a word may follow behind a blank.
    std::string characters;
    std::size_t at = begin;
    while (at < text.size() && characters.size() <= kLongest) {
      if (IsWordByte(text[at])) {
        characters += static_cast<char>(IsAsciiLetter(text[at]) ? text[at] & ~0x20 : text[at]);
        ++at;
        const bool ends = at == text.size() || !IsWordByte(text[at]);
        if (ends && characters.size() >= kShortest && IsIban(characters) && MayEnd(text, at, MaskOf(DataType::kIban)) &&
            !IsInWebAddress(text, begin)) {
          Candidate found{DataType::kIban, begin, at, characters, 90, 90};
          found.settled = true;
          out->push_back(std::move(found));
          break;
        }
        continue;
      }
      const bool joins = (text[at] == ' ' || text[at] == '-') && at + 1 < text.size() && IsWordByte(text[at + 1]);
      if (!joins) {
        break;
      }
      ++at;
    }
  }
}

}  // namespace lastlook::detect
