// SPDX-License-Identifier: MPL-2.0
// Social security numbers (US), resident registration numbers (Korea), resident identity numbers (China).
#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

void TrySsn(std::string_view text, const Chain& chain, std::size_t i, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kUsSsn);
  const bool grouped =
      chain[i].size() == 3 && i + 2 < chain.size() && chain[i + 1].size() == 2 && chain[i + 2].size() == 4;
  if (!grouped && chain[i].size() != 9) {
    return;
  }
  const ChainWindow window(text, chain, i, grouped ? 3 : 1);
  if (grouped && window.OneSeparator() != '-' && window.OneSeparator() != ' ') {
    return;
  }
  const std::string digits = window.Digits();
  if (!IsUsSsn(digits) || !window.StandsAlone() || !MayBegin(text, window.begin(), kType) ||
      !MayEnd(text, window.end(), kType) || IsInWebAddress(text, window.begin())) {
    return;
  }
  Candidate found{DataType::kUsSsn, window.begin(), window.end(), digits, 0, 88};
  found.far_label = grouped;
  out->push_back(std::move(found));
}

void TryRrn(std::string_view text, const Chain& chain, std::size_t i, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kKrRrn);
  const bool grouped = chain[i].size() == 6 && i + 1 < chain.size() && chain[i + 1].size() == 7 &&
                       (chain[i + 1].separator == '-' || chain[i + 1].separator == ' ');
  if (!grouped && chain[i].size() != 13) {
    return;
  }
  const ChainWindow window(text, chain, i, grouped ? 2 : 1);
  const std::string digits = window.Digits();
  if (!IsKrRrn(digits) || !window.StandsAlone() || !MayBegin(text, window.begin(), kType) ||
      !MayEnd(text, window.end(), kType) || IsInWebAddress(text, window.begin())) {
    return;
  }
  // Thirteen digits in a row are many things; so a label must say it, or the hyphen and the check digit.
  const bool checked = HasKrRrnCheckDigit(digits);
  const int base = !grouped ? 0 : chain[i + 1].separator == '-' ? (checked ? 85 : 75) : (checked ? 75 : 0);
  out->push_back({DataType::kKrRrn, window.begin(), window.end(), digits, base, 90});
}

void TryResidentId(std::string_view text, const Chain& chain, std::size_t i, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kCnResidentId);
  std::size_t count = 0;
  std::size_t size = chain[i].size();
  if (size == 18 || size == 17) {
    count = 1;
  } else if (size == 6 && i + 2 < chain.size() && chain[i + 1].size() == 8 &&
             (chain[i + 2].size() == 4 || chain[i + 2].size() == 3)) {
    count = 3;  // "110101 19900307 7758"
    size = 14 + chain[i + 2].size();
  } else {
    return;
  }
  const ChainWindow window(text, chain, i, count);
  if (count == 3 && window.OneSeparator() != ' ' && window.OneSeparator() != '-') {
    return;
  }
  std::string characters = window.Digits();
  std::size_t end = window.end();
  if (size == 17) {
    if (end >= text.size() || (text[end] != 'X' && text[end] != 'x')) {
      return;
    }
    characters += 'X';
    ++end;
  }
  if (!IsCnResidentId(characters) || !window.StandsAlone() || !MayBegin(text, window.begin(), kType) ||
      !MayEnd(text, end, kType) || IsInWebAddress(text, window.begin())) {
    return;
  }
  out->push_back({DataType::kCnResidentId, window.begin(), end, std::move(characters), 88, 95});
}

}  // namespace

void FindForeignId(std::string_view text, const Chain& chain, Candidates* out) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    TrySsn(text, chain, i, out);
    TryRrn(text, chain, i, out);
    TryResidentId(text, chain, i, out);
  }
}

}  // namespace lastlook::detect
