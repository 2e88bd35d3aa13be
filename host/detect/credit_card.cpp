// SPDX-License-Identifier: MPL-2.0
// Numbers of payment cards: Luhn, an issuer's range, and the groups in which cards are printed.
#include <array>

#include "detect/check_digits.h"
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

constexpr std::array<std::array<std::size_t, 5>, 5> kLayouts = {
    {{4, 4, 4, 4, 3}, {4, 4, 4, 4, 0}, {4, 6, 5, 0, 0}, {4, 6, 4, 0, 0}, {4, 4, 4, 3, 0}}};

std::size_t CountGroups(const Chain& chain, std::size_t first, const std::array<std::size_t, 5>& layout) {
  std::size_t count = 0;
  for (const std::size_t size : layout) {
    if (size == 0) {
      break;
    }
    if (first + count >= chain.size() || chain[first + count].size() != size) {
      return 0;
    }
    ++count;
  }
  return count;
}

void TryWindow(std::string_view text, const ChainWindow& window, Candidates* out) {
  constexpr TypeMask kType = MaskOf(DataType::kCreditCard);
  const char separator = window.OneSeparator();
  if (window.count() > 1 && separator != ' ' && separator != '-' && separator != '.') {
    return;
  }
  const std::string digits = window.Digits();
  if (!IsCreditCard(digits) || !window.StandsAlone() || !MayBegin(text, window.begin(), kType) ||
      !MayEnd(text, window.end(), kType) || IsInWebAddress(text, window.begin())) {
    return;
  }
  // Of 13 digits one in nine is a corporate number and many are JAN codes; only a label tells.
  const int base = IsTestCard(digits) ? 65 : digits.size() == 13 ? 0 : 75;
  out->push_back({DataType::kCreditCard, window.begin(), window.end(), digits, base, IsTestCard(digits) ? 65 : 95});
}

}  // namespace

void FindCreditCard(std::string_view text, const Chain& chain, Candidates* out) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const std::size_t size = chain[i].size();
    if (size >= 13 && size <= 19) {
      TryWindow(text, ChainWindow(text, chain, i, 1), out);
    } else if (size == 4) {
      for (const auto& layout : kLayouts) {
        if (const std::size_t count = CountGroups(chain, i, layout)) {
          TryWindow(text, ChainWindow(text, chain, i, count), out);
        }
      }
    }
  }
}

}  // namespace lastlook::detect
