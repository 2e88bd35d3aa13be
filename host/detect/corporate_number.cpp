// SPDX-License-Identifier: MPL-2.0
// 法人番号, and with "T" in front the number of an invoice issuer. Public; it says which company a text is about.
#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindCorporateNumber(std::string_view text, const Chain& chain, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kCorporateNumber);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    std::size_t count = 0;
    if (chain[i].size() == 13) {
      count = 1;
    } else if (i + 3 < chain.size() && chain[i].size() == 1 && chain[i + 1].size() == 4 && chain[i + 2].size() == 4 &&
               chain[i + 3].size() == 4) {
      count = 4;
    } else {
      continue;
    }
    const ChainWindow window(text, chain, i, count);
    if (count == 4 && window.OneSeparator() != ' ' && window.OneSeparator() != '-') {
      continue;
    }
    const std::string digits = window.Digits();
    if (!IsCorporateNumber(digits)) {
      continue;
    }
    // The "T" of an invoice issuer is the label, not part of the number.
    std::size_t before = window.begin();
    if (before > 0 && text[before - 1] == '-') {
      --before;
    }
    const bool invoice_issuer = before > 0 && (text[before - 1] == 'T' || text[before - 1] == 't') &&
                                (before == 1 || !IsWordByte(text[before - 2]));
    if (!window.StandsAlone() || !MayEnd(text, window.end(), kType) || IsInWebAddress(text, window.begin()) ||
        (!invoice_issuer && !MayBegin(text, window.begin(), kType))) {
      continue;
    }
    Candidate found{DataType::kCorporateNumber, window.begin(), window.end(), digits, invoice_issuer ? 85 : 0, 85};
    found.settled = invoice_issuer;
    out->push_back(std::move(found));
  }
}

}  // namespace lastlook::detect
