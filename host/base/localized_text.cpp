// SPDX-License-Identifier: MPL-2.0
#include "base/localized_text.h"

#include "base/text_fold.h"

namespace lastlook {

const std::string& LocalizedText::In(std::string_view language) const {
  static const std::string kNone;
  for (const std::string_view wanted : {language, kDefaultLanguage}) {
    if (const auto found = by_language_.find(std::string(wanted)); found != by_language_.end()) {
      return found->second;
    }
  }
  return by_language_.empty() ? kNone : by_language_.begin()->second;
}

std::string NormalizeLanguage(std::string_view tag) {
  const std::string primary = AsciiLower(tag.substr(0, tag.find_first_of("-_")));
  return primary == "ja" || primary == "zh" ? primary : std::string(kDefaultLanguage);
}

std::string FillText(std::string_view text, const TextArguments& arguments) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) {
      break;
    }
    out += text.substr(at, open - at);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    bool filled = false;
    for (const auto& [argument, value] : arguments) {
      if (argument == name) {
        out += value;
        filled = true;
        break;
      }
    }
    if (!filled) {
      out += text.substr(open, close - open + 1);
    }
    at = close + 1;
  }
  out += text.substr(at);
  return out;
}

}  // namespace lastlook
