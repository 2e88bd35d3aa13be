// SPDX-License-Identifier: MPL-2.0
// 個人番号 and driver's licences: twelve digits each, told apart by check digit and label.
#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindMyNumber(std::string_view text, const Chain& chain, Candidates* out) {
  constexpr TypeMask kTypes = MaskOf(DataType::kMyNumber) | MaskOf(DataType::kDriverLicense);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    std::size_t count = 0;
    if (chain[i].size() == 12) {
      count = 1;
    } else if (i + 2 < chain.size() && chain[i].size() == 4 && chain[i + 1].size() == 4 && chain[i + 2].size() == 4) {
      count = 3;
    } else {
      continue;
    }
    const ChainWindow window(text, chain, i, count);
    const char separator = window.OneSeparator();
    if (count == 3 && separator != ' ' && separator != '-' && separator != '.') {
      continue;
    }
    const std::string digits = window.Digits();
    const bool my_number = IsMyNumber(digits);
    const bool license = IsDriverLicense(digits);
    if ((!my_number && !license) || !window.StandsAlone() || !MayBegin(text, window.begin(), kTypes) ||
        !MayEnd(text, window.end(), kTypes) || IsInWebAddress(text, window.begin())) {
      continue;
    }
    if (my_number) {
      Candidate found{DataType::kMyNumber, window.begin(), window.end(), digits, 65, 90};
      found.own_digits = count == 1;
      out->push_back(std::move(found));
    }
    if (license) {
      Candidate found{DataType::kDriverLicense, window.begin(), window.end(), digits, 0, 88};
      out->push_back(std::move(found));
    }
  }
}

}  // namespace lastlook::detect
