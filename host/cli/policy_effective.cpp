// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_effective.h"

#include <map>
#include <utility>

#include "base/json_writer.h"
#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "cli/style.h"
#include "engine/prepared_policy.h"
#include "policy/policy_json.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

// "rules/external/mode", "settings/hold.minutes", "lists/internal" → where the layers say it, the one that counts
// first. A list that a higher layer extends has several places.
using Provenance = std::map<std::string, std::vector<Origin>>;

Provenance ProvenanceOf(const Policy& policy) {
  Provenance why;
  for (const auto& [key, origin] : policy.setting_origins) {
    why["settings/" + key] = {origin};
  }
  for (const auto& [name, list] : policy.lists) {
    why["lists/" + name] = list.extended;
    why["lists/" + name].insert(why["lists/" + name].begin(), list.origin);
  }
  for (std::size_t i = 0; i < policy.organisations.size(); ++i) {
    why["lists/organisations/" + std::to_string(i)] = {policy.organisations[i].origin};
  }
  for (const auto& [name, group] : policy.groups) {
    why["groups/" + name] = {group.origin};
  }
  for (const Rule& rule : policy.rules) {
    for (const auto& [key, origin] : rule.keys) {
      why["rules/" + rule.id + "/" + key] = {origin};
    }
  }
  for (const Exemption& exemption : policy.exemptions) {
    why["exemptions/" + exemption.id] = {exemption.origin};
  }
  return why;
}

// What stands on one line when it fits there: a rule's small parts need no page of brackets.
constexpr std::size_t kShortLine = 100;

std::string PlaceText(const Origin& origin) {
  const SourcePlace place = AtOrigin(Error(), origin).place;
  const std::string layer(PolicyLayerName(origin.source->layer));
  const std::string where = PrintableLine(place.file) + ":" + std::to_string(place.line);
  return place.file == layer ? where : layer + " " + where;
}

// Writes JSON for people, and behind the parts that `why` knows the places where they were written.
class Printer {
 public:
  Printer(const Provenance* why, const Style& style) : why_(why), style_(style) {}

  std::string Print(const OrderedJson& json) {
    Value(json, "", "", "");
    return out_ + "\n";
  }

 private:
  // "settings/hold.minutes" may have nobody who said it: then it is the default.
  std::string Comment(const std::string& name) const {
    if (why_ == nullptr) {
      return "";
    }
    const auto found = why_->find(name);
    if (found == why_->end()) {
      return name.starts_with("settings/") ? "  " + style_(Ink::kDim, "// default") : "";
    }
    std::string places;
    for (const Origin& origin : found->second) {
      places += (places.empty() ? "" : ", ") + PlaceText(origin);
    }
    return "  " + style_(Ink::kDim, "// " + places);
  }

  // What a member of an array is known by in the provenance.
  static std::string NameOf(const OrderedJson& member, std::size_t index) {
    return member.is_object() && member.contains("id") ? member["id"].get<std::string>() : std::to_string(index);
  }

  // Depth is that of a policy's JSON. `after` stands behind the value: a comma, or nothing.
  void Value(const OrderedJson& json, const std::string& name, const std::string& indent, const char* after) {
    const std::string flat = DumpJson(json);
    const bool explained = why_ != nullptr && HasExplainedMembers(name);
    if (!json.is_structured() || json.empty() || (!explained && indent.size() + flat.size() <= kShortLine)) {
      out_ += flat + after + Comment(name);
      return;
    }
    const bool object = json.is_object();
    out_ += (object ? "{" : "[") + Comment(name) + "\n";
    const std::string inner = indent + "  ";
    std::size_t index = 0;
    for (const auto& [key, value] : json.items()) {
      const std::string step = object ? key : NameOf(value, index);
      const char* comma = ++index == json.size() ? "" : ",";
      out_ += inner;
      if (object) {
        AppendJsonString(key, &out_);
        out_ += ": ";
      }
      Value(value, name.empty() ? step : name + "/" + step, inner, comma);
      out_ += "\n";
    }
    out_ += indent + (object ? "}" : "]") + after;
  }

  bool HasExplainedMembers(const std::string& name) const {
    const std::string prefix = name + "/";
    const auto next = why_->lower_bound(prefix);
    return name.empty() || (next != why_->end() && next->first.starts_with(prefix));
  }

  const Provenance* why_;
  const Style& style_;
  std::string out_;
};

std::string AsJson(const OrderedJson& policy, const Provenance* why) {
  JsonWriter out;
  out.BeginObject().Key("policy").Value(policy);
  if (why != nullptr) {
    OrderedJson places = OrderedJson::object();
    for (const auto& [name, origins] : *why) {
      places[name] = OrderedJson::array();
      for (const Origin& origin : origins) {
        const SourcePlace place = AtOrigin(Error(), origin).place;
        places[name].push_back({{"layer", PolicyLayerName(origin.source->layer)},
                                {"file", place.file},
                                {"line", place.line},
                                {"column", place.column}});
      }
    }
    out.Key("why").Value(places);
  }
  return out.EndObject().Take() + "\n";
}

}  // namespace

int RunPolicyEffective(const PolicyEffectiveOptions& options, const Streams& streams) {
  const Result<PolicyLayers> layers = ReadPolicyOfUser(options.files, options.with_built_in, options.user, streams.err);
  if (!layers) {
    return Complain(layers.error(), streams);
  }
  const Result<Policy> policy = ReadPolicy(*layers, KnownVocabulary());
  if (!policy) {
    return Complain(policy.error(), streams);
  }
  const OrderedJson json = PolicyToJson(*policy);
  const Provenance provenance = options.why ? ProvenanceOf(*policy) : Provenance();
  const Provenance* why = options.why ? &provenance : nullptr;
  if (options.format == OutputFormat::kJson) {
    streams.out << AsJson(json, why);
  } else {
    streams.out << Printer(why, Style(streams.colour)).Print(json);
  }
  return kExitOk;
}

}  // namespace lastlook
