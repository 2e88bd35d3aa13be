// SPDX-License-Identifier: MPL-2.0
#include "policy/schema_texts.h"

#include "base/json.h"

namespace lastlook {

void SchemaTexts::Add(std::string_view name, std::string_view schema) {
  const Result<Json> json = ParseJson(schema);
  if (!json || !json->contains("x-texts")) {
    return;
  }
  for (const auto& [key, languages] : (*json)["x-texts"].items()) {
    std::map<std::string, std::string> by_language;
    for (const auto& [language, text] : languages.items()) {
      by_language[language] = text.template get<std::string>();
    }
    texts_[std::string(name)][key] = LocalizedText(std::move(by_language));
  }
}

const LocalizedText& SchemaTexts::Find(std::string_view name, std::string_view key) const {
  static const LocalizedText kNone;
  const auto of_name = texts_.find(name);
  if (of_name == texts_.end()) {
    return kNone;
  }
  const auto found = of_name->second.find(key);
  return found == of_name->second.end() ? kNone : found->second;
}

}  // namespace lastlook
