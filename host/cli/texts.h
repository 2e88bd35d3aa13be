// SPDX-License-Identifier: MPL-2.0
// The command line's own words (texts.json), in one language.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/localized_text.h"

namespace lastlook {

class Texts {
 public:
  // `language` is "ja", "en" or "zh".
  explicit Texts(std::string_view language);

  // The text of `key`, with {places} filled. A key that texts.json lacks comes back as it is; a test finds such keys.
  std::string operator()(std::string_view key, const TextArguments& arguments = {}) const;

 private:
  std::map<std::string, std::string, std::less<>> by_key_;
};

}  // namespace lastlook
