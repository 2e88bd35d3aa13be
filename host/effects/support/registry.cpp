// SPDX-License-Identifier: MPL-2.0
#include "effects/registry.h"

#include "effects_registry.h"
#include "policy/schema_texts.h"

namespace lastlook {

std::span<const effects::RegistryRow> EffectRegistry() {
  return effects::kRegistry;
}

const effects::RegistryRow* FindEffect(std::string_view name) {
  return FindRow(EffectRegistry(), name);
}

const LocalizedText& EffectText(std::string_view name, std::string_view key) {
  static const SchemaTexts kTexts = ReadSchemaTexts(EffectRegistry());
  return kTexts.Find(name, key);
}

}  // namespace lastlook
