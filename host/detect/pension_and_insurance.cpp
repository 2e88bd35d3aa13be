// SPDX-License-Identifier: MPL-2.0
// 基礎年金番号 and 保険者番号: nothing without their labels.
#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindPensionNumber(std::string_view text, const Chain& chain, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kPensionNumber);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool grouped = i + 1 < chain.size() && chain[i].size() == 4 && chain[i + 1].size() == 6 &&
                         (chain[i + 1].separator == '-' || chain[i + 1].separator == ' ');
    if (!grouped && chain[i].size() != 10) {
      continue;
    }
    const ChainWindow window(text, chain, i, grouped ? 2 : 1);
    if (!window.StandsAlone() || !MayBegin(text, window.begin(), kType) || !MayEnd(text, window.end(), kType) ||
        IsInWebAddress(text, window.begin())) {
      continue;
    }
    Candidate found{DataType::kPensionNumber, window.begin(), window.end(), window.Digits(), 0, 78};
    found.far_label = false;
    out->push_back(std::move(found));
  }
}

void FindInsurerNumber(std::string_view text, const Chain& chain, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kInsurerNumber);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].size() != 8 && chain[i].size() != 6) {
      continue;
    }
    const ChainWindow window(text, chain, i, 1);
    const std::string digits = window.Digits();
    if (!IsInsurerNumber(digits) || !window.StandsAlone() || !MayBegin(text, window.begin(), kType) ||
        !MayEnd(text, window.end(), kType) || IsInWebAddress(text, window.begin())) {
      continue;
    }
    Candidate found{DataType::kInsurerNumber, window.begin(), window.end(), digits, 0, 85};
    found.far_label = false;
    out->push_back(std::move(found));
  }
}

}  // namespace lastlook::detect
