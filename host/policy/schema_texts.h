// SPDX-License-Identifier: MPL-2.0
// The texts that schemas of conditions and effects carry under "x-texts": key → language → text.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/localized_text.h"

namespace lastlook {

// The texts of all schemas of one registry. Made once, then constant.
class SchemaTexts {
 public:
  // REQUIRES: `schema` is one of the compiled-in schemas (a test reads them all).
  void Add(std::string_view name, std::string_view schema);

  // An empty text if there is none.
  const LocalizedText& Find(std::string_view name, std::string_view key) const;

 private:
  using Texts = std::map<std::string, LocalizedText, std::less<>>;
  std::map<std::string, Texts, std::less<>> texts_;
};

template <typename Registry>
SchemaTexts ReadSchemaTexts(const Registry& registry) {
  SchemaTexts texts;
  for (const auto& row : registry) {
    texts.Add(row.name, row.schema);
  }
  return texts;
}

// The row of that name, or null.
template <typename Registry>
auto FindRow(const Registry& registry, std::string_view name) -> decltype(&registry[0]) {
  for (const auto& row : registry) {
    if (row.name == name) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace lastlook
