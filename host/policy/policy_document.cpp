// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text_fold.h"
#include "policy/condition_tree.h"
#include "policy/list_date.h"
#include "policy/object_reader.h"
#include "policy/policy_test.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

constexpr std::size_t kLongestId = 100;
constexpr std::int64_t kLongestOverrideSeconds = std::int64_t{72} * 60 * 60;  // design section 5
constexpr const char* kOverrideRemedy =
    "give its \"policy\" an \"issued\", an \"until\" at most 72 hours later, and a \"reason\"";

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

// A name in the folder of `file`.
std::string Beside(const std::string& file, const std::string& name) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? name : file.substr(0, slash + 1) + name;
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
      document_.keys.emplace_back(key);
      if (Result<void> done = (this->*read)(*value); !done) {
        top.Refuse(std::move(done).error().Under(PointerStep(key)));
      }
    }
    if (!top.error() && source_->layer == PolicyLayer::kBreakGlass && !document_.override_of) {
      top.Refuse(PolicyError("this file overrides the policy without saying why and how long", kOverrideRemedy));
    }
    if (top.error()) {
      return *top.error();
    }
    return std::move(document_);
  }

 private:
  Origin At(const std::string& pointer) const { return {source_, pointer}; }

  Result<void> ReadHeader(const Json& json) {
    ObjectReader reader(json, {"id", "serial", "issued", "not_after", "min_host", "until", "reason"});
    document_.id = reader.String("id");
    if (document_.id && !IsId(*document_.id)) {
      reader.Refuse("id", "\"" + *document_.id + "\" is no id", "use letters, digits, '.', '_' and '-'");
    }
    document_.serial = reader.Whole("serial", 0, INT64_MAX).value_or(0);
    const std::optional<Timestamp> issued = Moment(&reader, "issued");
    Moment(&reader, "not_after");
    const std::optional<Timestamp> until = Moment(&reader, "until");
    const std::optional<std::string> reason = reader.String("reason");
    if (source_->layer == PolicyLayer::kBreakGlass || until || reason) {
      ReadOverride(issued, until, reason, &reader);
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

  static std::optional<Timestamp> Moment(ObjectReader* reader, const char* key) {
    const auto text = reader->String(key);
    if (!text) {
      return std::nullopt;
    }
    const Result<Timestamp> moment = ParseTimestamp(*text);
    if (!moment) {
      reader->Refuse(key, "\"" + *text + "\" is not a date and time", "write it like 2026-11-20T09:00:00+09:00");
      return std::nullopt;
    }
    return *moment;
  }

  // A file on a command line may be an override that somebody checks before putting it in its place.
  void ReadOverride(const std::optional<Timestamp>& issued, const std::optional<Timestamp>& until,
                    const std::optional<std::string>& reason, ObjectReader* reader) {
    if (source_->layer != PolicyLayer::kBreakGlass && source_->layer != PolicyLayer::kCommandLine) {
      reader->Refuse(until ? "until" : "reason", "only an override has an end and a reason",
                     "take it out, or put this file into the place of the override");
      return;
    }
    if (!issued || !until || !reason || TrimSpace(*reason).empty()) {
      reader->Refuse(PolicyError("this file overrides the policy without saying why and how long", kOverrideRemedy));
      return;
    }
    if (until->unix_seconds <= issued->unix_seconds ||
        until->unix_seconds - issued->unix_seconds > kLongestOverrideSeconds) {
      reader->Refuse("until", "an override ends within 72 hours of its \"issued\"",
                     "set an earlier end; what shall stay belongs into the policy");
      return;
    }
    document_.override_of = OverrideDocument{*issued, *until, *reason};
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

  // [ … ], {"file": "…"} or {"extend": either of them}. `extends` says which, `prefix` where the answer stands.
  static Result<const Json*> Entries(const Json& json, bool* extends, std::string* prefix) {
    *extends = json.is_object() && !json.contains("file");
    if (!*extends) {
      return &json;
    }
    ObjectReader reader(json, {"extend", "file"});
    const Json* entries = reader.Find("extend");
    if (entries == nullptr) {
      reader.Refuse(PolicyError("this does not say what the list holds", "write [ … ] or { \"file\": \"….csv\" }"));
    }
    if (reader.error()) {
      return *reader.error();
    }
    *prefix = "/extend";
    return entries;
  }

  Result<void> ReadList(const std::string& name, const Json& json) {
    if (!IsId(name) || name.find('.') != std::string::npos) {
      return PolicyError("\"" + name + "\" is no name for a list", "use letters, digits, '_' and '-', no dot");
    }
    ListDocument list;
    list.name = name;
    list.origin = At("/lists" + PointerStep(name));
    std::string prefix;
    Result<const Json*> entries = Entries(json, &list.extends, &prefix);
    if (!entries) {
      return std::move(entries).error();
    }
    if (list.extends) {
      list.origin.pointer += prefix;
    }
    Result<void> read = (*entries)->is_object() ? ReadFileOfList(**entries, &list) : ReadRowsOfList(**entries, &list);
    if (!read) {
      return std::move(read).error().Under(prefix);
    }
    document_.lists.push_back(std::move(list));
    return {};
  }

  // {"file": "opt-out.csv"}.
  Result<void> ReadFileOfList(const Json& json, ListDocument* list) {
    ObjectReader reader(json, {"file"});
    const std::string name = reader.String("file").value_or("");
    if (!IsListFileName(name)) {
      reader.Refuse("file", "\"" + name + "\" is no name of a list file",
                    "name a .csv, .tsv or .txt file that stands in the folder of this policy");
    }
    const auto bytes = source_->list_files.find(name);
    if (!reader.error() && bytes == source_->list_files.end()) {
      reader.Refuse("file", "the list file \"" + name + "\" was not read", "put it into the folder of this policy");
    }
    if (reader.error()) {
      return *reader.error();
    }
    Result<ListFile> file = ReadListFile(bytes->second, Beside(source_->file, name));
    if (!file) {
      return std::move(file).error();
    }
    list->rows = std::move(file->rows);
    list->notes = std::move(file->notes);
    list->has_managers = file->has_managers;
    list->file = std::move(file).value();
    return {};
  }

  static Result<void> ReadRowsOfList(const Json& json, ListDocument* list) {
    if (json.is_string()) {
      list->rows.push_back({json.get<std::string>(), "", 0});
      return {};
    }
    if (!json.is_array()) {  // an empty array is a list
      return PolicyError("a list of strings was expected, this is " + JsonTypeName(json),
                         "write [\"…\", \"…\"] or { \"file\": \"….csv\" }");
    }
    list->rows.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      if (json[i].is_string() && !list->has_managers) {
        list->rows.push_back({json[i].get<std::string>(), "", i});
      } else if (Result<void> read = ReadRowOfList(json[i], i, list); !read) {
        return std::move(read).error().Under(PointerStep(i));
      }
    }
    return {};
  }

  // {"entry", "reason", "owner", "until"} or {"sender", "manager"}.
  static Result<void> ReadRowOfList(const Json& json, std::size_t index, ListDocument* list) {
    if (!json.is_object() && !json.is_string()) {
      return PolicyError("an entry is a string or an object, this is " + JsonTypeName(json),
                         "write \"…\" or { \"entry\": \"…\", \"reason\": \"…\" }");
    }
    if (json.is_string()) {
      return PolicyError("a list holds either entries or senders with their managers", "make two lists of them");
    }
    const bool has_manager = json.contains("manager") || json.contains("sender");
    ObjectReader reader(json, has_manager ? std::vector<std::string>{"sender", "manager"}
                                          : std::vector<std::string>{"entry", "reason", "owner", "until"});
    ListRow row;
    row.at = index;
    row.text = reader.String(has_manager ? "sender" : "entry").value_or("");
    row.manager = reader.String("manager").value_or("");
    if (row.text.empty() || (has_manager && row.manager.empty())) {
      reader.Refuse(
          PolicyError(has_manager ? "this needs a sender and a manager" : "this entry does not say what it is",
                      has_manager ? "give \"sender\" and \"manager\"" : "give \"entry\""));
    }
    if (has_manager != list->has_managers && index > 0) {
      reader.Refuse(
          PolicyError("a list holds either entries or senders with their managers", "make two lists of them"));
    }
    list->has_managers = has_manager;
    ListEntry note;
    note.reason = reader.String("reason").value_or("");
    note.owner = reader.String("owner").value_or("");
    if (const auto until = reader.String("until")) {
      note.until = ParseListEnd(*until);
      if (!note.until) {
        reader.Refuse("until", "\"" + *until + "\" is not a date", "write it like 2027-03-31");
      }
    }
    if (reader.error()) {
      return *reader.error();
    }
    list->notes.resize(list->rows.size());
    list->notes.push_back(std::move(note));
    list->rows.push_back(std::move(row));
    return {};
  }

  Result<void> ReadOrganisations(const Json& json) {
    OrganisationsDocument out;
    std::string prefix;
    Result<const Json*> entries = Entries(json, &out.extends, &prefix);
    if (!entries) {
      return std::move(entries).error();
    }
    if (!(*entries)->is_array()) {
      return PolicyError("\"organisations\" is " + JsonTypeName(**entries),
                         "write [ { \"name\": \"…\", \"domains\": [\"a.example\"] } ]", prefix);
    }
    for (std::size_t i = 0; i < (*entries)->size(); ++i) {
      ObjectReader reader((**entries)[i], {"name", "domains"});
      Organisation organisation;
      organisation.origin = At("/lists/organisations" + prefix + PointerStep(i));
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
    std::vector<std::string> keys;
    for (const SettingRow& row : SettingRows()) {
      keys.emplace_back(row.key);
    }
    ObjectReader reader(json, keys);
    for (const SettingRow& row : SettingRows()) {
      const std::string key(row.key);
      const Json* value = reader.Find(key);
      if (value == nullptr) {
        continue;
      }
      if (Result<void> checked = CheckSetting(row, *value); !checked) {
        reader.Refuse(std::move(checked).error().Under(PointerStep(key)));
        continue;
      }
      document_.settings[key] = {*value, At("/settings" + PointerStep(key))};
    }
    return Outcome(reader);
  }

  Result<void> ReadLocked(const Json& json) {
    if (json.is_array() && json.empty()) {
      return {};
    }
    auto strings = StringsFromJson(json);
    if (!strings) {
      return std::move(strings).error();
    }
    for (std::size_t i = 0; i < strings->size(); ++i) {
      const std::string& glob = (*strings)[i];
      const std::string pointer = json.is_array() ? PointerStep(i) : "";
      const auto rows = SettingRows();
      if (std::none_of(rows.begin(), rows.end(), [&](const SettingRow& row) { return GlobMatches(glob, row.key); })) {
        return PolicyError("\"" + glob + "\" locks no setting", "name a setting, \"hold.*\" or \"*\"", pointer);
      }
      document_.locked.push_back({glob, At("/locked" + pointer)});
    }
    return {};
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
    if (json.is_object()) {
      for (const auto& [key, value] : json.items()) {
        rule.keys.emplace(key, Origin{origin.source, origin.pointer + PointerStep(key)});
      }
    }
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

Error ListDocument::AtRow(Error error, const ListRow& row) const {
  return file ? AtListRow(std::move(error), *file, row.at)
              : AtOrigin(std::move(error), {origin.source, origin.pointer + PointerStep(row.at)});
}

namespace {

Result<Json> ParsePolicy(const PolicySource& source) {
  if (source.text.size() > kMaxPolicyBytes) {
    Error error = PolicyError("this policy is larger than 4 MiB", "put long lists into files of their own");
    error.place.file = source.file;
    return error;
  }
  Result<Json> json = ParseJson(source.text, {.max_depth = 32, .allow_comments = true});
  if (!json) {
    Error error = std::move(json).error();
    error.code = ErrorCode::kPolicyRefused;
    error.place.file = source.file;
    return error;
  }
  return json;
}

}  // namespace

Result<PolicyDocument> ReadPolicyDocument(const std::shared_ptr<const PolicySource>& source,
                                          const Vocabulary& vocabulary) {
  Result<Json> json = ParsePolicy(*source);
  if (!json) {
    return std::move(json).error();
  }
  Result<PolicyDocument> document = DocumentReader(source, vocabulary).Read(*json);
  if (!document) {
    return AtOrigin(std::move(document).error(), Origin{source, ""});
  }
  return document;
}

Result<std::optional<OverrideDocument>> ReadOverrideHeader(const std::shared_ptr<const PolicySource>& source) {
  // Conditions and effects are not looked at: an override that has ended may name what this version does not know.
  class NoVocabulary : public Vocabulary {
   public:
    std::vector<std::string> ConditionNames() const override { return {}; }
    std::vector<std::string> EffectNames() const override { return {}; }
    Result<void> CheckCondition(const std::string&, const Json&, const Policy&) const override { return {}; }
    Result<void> CheckEffect(const std::string&, const Json&, EffectUse, const Policy&) const override { return {}; }
  };
  Result<Json> json = ParsePolicy(*source);
  if (!json) {
    return std::move(json).error();
  }
  Json header = Json::object();
  if (json->is_object()) {
    for (const char* key : {"schema", "policy"}) {
      if (const auto found = json->find(key); found != json->end()) {
        header[key] = *found;
      }
    }
  }
  Result<PolicyDocument> document = DocumentReader(source, NoVocabulary()).Read(header);
  if (!document) {
    return AtOrigin(std::move(document).error(), Origin{source, ""});
  }
  return document->override_of;
}

}  // namespace lastlook
