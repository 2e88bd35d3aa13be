// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_schema.h"

#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "cli_policy_schema.h"
#include "cli_settings_schema.h"
#include "conditions/registry.h"
#include "effects/registry.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

Result<OrderedJson> Parse(std::string_view text) {
  OrderedJson json = OrderedJson::parse(text, nullptr, false);
  return json.is_discarded()
             ? Result<OrderedJson>(Error{ErrorCode::kInternalError, "a compiled-in schema is no JSON", "", ""})
             : Result<OrderedJson>(std::move(json));
}

// One member of {"<name>": parameters}: what the name may be, and what its parameters.
template <typename Registry>
Result<OrderedJson> OneOfRegistry(const Registry& registry, OrderedJson properties) {
  for (const auto& row : registry) {
    Result<OrderedJson> schema = Parse(row.schema);
    if (!schema) {
      return schema;
    }
    for (const char* own : {"$schema", "$id", "x-texts", "x-needs"}) {
      schema->erase(own);
    }
    properties[std::string(row.name)] = *std::move(schema);
  }
  // Exactly one of them; keys that begin with "x-" are for tools and do not count.
  OrderedJson one_of = OrderedJson::array();
  for (const auto& [name, schema] : properties.items()) {
    one_of.push_back({{"required", OrderedJson::array({name})}});
  }
  return OrderedJson{{"type", "object"},
                     {"additionalProperties", false},
                     {"patternProperties", {{"^x-", OrderedJson::object()}}},
                     {"properties", std::move(properties)},
                     {"oneOf", std::move(one_of)}};
}

// The skeleton with this version's conditions, effects and settings.
Result<OrderedJson> WholePolicy() {
  const OrderedJson condition = {{"$ref", "#/definitions/condition"}};
  const OrderedJson several = {{"type", "array"}, {"minItems", 1}, {"items", condition}};
  Result<OrderedJson> schema = Parse(generated::k_cli_policy_schema);
  Result<OrderedJson> settings = Parse(generated::k_cli_settings_schema);
  Result<OrderedJson> conditions =
      OneOfRegistry(ConditionRegistry(), {{"all", several}, {"any", several}, {"not", condition}});
  Result<OrderedJson> effects = OneOfRegistry(EffectRegistry(), OrderedJson::object());
  for (const Result<OrderedJson>* part : {&settings, &conditions, &effects}) {
    if (!schema || !*part) {
      return !schema ? schema : *part;
    }
  }
  settings->erase("$schema");
  settings->erase("$id");
  (*schema)["definitions"]["settings"] = *std::move(settings);
  (*schema)["definitions"]["condition"] = *std::move(conditions);
  (*schema)["definitions"]["effect"] = *std::move(effects);
  return schema;
}

Result<OrderedJson> Named(const std::string& name) {
  if (name.empty()) {
    return WholePolicy();
  }
  if (name == "settings") {
    return Parse(generated::k_cli_settings_schema);
  }
  std::vector<std::string> known = {"settings"};
  for (const auto& row : ConditionRegistry()) {
    if (row.name == name) {
      return Parse(row.schema);
    }
    known.emplace_back(row.name);
  }
  for (const auto& row : EffectRegistry()) {
    if (row.name == name) {
      return Parse(row.schema);
    }
    known.emplace_back(row.name);
  }
  return Error{ErrorCode::kWrongUse, "there is no condition, effect or \"settings\" of the name \"" + name + "\"",
               SuggestName(name, known), ""};
}

}  // namespace

int RunPolicySchema(const std::string& name, const Streams& streams) {
  const Result<OrderedJson> schema = Named(name);
  if (!schema) {
    return Complain(schema.error(), streams);
  }
  streams.out << schema->dump(2) << "\n";
  return kExitOk;
}

}  // namespace lastlook
