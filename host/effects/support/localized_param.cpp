// SPDX-License-Identifier: MPL-2.0
#include "effects/support/localized_param.h"

#include <map>
#include <utility>

#include "base/text_fold.h"

namespace lastlook {

LocalizedText LocalizedParam(ObjectReader* reader, const std::string& key) {
  const Json* json = reader->Find(key);
  std::map<std::string, std::string> texts;
  if (json != nullptr && json->is_string()) {
    texts.emplace(kDefaultLanguage, json->get<std::string>());
  } else if (json != nullptr && json->is_object()) {
    ObjectReader languages(*json, {"ja", "en", "zh"});
    for (const char* language : {"ja", "en", "zh"}) {
      if (auto text = languages.String(language)) {
        texts.emplace(language, *std::move(text));
      }
    }
    if (languages.error()) {
      reader->Refuse(Error(*languages.error()).Under(PointerStep(key)));
    }
  } else {
    reader->Refuse(key, "\"" + key + "\" is no text", R"(write a string, or { "ja": "…", "en": "…", "zh": "…" })");
  }
  for (const auto& [language, text] : texts) {
    if (TrimSpace(text).empty()) {
      reader->Refuse(key, "\"" + key + "\" is empty", "write what people are to read");
    }
  }
  return LocalizedText(std::move(texts));
}

}  // namespace lastlook
