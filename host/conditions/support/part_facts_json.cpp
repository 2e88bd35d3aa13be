// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/part_facts_json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "mail/part.h"
#include "mail/part_facts.h"

namespace lastlook {
namespace {

class GivenParts : public PartInspection {
 public:
  std::shared_ptr<const PartFacts> FactsOf(const Part& part) const override {
    const auto found = by_name.find(part.name);
    return found == by_name.end() ? nullptr : found->second;
  }
  std::map<std::string, std::shared_ptr<const PartFacts>> by_name;
};

// Members of one object; the first thing that is wrong stays.
class Members {
 public:
  Members(const Json& json, std::string pointer) : json_(json), pointer_(std::move(pointer)) {
    if (!json.is_object()) {
      Refuse("", "this is " + JsonTypeName(json), "write an object");
    }
  }

  std::string String(const char* key) {
    const Json* value = Find(key);
    if (value != nullptr && !value->is_string()) {
      Refuse(key, std::string("\"") + key + "\" is " + JsonTypeName(*value), "write a string");
      return "";
    }
    return value == nullptr ? "" : value->get<std::string>();
  }
  bool Boolean(const char* key) {
    const Json* value = Find(key);
    return value != nullptr && value->is_boolean() && value->get<bool>();
  }
  std::uint32_t Whole(const char* key) {
    const Json* value = Find(key);
    if (value != nullptr && !value->is_number_unsigned()) {
      Refuse(key, std::string("\"") + key + "\" is no whole number", "write one from 0 on");
      return 0;
    }
    return value == nullptr ? 0 : value->get<std::uint32_t>();
  }
  template <typename Enum>
  std::optional<Enum> Word(const char* key, std::optional<Enum> (*from_name)(std::string_view)) {
    const std::string name = String(key);
    if (name.empty()) {
      return std::nullopt;
    }
    const std::optional<Enum> value = from_name(name);
    if (!value) {
      Refuse(key, "\"" + name + "\" is no \"" + key + "\"", "write one of the words of the documentation");
    }
    return value;
  }
  // Calls `use` with the members of each object of an array.
  template <typename Use>
  void Each(const char* key, const Use& use) {
    const Json* value = Find(key);
    for (std::size_t i = 0; value != nullptr && value->is_array() && i < value->size(); ++i) {
      Members one((*value)[i], pointer_ + PointerStep(key) + PointerStep(i));
      if (!one.error_) {
        use(one);
      }
      if (one.error_ && !error_) {
        error_ = one.error_;
      }
    }
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const Json* Find(const char* key) const {
    if (!json_.is_object()) {
      return nullptr;
    }
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }
  void Refuse(const char* key, std::string message, std::string remedy) {
    if (!error_) {
      error_ = Error{ErrorCode::kContextInvalid, std::move(message), std::move(remedy),
                     *key == '\0' ? pointer_ : pointer_ + PointerStep(key)};
    }
  }

  const Json& json_;
  std::string pointer_;
  std::optional<Error> error_;
};

FileFacts ReadFile(Members* members) {
  FileFacts file;
  file.path = members->String("path");
  file.kind = members->Word("kind", &FileKindFromName).value_or(FileKind::kUnknown);
  file.encrypted = members->Boolean("encrypted");
  file.macros = members->Boolean("macros");
  file.label = members->String("label");
  file.uninspected = members->Word("uninspected", &UninspectedFromName);
  return file;
}

FactText ReadText(Members* members) {
  FactText text;
  text.entry = members->Whole("entry");
  text.unit = members->Word("unit", &TextUnitFromName).value_or(TextUnit::kWhole);
  text.name = members->String("name");
  text.number = members->Whole("number");
  text.hidden = members->Boolean("hidden");
  text.text = members->String("text");
  if (text.unit == TextUnit::kSheet) {
    text.anchors.push_back({0, {1, 1}});
  }
  const auto add = [](std::vector<NumberRange>* ranges) {
    return [ranges](Members& range) { ranges->push_back({range.Whole("first"), range.Whole("last")}); };
  };
  members->Each("hidden_columns", add(&text.hidden_columns));
  members->Each("hidden_rows", add(&text.hidden_rows));
  return text;
}

}  // namespace

Result<std::shared_ptr<const PartInspection>> PartsFromJson(const Json& json) {
  auto parts = std::make_shared<GivenParts>();
  if (!json.is_object()) {
    return Error{ErrorCode::kContextInvalid, "\"parts\" is " + JsonTypeName(json),
                 "write an object: the attachment's name, and what is inside", ""};
  }
  for (const auto& [name, value] : json.items()) {
    Members members(value, PointerStep(name));
    PartFacts facts;
    facts.entries.push_back(ReadFile(&members));
    members.Each("entries", [&facts](Members& one) { facts.entries.push_back(ReadFile(&one)); });
    members.Each("texts", [&facts](Members& one) { facts.texts.push_back(ReadText(&one)); });
    members.Each("hidden", [&facts](Members& one) {
      facts.hidden.push_back({one.Word("kind", &HiddenKindFromName).value_or(HiddenKind::kSheet), one.Whole("entry"),
                              one.String("name"), one.String("place"), one.Whole("count")});
    });
    if (members.error()) {
      return *members.error();
    }
    for (const FactText& text : facts.texts) {
      if (text.entry >= facts.entries.size()) {
        return Error{ErrorCode::kContextInvalid, "a text is of an entry that is not there", "give its \"entries\"",
                     PointerStep(name)};
      }
    }
    for (const HiddenThing& thing : facts.hidden) {
      if (thing.entry >= facts.entries.size()) {
        return Error{ErrorCode::kContextInvalid, "something hidden is of an entry that is not there",
                     "give its \"entries\"", PointerStep(name)};
      }
    }
    parts->by_name.emplace(name, std::make_shared<const PartFacts>(std::move(facts)));
  }
  return std::shared_ptr<const PartInspection>(std::move(parts));
}

}  // namespace lastlook
