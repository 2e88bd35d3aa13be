// SPDX-License-Identifier: MPL-2.0
#include "cli/texts.h"

#include <cassert>

#include "base/json.h"
#include "cli_texts.h"

namespace lastlook {

Texts::Texts(std::string_view language) {
  const Result<Json> texts = ParseJson(generated::k_cli_texts);
  assert(texts.ok());
  if (!texts) {
    return;  // the keys stand for themselves
  }
  for (const auto& [key, by_language] : texts->items()) {
    by_key_.emplace(key, by_language.value(std::string(language), key));
  }
}

std::string Texts::operator()(std::string_view key, const TextArguments& arguments) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? std::string(key) : FillText(found->second, arguments);
}

}  // namespace lastlook
