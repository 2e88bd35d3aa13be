// SPDX-License-Identifier: MPL-2.0
// Japanese passports ("TK1234567") and residence cards ("AB12345678CD"): part numbers look the same, so only with a
// label.
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindTravelDocument(std::string_view text, const Chain& chain, Candidates* out) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::size_t size = chain[i].size();
    if (size != 7 && size != 8) {
      continue;
    }
    const bool passport = size == 7;
    const DataType type = passport ? DataType::kPassport : DataType::kResidenceCard;
    std::size_t begin = chain[i].begin;
    const bool apart = begin > 0 && text[begin - 1] == ' ';  // "TK 1234567"
    begin -= apart ? 1 : 0;
    if (begin < 2 || !IsUpper(text[begin - 1]) || !IsUpper(text[begin - 2]) ||
        (begin > 2 && (IsWordByte(text[begin - 3]) || text[begin - 3] == '-' || text[begin - 3] == '_'))) {
      continue;
    }
    begin -= 2;
    std::size_t end = chain[i].end;
    if (!passport) {
      const bool behind = end < text.size() && text[end] == ' ' && apart;
      const std::size_t letters = end + (behind ? 1 : 0);
      if (letters + 2 > text.size() || !IsUpper(text[letters]) || !IsUpper(text[letters + 1])) {
        continue;
      }
      end = letters + 2;
    }
    if (!MayEnd(text, end, MaskOf(type)) || IsInWebAddress(text, begin)) {
      continue;
    }
    std::string normalized(text.substr(begin, 2));
    normalized += text.substr(chain[i].begin, size);
    normalized += passport ? std::string_view() : text.substr(end - 2, 2);
    Candidate found{type, begin, end, std::move(normalized), 0, passport ? 76 : 78};
    found.far_label = false;
    out->push_back(std::move(found));
  }
}

}  // namespace lastlook::detect
