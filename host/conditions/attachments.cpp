// SPDX-License-Identifier: MPL-2.0
// How many attachments there are of these names, extensions and sizes, how large they are together, and what they are
// inside, where somebody has looked.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/count_range.h"
#include "conditions/support/encoded_size.h"
#include "conditions/support/file_name.h"
#include "conditions/support/part_texts.h"

namespace lastlook::conditions::attachments {
namespace {

constexpr std::int64_t kMostBytes = INT64_C(1) << 40;  // a terabyte: no mail is larger

// A file that lies elsewhere; the mail has a link to it (RFC 2046 section 5.2.3, RFC 2017).
bool IsLinked(const Part& part) {
  const std::string type = Fold(part.content_type);
  return type.substr(0, type.find(';')) == "message/external-body";
}

struct Params {
  std::vector<std::string> names;       // folded globs; empty: any
  std::vector<std::string> extensions;  // folded, without the dot; empty: any
  std::optional<bool> double_extension;
  std::optional<bool> linked;
  // Of the file itself or any file in it. An attachment that nobody has looked into is none of these.
  bool encrypted = false;
  bool macros = false;
  bool executable = false;
  bool other_kind = false;  // than its extension says

  bool AskInside() const { return encrypted || macros || executable || other_kind; }
  std::optional<std::int64_t> min_bytes;
  std::optional<std::int64_t> max_bytes;
  std::optional<std::int64_t> encoded_min_bytes;
  std::optional<std::int64_t> total_min_bytes;
  std::optional<std::int64_t> encoded_total_min_bytes;
  CountRange count;
};

class Attachments : public Condition {
 public:
  explicit Attachments(Params params) : params_(std::move(params)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    std::size_t sure = 0;
    std::size_t possible = 0;
    std::uint64_t total_bytes = 0;
    std::uint64_t encoded_bytes = 0;
    const auto& parts = mail.draft().attachments;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Truth selected = Selects(parts[i]);
      if (selected == Truth::kFalse) {
        continue;
      }
      const FileFacts* inside = nullptr;
      std::string_view inside_why;
      if (params_.AskInside() && !SelectsInside(mail, i, &inside, &inside_why)) {
        continue;
      }
      possible += 1;
      sure += selected == Truth::kTrue ? 1 : 0;
      total_bytes += parts[i].size_bytes.value_or(0);
      encoded_bytes += Base64Size(parts[i].size_bytes.value_or(0));
      const auto end = static_cast<std::uint32_t>(Utf16Length(parts[i].name));
      const std::string file = inside == nullptr ? parts[i].name : FileOfEntry(parts[i].name, *inside);
      result.evidence.Add(
          {"attachments[" + std::to_string(i) + "]",
           parts[i].name,
           0,
           end,
           inside != nullptr                          ? inside_why
           : selected == Truth::kUnknown              ? "size_unknown"
           : params_.linked.value_or(false)           ? "linked"
           : params_.double_extension.value_or(false) ? "disguised"
                                                      : "selected",
           {{"name", file}, {"kind", std::string(inside == nullptr ? "" : FileKindName(inside->kind))}}});
    }
    result.arguments = {{"count", std::to_string(possible)}, {"bytes", std::to_string(total_bytes)}};
    result.truth = std::min({CountTruth(sure, possible), TotalTruth(parts, params_.total_min_bytes, total_bytes),
                             TotalTruth(parts, params_.encoded_total_min_bytes, encoded_bytes)});
    return result;
  }

 private:
  // Whether files of every kind that is asked for are in the attachment; which is the last of them, and what of it.
  bool SelectsInside(const MailView& mail, std::size_t index, const FileFacts** found, std::string_view* why) const {
    const std::vector<InspectedPart>& all = mail.Shared<InspectedParts>().parts();
    const auto part =
        std::find_if(all.begin(), all.end(), [index](const InspectedPart& p) { return p.index == index; });
    if (part == all.end()) {
      return false;
    }
    const std::string& name = mail.draft().attachments[index].name;
    const auto name_of = [&](const FileFacts& file) { return file.path.empty() ? name : file.path; };
    const auto look = [&](bool wanted, std::string_view text, const auto& is) {
      if (!wanted) {
        return true;
      }
      const std::vector<FileFacts>& files = part->facts->entries;
      const auto file = std::find_if(files.begin(), files.end(), is);
      if (file == files.end()) {
        return false;
      }
      *found = &*file;
      *why = text;
      return true;
    };
    return look(params_.encrypted, "encrypted", [](const FileFacts& f) { return f.encrypted; }) &&
           look(params_.macros, "macros", [](const FileFacts& f) { return f.macros; }) &&
           look(params_.executable, "executable", [](const FileFacts& f) { return IsExecutable(f.kind); }) &&
           look(params_.other_kind, "other_kind",
                [&](const FileFacts& f) { return !f.uninspected && !ExtensionFits(f.kind, Extension(name_of(f))); });
  }

  // Unknown: its size is not known and would matter.
  Truth Selects(const Part& part) const {
    const std::string name = Fold(part.name);
    if (!params_.names.empty() && std::none_of(params_.names.begin(), params_.names.end(),
                                               [&](const std::string& glob) { return GlobMatches(glob, name); })) {
      return Truth::kFalse;
    }
    if (!params_.extensions.empty() && std::find(params_.extensions.begin(), params_.extensions.end(),
                                                 Extension(part.name)) == params_.extensions.end()) {
      return Truth::kFalse;
    }
    if (params_.linked && *params_.linked != IsLinked(part)) {
      return Truth::kFalse;
    }
    if (params_.double_extension && *params_.double_extension != IsDisguisedProgram(part.name)) {
      return Truth::kFalse;
    }
    if (!params_.min_bytes && !params_.max_bytes && !params_.encoded_min_bytes) {
      return Truth::kTrue;
    }
    if (!part.size_bytes) {
      return Truth::kUnknown;
    }
    const auto size = static_cast<std::int64_t>(std::min<std::uint64_t>(*part.size_bytes, kMostBytes));
    const bool fits = size >= params_.min_bytes.value_or(0) && size <= params_.max_bytes.value_or(kMostBytes) &&
                      static_cast<std::int64_t>(Base64Size(static_cast<std::uint64_t>(size))) >=
                          params_.encoded_min_bytes.value_or(0);
    return fits ? Truth::kTrue : Truth::kFalse;
  }

  Truth CountTruth(std::size_t sure, std::size_t possible) const {
    const bool if_none = params_.count.Contains(sure);
    const bool if_all = params_.count.Contains(possible);
    return if_none == if_all ? (if_all ? Truth::kTrue : Truth::kFalse) : Truth::kUnknown;
  }

  static Truth TotalTruth(const std::vector<Part>& parts, const std::optional<std::int64_t>& least,
                          std::uint64_t total_bytes) {
    if (!least || total_bytes >= static_cast<std::uint64_t>(*least)) {
      return Truth::kTrue;
    }
    const bool all_known =
        std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.size_bytes.has_value(); });
    return all_known ? Truth::kFalse : Truth::kUnknown;
  }

  Params params_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  ObjectReader reader(json, {"min", "max", "name", "extension", "double_extension", "linked", "encrypted", "executable",
                             "macros", "other_kind", "min_bytes", "max_bytes", "encoded_min_bytes", "total_min_bytes",
                             "encoded_total_min_bytes"});
  Params params;
  for (const std::string& name : reader.Strings("name").value_or(std::vector<std::string>())) {
    params.names.push_back(Fold(name));
  }
  for (const std::string& extension : reader.Strings("extension").value_or(std::vector<std::string>())) {
    std::string folded = Fold(TrimSpace(extension));
    if (folded.starts_with('.')) {
      folded.erase(0, 1);
    }
    if (folded.find_first_of(".*?/\\") != std::string::npos) {
      reader.Refuse("extension", "\"" + extension + "\" is no extension",
                    "write the part behind the last dot, like \"exe\"; for patterns there is \"name\"");
    }
    params.extensions.push_back(std::move(folded));
  }
  params.double_extension = reader.Boolean("double_extension");
  params.linked = reader.Boolean("linked");
  for (const auto& [key, member] : {std::pair{"encrypted", &Params::encrypted},
                                    {"macros", &Params::macros},
                                    {"executable", &Params::executable},
                                    {"other_kind", &Params::other_kind}}) {
    const std::optional<bool> value = reader.Boolean(key);
    if (value == false) {
      reader.Refuse(key, std::string("\"") + key + "\" can only be asked for",
                    "write true, or put the condition in \"not\"");
    }
    params.*member = value.value_or(false);
  }
  params.encoded_min_bytes = reader.Whole("encoded_min_bytes", 0, kMostBytes);
  params.encoded_total_min_bytes = reader.Whole("encoded_total_min_bytes", 0, kMostBytes);
  params.min_bytes = reader.Whole("min_bytes", 0, kMostBytes);
  params.max_bytes = reader.Whole("max_bytes", 0, kMostBytes);
  params.total_min_bytes = reader.Whole("total_min_bytes", 0, kMostBytes);
  params.count = CountRange::Read(&reader);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Attachments>(std::move(params)));
}

}  // namespace lastlook::conditions::attachments
