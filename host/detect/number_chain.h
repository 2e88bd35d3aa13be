// SPDX-License-Identifier: MPL-2.0
// Digits and what stands between them: "03-1234-5678", "4111 1111 1111 1111", "3|2|7|3". Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::detect {

struct DigitGroup {
  std::size_t begin = 0;  // bytes of the folded text
  std::size_t end = 0;
  // What stands before it, behind the group before: '-' (also " - ", "ー" and "─"), '.', '(', ')', '|', ' ', 'w' for a
  // wide gap, or 0 for the first.
  char separator = 0;

  std::size_t size() const { return end - begin; }
};

// True for one of the characters that join digits without being ASCII ("ー", "・"); false at the end of the text.
bool IsWideJoint(std::string_view text, std::size_t at);

// The chain that begins with the digit at `at`.
void ReadChain(std::string_view text, std::size_t at, std::vector<DigitGroup>* chain);

// Some neighbouring groups of a chain.
class ChainWindow {
 public:
  ChainWindow(std::string_view text, const std::vector<DigitGroup>& chain, std::size_t first, std::size_t count)
      : text_(text), chain_(chain), first_(first), count_(count) {}

  std::size_t begin() const { return chain_[first_].begin; }
  std::size_t end() const { return chain_[first_ + count_ - 1].end; }
  std::size_t count() const { return count_; }
  std::size_t size(std::size_t group) const { return chain_[first_ + group].size(); }
  char separator(std::size_t group) const { return chain_[first_ + group].separator; }  // before that group
  std::string Digits() const;
  std::size_t DigitCount() const;

  // The one separator between all its groups, or 0.
  char OneSeparator() const;
  // No group of the chain before or behind is tied to this by a hyphen or dot; nor, where its groups stand apart by
  // blanks, does another group of the same kind go on ("1234 5678 9012" in "1234 5678 9012 3456").
  bool StandsAlone() const;

 private:
  std::string_view text_;
  const std::vector<DigitGroup>& chain_;
  std::size_t first_;
  std::size_t count_;
};

}  // namespace lastlook::detect
