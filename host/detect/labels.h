// SPDX-License-Identifier: MPL-2.0
// Words beside a number that say what it is ("個人番号", "credit card") or what it is not ("注文番号", "tracking no").
// Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detect/personal_data.h"

namespace lastlook::detect {

using TypeMask = std::uint32_t;
constexpr TypeMask MaskOf(DataType type) {
  return TypeMask{1} << static_cast<unsigned>(type);
}

struct Label {
  std::string text;          // folded, lower case
  TypeMask says = 0;         // the types it is a label of
  bool other_thing = false;  // it names a thing that is no personal datum, whatever stands beside it
  bool maybe_other = false;  // so, but only right beside the number ("order", "invoice")
  bool sample = false;       // "見本", "dummy": what stands beside it is made up
  bool bank = false;         // a word of banking: an account number needs one beside its label
};

struct LabelPlace {
  std::size_t begin = 0;  // bytes of the folded text
  std::size_t end = 0;
  const Label* label = nullptr;
};

// The longest label that begins at `at`, or null. An ASCII label stands alone among ASCII letters; "-" and "_" are
// blanks in it.
const Label* LabelAt(std::string_view folded, std::size_t at);

// Every label in the text, from left to right; none inside another.
std::vector<LabelPlace> LabelsIn(std::string_view folded);

// The labels of one folded chunk, looked up where they are asked for and nowhere twice.
class LabelScanner {
 public:
  void Start(std::string_view folded);

  // Labels that begin in [from, to), by where they begin. REQUIRES: `from` does not fall between calls by more than
  // what a caller looks back, or labels may be missing there.
  struct Range {
    std::vector<LabelPlace>::const_iterator begin_;
    std::vector<LabelPlace>::const_iterator end_;
    auto begin() const { return begin_; }
    auto end() const { return end_; }
  };
  Range In(std::size_t from, std::size_t to);

 private:
  std::string_view text_;
  std::vector<LabelPlace> places_;
  std::size_t scanned_to_ = 0;
};

}  // namespace lastlook::detect
