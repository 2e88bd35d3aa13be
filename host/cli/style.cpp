// SPDX-License-Identifier: MPL-2.0
#include "cli/style.h"

namespace lastlook {
namespace {

std::string_view Code(Ink ink) {
  switch (ink) {
    case Ink::kBold:
      return "1";
    case Ink::kDim:
      return "2";
    case Ink::kGreen:
      return "1;32";
    case Ink::kYellow:
      return "1;33";
    case Ink::kCyan:
      return "1;36";
    case Ink::kRed:
      return "1;31";
  }
  return "0";
}

}  // namespace

std::string Style::operator()(Ink ink, std::string_view text) const {
  if (!enabled_) {
    return std::string(text);
  }
  return "\x1b[" + std::string(Code(ink)) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace lastlook
