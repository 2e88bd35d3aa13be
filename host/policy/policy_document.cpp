// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "policy/condition_tree.h"
#include "policy/object_reader.h"
#include "policy/policy_test.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

constexpr std::size_t kLongestId = 100;

bool IsId(const std::string& id) {
  return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

// "1.2.3" as numbers; missing parts are 0, anything else refuses.
std::optional<std::array<int, 3>> ReadVersion(const std::string& text) {
  std::array<int, 3> version{};
  std::size_t part = 0;
  bool digits = false;
  for (const char c : text) {
    if (c == '.' && digits && part < 2) {
      ++part;
      digits = false;
    } else if (c >= '0' && c <= '9' && version.at(part) < 100000) {
      version.at(part) = version.at(part) * 10 + (c - '0');
      digits = true;
    } else {
      return std::nullopt;
    }
  }
  return digits ? std::optional(version) : std::nullopt;
}

// Reads one policy file; each member function reads one key.
class DocumentReader {
 public:
  DocumentReader(const std::shared_ptr<const PolicySource>& source, const Vocabulary& vocabulary)
      : source_(source), vocabulary_(vocabulary) {
    document_.source = source;
  }

  Result<PolicyDocument> Read(const Json& json) {
    ObjectReader top(json,
                     {"schema", "policy", "lists", "groups", "settings", "locked", "rules", "exemptions", "tests"});
    if (!top.error() && top.Find("schema") == nullptr) {
      top.Refuse(PolicyError("\"schema\" is missing", "begin the policy with \"schema\": 1"));
    }
    top.Whole("schema", 1, 1);
    const std::pair<const char*, Result<void> (DocumentReader::*)(const Json&)> readers[] = {
        {"policy", &DocumentReader::ReadHeader},         {"lists", &DocumentReader::ReadLists},
        {"groups", &DocumentReader::ReadGroups},         {"settings", &DocumentReader::ReadSettings},
        {"locked", &DocumentReader::ReadLocked},         {"rules", &DocumentReader::ReadRules},
        {"exemptions", &DocumentReader::ReadExemptions}, {"tests", &DocumentReader::ReadTests},
    };
    for (const auto& [key, read] : readers) {
      const Json* value = top.Find(key);
      if (value == nullptr || top.error()) {
        continue;
      }
      if (Result<void> done = (this->*read)(*value); !done) {
        top.Refuse(std::move(done).error().Under(PointerStep(key)));
      }
    }
    if (top.error()) {
      return *top.error();
    }
    return std::move(document_);
  }

 private:
  Origin At(const std::string& pointer) const { return {source_, pointer}; }

  Result<void> ReadHeader(const Json& json) {
    ObjectReader reader(json, {"id", "serial", "issued", "not_after", "min_host"});
    document_.id = reader.String("id");
    if (document_.id && !IsId(*document_.id)) {
      reader.Refuse("id", "\"" + *document_.id + "\" is no id", "use letters, digits, '.', '_' and '-'");
    }
    document_.serial = reader.Whole("serial", 0, INT64_MAX).value_or(0);
    for (const char* key : {"issued", "not_after"}) {
      const auto text = reader.String(key);
      if (text && !ParseTimestamp(*text)) {
        reader.Refuse(key, "\"" + *text + "\" is not a date and time", "write it like 2026-11-20T09:00:00+09:00");
      }
    }
    if (const auto text = reader.String("min_host")) {
      const auto wanted = ReadVersion(*text);
      if (!wanted) {
        reader.Refuse("min_host", "\"" + *text + "\" is no version", "write it like 1.0.0");
      } else if (*wanted > *ReadVersion(LASTLOOK_VERSION)) {
        reader.Refuse("min_host", "this policy needs Lastlook " + *text + ", this is " + LASTLOOK_VERSION,
                      "update Lastlook on this machine");
      }
    }
    return Outcome(reader);
  }

  Result<void> ReadLists(const Json& json) {
    if (!json.is_object()) {
      return PolicyError("\"lists\" is " + JsonTypeName(json), "write { \"internal\": [\"a.example\"] }");
    }
    for (const auto& [name, value] : json.items()) {
      if (name.starts_with("x-")) {
        continue;
      }
      Result<void> done = name == "organisations" ? ReadOrganisations(value) : ReadList(name, value);
      if (!done) {
        return std::move(done).error().Under(PointerStep(name));
      }
    }
    return {};
  }

  // [ … ] or {"extend": [ … ]}; `extends` says which.
  static Result<const Json*> Entries(const Json& json, bool* extends) {
    *extends = json.is_object();
    if (!json.is_object()) {
      return &json;
    }
    if (json.contains("file")) {
      return PolicyError("lists from files are not read by this version", "write the entries into the policy",
                         PointerStep("file"));
    }
    ObjectReader reader(json, {"extend"});
    if (reader.error()) {
      return *reader.error();
    }
    return reader.Find("extend");
  }

  Result<void> ReadList(const std::string& name, const Json& json) {
    if (!IsId(name) || name.find('.') != std::string::npos) {
      return PolicyError("\"" + name + "\" is no name for a list", "use letters, digits, '_' and '-', no dot");
    }
    ListDocument list;
    list.name = name;
    list.origin = At("/lists" + PointerStep(name));
    Result<const Json*> entries = Entries(json, &list.extends);
    if (!entries) {
      return std::move(entries).error();
    }
    if (!(*entries)->is_array() || !(*entries)->empty()) {  // an empty list is a list
      auto strings = StringsFromJson(**entries);
      if (!strings) {
        return std::move(strings).error().Under(list.extends ? "/extend" : "");
      }
      list.entries = std::move(strings).value();
    }
    document_.lists.push_back(std::move(list));
    return {};
  }

  Result<void> ReadOrganisations(const Json& json) {
    OrganisationsDocument out;
    Result<const Json*> entries = Entries(json, &out.extends);
    if (!entries) {
      return std::move(entries).error();
    }
    const std::string prefix = out.extends ? "/extend" : "";
    if (!(*entries)->is_array()) {
      return PolicyError("\"organisations\" is " + JsonTypeName(**entries),
                         "write [ { \"name\": \"…\", \"domains\": [\"a.example\"] } ]", prefix);
    }
    for (std::size_t i = 0; i < (*entries)->size(); ++i) {
      ObjectReader reader((**entries)[i], {"name", "domains"});
      Organisation organisation;
      organisation.name = reader.String("name").value_or("");
      organisation.domains = reader.Strings("domains").value_or(std::vector<std::string>());
      if (organisation.name.empty() || organisation.domains.empty()) {
        reader.Refuse(
            PolicyError("an organisation has a name and domains", "write { \"name\": \"…\", \"domains\": [\"…\"] }"));
      }
      AddressPatterns patterns;
      for (const std::string& domain : organisation.domains) {
        if (Result<void> added = patterns.Add(domain); !added) {
          reader.Refuse(std::move(added).error().Under("/domains"));
        }
      }
      if (reader.error()) {
        return Error(*reader.error()).Under(prefix + PointerStep(i));
      }
      out.organisations.push_back(std::move(organisation));
    }
    document_.organisations = std::move(out);
    return {};
  }

  Result<void> ReadGroups(const Json& json) {
    if (!json.is_object()) {
      return PolicyError("\"groups\" is " + JsonTypeName(json), "write { \"sales\": { \"addresses\": [\"…\"] } }");
    }
    for (const auto& [name, value] : json.items()) {
      if (name.starts_with("x-")) {
        continue;
      }
      ObjectReader reader(value, {"addresses"});
      GroupDocument group;
      group.name = name;
      group.origin = At("/groups" + PointerStep(name));
      group.addresses = reader.Strings("addresses").value_or(std::vector<std::string>());
      if (!IsId(name) || name.find('.') != std::string::npos) {
        reader.Refuse(
            PolicyError("\"" + name + "\" is no name for a group", "use letters, digits, '_' and '-', no dot"));
      }
      if (reader.error()) {
        return Error(*reader.error()).Under(PointerStep(name));
      }
      document_.groups.push_back(std::move(group));
    }
    return {};
  }

  Result<void> ReadSettings(const Json& json) {
    ObjectReader reader(json, {"confirm.ticks", "hold.minutes", "decisions.recipients"});
    document_.settings.confirm_ticks = reader.OneOf("confirm.ticks", {"outside", "all", "none"});
    if (const auto minutes = reader.Whole("hold.minutes", 0, 1440)) {
      document_.settings.hold_minutes = static_cast<int>(*minutes);
    }
    document_.settings.decisions_recipients =
        reader.OneOf("decisions.recipients", {"none", "count", "domain", "hmac", "clear"});
    return Outcome(reader);
  }

  Result<void> ReadLocked(const Json& json) {
    if (json.is_array() && json.empty()) {
      return {};
    }
    auto strings = StringsFromJson(json);
    return strings ? Result<void>() : Result<void>(std::move(strings).error());
  }

  Result<void> ReadRules(const Json& json) {
    if (!json.is_array()) {
      return PolicyError("\"rules\" is " + JsonTypeName(json), "write [ { \"id\": \"…\", … } ]");
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
      Result<RuleDocument> rule = ReadRule(json[i], At("/rules" + PointerStep(i)));
      if (!rule) {
        return std::move(rule).error().Under(PointerStep(i));
      }
      for (const RuleDocument& other : document_.rules) {
        if (other.id == rule->id) {
          return PolicyError("two rules have the id \"" + rule->id + "\"", "give each an id of its own",
                             PointerStep(i) + "/id");
        }
      }
      document_.rules.push_back(std::move(rule).value());
    }
    return {};
  }

  Result<RuleDocument> ReadRule(const Json& json, const Origin& origin) {
    ObjectReader reader(
        json, {"id", "mode", "scope", "if", "unless", "do", "offer", "message", "help", "final", "rollout_percent"});
    RuleDocument rule;
    rule.origin = origin;
    const auto id = reader.String("id");
    if (!id) {
      reader.Refuse(PolicyError("this rule has no id", "give it an \"id\": letters, digits, '.', '_' and '-'"));
    } else if (!IsId(*id)) {
      reader.Refuse("id", "\"" + *id + "\" is no id", "use letters, digits, '.', '_' and '-'");
    }
    rule.id = id.value_or("");
    std::vector<std::string> modes;
    for (const std::string_view mode : ModeNames()) {
      modes.emplace_back(mode);
    }
    if (const auto mode = reader.OneOf("mode", modes)) {
      rule.mode = ModeFromName(*mode);
    }
    Member(&reader, "scope", origin, &rule.scope,
           [&](const Json& value, const Origin& at) { return ReadScope(value, at); });
    const auto read_tree = [&](const Json& value, const Origin& at) {
      return ReadConditionTree(value, at, vocabulary_);
    };
    Member(&reader, "if", origin, &rule.condition, read_tree);
    Member(&reader, "unless", origin, &rule.unless, read_tree);
    const auto read_effects = [&](const Json& value, const Origin& at) { return ReadEffects(value, at, vocabulary_); };
    Member(&reader, "do", origin, &rule.obligations, read_effects);
    Member(&reader, "offer", origin, &rule.offers, read_effects);
    Member(&reader, "message", origin, &rule.message,
           [&](const Json& value, const Origin&) { return ReadMessage(value); });
    rule.help = reader.String("help");
    if (rule.help && !rule.help->starts_with("https://") && !rule.help->starts_with("http://")) {
      reader.Refuse("help", "\"help\" is no web address", "write an https:// address");
    }
    rule.final = reader.Boolean("final");
    if (const auto percent = reader.Whole("rollout_percent", 0, 100)) {
      rule.rollout_percent = static_cast<int>(*percent);
    }
    if (reader.error()) {
      return *reader.error();
    }
    return rule;
  }

  // Reads a member with `read`, which is told where it stands.
  template <typename T, typename Read>
  static void Member(ObjectReader* reader, const std::string& key, const Origin& origin, std::optional<T>* out,
                     Read read) {
    const Json* value = reader->Find(key);
    if (value == nullptr) {
      return;
    }
    Result<T> result = read(*value, Origin{origin.source, origin.pointer + PointerStep(key)});
    if (result) {
      *out = std::move(result).value();
    } else {
      reader->Refuse(std::move(result).error().Under(PointerStep(key)));
    }
  }

  static Result<LocalizedText> ReadMessage(const Json& json) {
    ObjectReader reader(json, {"ja", "en", "zh"});
    std::map<std::string, std::string> texts;
    for (const char* language : {"ja", "en", "zh"}) {
      if (const auto text = reader.String(language)) {
        texts[language] = *text;
      }
    }
    if (reader.error()) {
      return *reader.error();
    }
    return LocalizedText(std::move(texts));
  }

  Result<void> ReadExemptions(const Json& json) {
    if (!json.is_array()) {
      return PolicyError("\"exemptions\" is " + JsonTypeName(json), "write [ { \"id\": \"…\", … } ]");
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
      const Origin origin = At("/exemptions" + PointerStep(i));
      ObjectReader reader(json[i], {"id", "rules", "scope", "if", "reason", "owner", "until"});
      Exemption exemption;
      exemption.origin = origin;
      exemption.id = reader.String("id").value_or("");
      exemption.rules = reader.Strings("rules").value_or(std::vector<std::string>());
      exemption.reason = reader.String("reason").value_or("");
      exemption.owner = reader.String("owner").value_or("");
      Member(&reader, "scope", origin, &exemption.scope,
             [&](const Json& value, const Origin& at) { return ReadScope(value, at); });
      Member(&reader, "if", origin, &exemption.condition,
             [&](const Json& value, const Origin& at) { return ReadConditionTree(value, at, vocabulary_); });
      if (const auto until = reader.String("until")) {
        Result<Timestamp> moment = ParseTimestamp(*until);
        if (moment) {
          exemption.until = *moment;
        } else {
          reader.Refuse("until", "\"" + *until + "\" is not a date", "write it like 2027-03-31");
        }
      }
      if (!IsId(exemption.id) || exemption.rules.empty() || exemption.reason.empty() || exemption.owner.empty() ||
          !exemption.until) {
        reader.Refuse(PolicyError("an exemption has an id, rules, a reason, an owner and an end",
                                  "give \"id\", \"rules\", \"reason\", \"owner\" and \"until\""));
      }
      if (reader.error()) {
        return Error(*reader.error()).Under(PointerStep(i));
      }
      document_.exemptions.push_back(std::move(exemption));
    }
    return {};
  }

  Result<void> ReadTests(const Json& json) {
    Result<std::vector<PolicyTest>> tests = ReadPolicyTests(json, At("/tests"));
    if (!tests) {
      return std::move(tests).error();
    }
    document_.tests = *std::move(tests);
    return {};
  }

  static Result<void> Outcome(const ObjectReader& reader) {
    return reader.error() ? Result<void>(*reader.error()) : Result<void>();
  }

  std::shared_ptr<const PolicySource> source_;
  const Vocabulary& vocabulary_;
  PolicyDocument document_;
};

}  // namespace

Result<PolicyDocument> ReadPolicyDocument(const std::shared_ptr<const PolicySource>& source,
                                          const Vocabulary& vocabulary) {
  if (source->text.size() > kMaxPolicyBytes) {
    Error error = PolicyError("this policy is larger than 4 MiB", "put long lists into files of their own");
    error.place.file = source->file;
    return error;
  }
  Result<Json> json = ParseJson(source->text, {.max_depth = 32, .allow_comments = true});
  if (!json) {
    Error error = std::move(json).error();
    error.code = ErrorCode::kPolicyRefused;
    error.place.file = source->file;
    return error;
  }
  Result<PolicyDocument> document = DocumentReader(source, vocabulary).Read(*json);
  if (!document) {
    return AtOrigin(std::move(document).error(), Origin{source, ""});
  }
  return document;
}

}  // namespace lastlook
