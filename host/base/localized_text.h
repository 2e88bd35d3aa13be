// SPDX-License-Identifier: MPL-2.0
// Texts by language, as policies and schemas hold them: {"ja":"…","en":"…","zh":"…"}.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lastlook {

inline constexpr std::string_view kDefaultLanguage = "en";

class LocalizedText {
 public:
  LocalizedText() = default;
  explicit LocalizedText(std::map<std::string, std::string> by_language) : by_language_(std::move(by_language)) {}

  bool empty() const { return by_language_.empty(); }
  const std::map<std::string, std::string>& by_language() const { return by_language_; }

  // In `language` if there is such a text, else in English, else in any; "" if there is none.
  const std::string& In(std::string_view language) const;

  bool operator==(const LocalizedText&) const = default;

 private:
  std::map<std::string, std::string> by_language_;
};

// "ja-JP" → "ja", "zh_CN" → "zh"; anything that is not ja, en or zh → "en".
std::string NormalizeLanguage(std::string_view tag);

// Puts values into "{name}" places. A name without a value stays as it is.
using TextArguments = std::vector<std::pair<std::string, std::string>>;
std::string FillText(std::string_view text, const TextArguments& arguments);

}  // namespace lastlook
