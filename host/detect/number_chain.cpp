// SPDX-License-Identifier: MPL-2.0
#include "detect/number_chain.h"

#include <algorithm>
#include <iterator>

#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

// The separator at `at` and where the next group would begin; 0 if none.
char ReadSeparator(std::string_view text, std::size_t* at) {
  std::size_t place = *at;
  const auto skip_blanks = [&text, &place] {
    std::size_t blanks = 0;
    while (place < text.size() && text[place] == ' ' && blanks < 4) {
      ++place;
      ++blanks;
    }
    return blanks;
  };
  const std::size_t before = skip_blanks();
  char separator = 0;
  if (place < text.size()) {
    const char c = text[place];
    if (c == '-' || c == '.' || c == '(' || c == ')' || c == '|') {
      separator = c;
      ++place;
    } else if (IsWideJoint(text, place)) {
      separator = text.substr(place).starts_with("・") ? '.' : '-';
      place += 3;
    }
  }
  const bool blank_only = separator == 0;
  const std::size_t behind = blank_only ? 0 : skip_blanks();
  if (place >= text.size() || !IsDigit(text[place])) {
    return 0;
  }
  if (blank_only) {
    separator = before == 0 ? '\0' : before == 1 ? ' ' : 'w';
  } else if (separator == '.' && before + behind > 0) {
    return 0;  // the end of a sentence
  } else if (separator == '-' && before != behind) {
    return 0;  // "1 -2"
  }
  *at = place;
  return separator;
}

}  // namespace

bool IsWideJoint(std::string_view text, std::size_t at) {
  if (at >= text.size() || static_cast<unsigned char>(text[at]) < 0xE2) {
    return false;
  }
  // The dashes that folding leaves, and the dot that some write instead.
  constexpr std::string_view kJoints[] = {"ー", "─", "－", "–", "・"};
  return std::find(std::begin(kJoints), std::end(kJoints), text.substr(at, 3)) != std::end(kJoints);
}

void ReadChain(std::string_view text, std::size_t at, std::vector<DigitGroup>* chain) {
  chain->clear();
  char separator = 0;
  do {
    const std::size_t begin = at;
    while (at < text.size() && IsDigit(text[at])) {
      ++at;
    }
    chain->push_back({begin, at, separator});
    separator = ReadSeparator(text, &at);
  } while (separator != 0);
}

std::string ChainWindow::Digits() const {
  std::string digits;
  for (std::size_t i = 0; i < count_; ++i) {
    const DigitGroup& group = chain_[first_ + i];
    digits += text_.substr(group.begin, group.size());
  }
  return digits;
}

std::size_t ChainWindow::DigitCount() const {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    digits += chain_[first_ + i].size();
  }
  return digits;
}

char ChainWindow::OneSeparator() const {
  const char separator = count_ > 1 ? chain_[first_ + 1].separator : '\0';
  for (std::size_t i = 2; i < count_; ++i) {
    if (chain_[first_ + i].separator != separator) {
      return 0;
    }
  }
  return separator;
}

bool ChainWindow::StandsAlone() const {
  const auto ties = [](char separator) { return separator == '-' || separator == '.'; };
  const bool has_before = first_ > 0;
  const bool has_behind = first_ + count_ < chain_.size();
  if (has_before && ties(chain_[first_].separator)) {
    return false;
  }
  if (has_behind && ties(chain_[first_ + count_].separator)) {
    return false;
  }
  if (count_ > 1 && OneSeparator() == ' ') {
    const bool goes_on = has_behind && chain_[first_ + count_].separator == ' ' &&
                         chain_[first_ + count_].size() == chain_[first_].size();
    const bool went_on =
        has_before && chain_[first_].separator == ' ' && chain_[first_ - 1].size() == chain_[first_].size();
    return !goes_on && !went_on;
  }
  return true;
}

}  // namespace lastlook::detect
