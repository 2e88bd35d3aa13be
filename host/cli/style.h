// SPDX-License-Identifier: MPL-2.0
// Weight and colour on a terminal (ECMA-48 SGR), or plain text.
#pragma once

#include <string>
#include <string_view>

namespace lastlook {

enum class Ink { kBold, kDim, kGreen, kYellow, kCyan, kRed };

class Style {
 public:
  explicit Style(bool enabled) : enabled_(enabled) {}

  std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool enabled_;
};

}  // namespace lastlook
