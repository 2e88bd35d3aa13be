// SPDX-License-Identifier: MPL-2.0
// Japanese bank accounts: seven digits behind the kind of account with a bank nearby, and Japan Post's own numbers.
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {

void FindBankAccount(std::string_view text, const Chain& chain, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kBankAccount);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::size_t size = chain[i].size();
    std::size_t count = 0;
    if (size == 7) {
      count = 1;
    } else if (size == 5 && text[chain[i].begin] == '1') {  // ゆうちょ: 記号 1nnnn (-n) - 番号
      const bool has_second = i + 1 < chain.size() && (chain[i + 1].separator == '-' || chain[i + 1].separator == ' ');
      const bool check = has_second && chain[i + 1].size() == 1 && i + 2 < chain.size();
      const std::size_t number = check ? i + 2 : i + 1;
      if (has_second && (chain[number].size() == 7 || chain[number].size() == 8)) {
        count = number - i + 1;
      }
    } else if (size == 5 && text[chain[i].begin] == '0' && i + 2 < chain.size() && chain[i + 1].size() == 1 &&
               chain[i + 2].size() <= 7 && chain[i + 1].separator == '-' && chain[i + 2].separator == '-') {
      count = 3;  // 振替口座
    } else if (size == 8) {
      // 番号 of ゆうちょ, its 記号 written apart: "記号 11940 番号 12345671".
      const std::size_t from = CharactersBefore(text, chain[i].begin, 24);
      const std::string_view before = text.substr(from, chain[i].begin - from);
      if (before.find("記号") != std::string_view::npos && before.find("番号") != std::string_view::npos) {
        count = 1;
      }
    }
    if (count == 0) {
      continue;
    }
    const ChainWindow window(text, chain, i, count);
    const bool code_before = i > 0 && count == 1;  // "123-4567890" and the like are no accounts; "001 1234567" may be
    if (!window.StandsAlone() ||
        (code_before && chain[i].separator != ' ' && chain[i].separator != 'w' && chain[i].separator != ')' &&
         chain[i].separator != '(') ||
        !MayBegin(text, window.begin(), kType) || !MayEnd(text, window.end(), kType) ||
        IsInWebAddress(text, window.begin())) {
      continue;
    }
    Candidate found{DataType::kBankAccount, window.begin(), window.end(), window.Digits(), 0, 76};
    found.far_label = false;
    out->push_back(std::move(found));
  }
}

}  // namespace lastlook::detect
