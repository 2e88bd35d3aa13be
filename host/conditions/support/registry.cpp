// SPDX-License-Identifier: MPL-2.0
#include "conditions/registry.h"

#include "conditions_registry.h"
#include "policy/schema_texts.h"

namespace lastlook {

std::span<const conditions::RegistryRow> ConditionRegistry() {
  return conditions::kRegistry;
}

const conditions::RegistryRow* FindCondition(std::string_view name) {
  return FindRow(ConditionRegistry(), name);
}

const LocalizedText& ConditionText(std::string_view name, std::string_view key) {
  static const SchemaTexts kTexts = ReadSchemaTexts(ConditionRegistry());
  return kTexts.Find(name, key);
}

}  // namespace lastlook
