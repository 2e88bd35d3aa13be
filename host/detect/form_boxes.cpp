// SPDX-License-Identifier: MPL-2.0
// One digit per box, as forms and their OCR give it: "3 2 7 3  4 2 7 4  2 9 3 8", "3|2|7|3|…". Nothing without a label.
#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindInBoxes(std::string_view text, const Chain& chain, Candidates* out) {
  for (std::size_t i = 0; i < chain.size();) {
    if (chain[i].size() != 1) {
      ++i;
      continue;
    }
    std::size_t count = 1;
    while (i + count < chain.size() && chain[i + count].size() == 1 && chain[i + count].separator != '.') {
      ++count;
    }
    const ChainWindow window(text, chain, i, count);
    const bool fits = (count >= 12 && count <= 16) &&
                      (i == 0 || chain[i].separator == ' ' || chain[i].separator == 'w') &&
                      (i + count == chain.size() || chain[i + count].separator != '-');
    i += count;
    if (!fits || !MayBegin(text, window.begin(), 0) || !MayEnd(text, window.end(), 0)) {
      continue;
    }
    const std::string digits = window.Digits();
    const auto add = [&](DataType type, int labelled) {
      Candidate found{type, window.begin(), window.end(), digits, 0, labelled};
      found.far_label = false;
      out->push_back(std::move(found));
    };
    if (count == 12 && IsMyNumber(digits)) {
      add(DataType::kMyNumber, 90);
    }
    if (count == 12 && IsDriverLicense(digits)) {
      add(DataType::kDriverLicense, 88);
    }
    if (count == 13 && IsCorporateNumber(digits)) {
      add(DataType::kCorporateNumber, 85);
    }
    if (count >= 14 && IsCreditCard(digits)) {
      add(DataType::kCreditCard, 95);
    }
  }
}

}  // namespace lastlook::detect
