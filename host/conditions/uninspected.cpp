// SPDX-License-Identifier: MPL-2.0
// Attachments, or files in them, that could not be looked into, and why. "Could not be read" is never "nothing in it".
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/part_texts.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::uninspected {
namespace {

class UninspectedFiles : public Condition {
 public:
  explicit UninspectedFiles(std::set<Uninspected> reasons) : reasons_(std::move(reasons)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    if (!mail.context().parts) {
      return result;
    }
    for (const InspectedPart& part : mail.Shared<InspectedParts>().parts()) {
      const std::string& name = mail.draft().attachments[part.index].name;
      for (const FileFacts& file : part.facts->entries) {
        if (!file.uninspected || !reasons_.contains(*file.uninspected)) {
          continue;
        }
        PartPlace place;
        place.file = FileOfEntry(name, file);
        result.evidence.Add({"attachments[" + std::to_string(part.index) + "]",
                             name,
                             0,
                             static_cast<std::uint32_t>(Utf16Length(name)),
                             UninspectedName(*file.uninspected),
                             {{"name", place.file}},
                             {},
                             std::make_shared<const PartPlace>(std::move(place))});
      }
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"count", std::to_string(result.evidence.total())}};
    }
    return result;
  }

 private:
  std::set<Uninspected> reasons_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy&) {
  ObjectReader reader(json, {"reasons"}, EmptyObject::kAllowed);
  std::set<Uninspected> reasons;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kUninspectedReasons; ++i) {
    names.emplace_back(UninspectedName(static_cast<Uninspected>(i)));
    reasons.insert(static_cast<Uninspected>(i));
  }
  if (const auto given = reader.Strings("reasons")) {
    reasons.clear();
    for (const std::string& name : *given) {
      const auto reason = UninspectedFromName(name);
      if (!reason) {
        reader.Refuse("reasons", "\"" + name + "\" is no reason why a file is not read", SuggestName(name, names));
        continue;
      }
      reasons.insert(*reason);
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<UninspectedFiles>(std::move(reasons)));
}

}  // namespace lastlook::conditions::uninspected
