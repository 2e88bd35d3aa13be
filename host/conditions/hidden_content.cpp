// SPDX-License-Identifier: MPL-2.0
// What is in an attachment and is not seen by whoever opens it: hidden sheets, rows and columns, comments, deleted text
// that change tracking keeps; all of it, or only where it holds personal data.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/mail_data.h"
#include "conditions/support/part_texts.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::hidden_content {
namespace {

// In every file of an office, or there for its reader: only on request.
constexpr HiddenKind kOnRequest[] = {HiddenKind::kAuthor, HiddenKind::kLink, HiddenKind::kEmbedded,
                                     HiddenKind::kComments, HiddenKind::kNotes};

struct Params {
  std::set<HiddenKind> kinds;
  bool personal_data = false;
  detect::Band least = detect::Band::kMedium;
};

class HiddenContent : public Condition {
 public:
  explicit HiddenContent(Params params) : params_(std::move(params)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    if (!mail.context().parts) {
      return result;
    }
    const std::size_t count = params_.personal_data ? AddHiddenData(mail, &result) : AddHiddenThings(mail, &result);
    if (count > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"count", std::to_string(count)}};
    }
    return result;
  }

 private:
  std::size_t AddHiddenThings(const MailView& mail, ConditionResult* result) const {
    for (const InspectedPart& part : mail.Shared<InspectedParts>().parts()) {
      const std::string& name = mail.draft().attachments[part.index].name;
      for (const HiddenThing& thing : part.facts->hidden) {
        if (!params_.kinds.contains(thing.kind)) {
          continue;
        }
        PartPlace place;
        place.file = FileOfEntry(name, part.facts->entries[thing.entry]);
        result->evidence.Add({"attachments[" + std::to_string(part.index) + "]",
                              name,
                              0,
                              static_cast<std::uint32_t>(Utf16Length(name)),
                              HiddenKindName(thing.kind),
                              {{"name", thing.name},
                               {"place", thing.place},
                               {"count", std::to_string(thing.count)},
                               {"file", place.file}},
                              {},
                              std::make_shared<const PartPlace>(std::move(place))});
      }
    }
    return result->evidence.total();
  }

  // One piece of evidence for each text that hides personal data, at the first of them.
  std::size_t AddHiddenData(const MailView& mail, ConditionResult* result) const {
    DataPlaces places;
    places.in_subject = places.in_body = false;
    places.least = params_.least;
    const std::vector<MailDatum> data = FindMailData(mail, places);
    std::size_t all = 0;
    for (auto first = data.begin(); first != data.end();) {
      const auto end = std::find_if(first, data.end(), [first](const MailDatum& d) { return d.part != first->part; });
      CellWalk cells(*first->part->fact);
      std::vector<detect::PersonalDatum> hidden;
      const MailDatum* at = nullptr;
      for (; first != end; ++first) {
        if (IsHidden(*first->part->fact, cells.At(first->datum.begin))) {
          at = at == nullptr ? &*first : at;
          hidden.push_back(first->datum);
        }
      }
      if (at == nullptr) {
        continue;
      }
      all += hidden.size();
      const std::size_t persons = std::max<std::size_t>(1, detect::CountPersons(hidden));
      result->evidence.Add({std::string(at->where),
                            detect::MaskedValue(at->datum),
                            static_cast<std::uint32_t>(at->start),
                            static_cast<std::uint32_t>(at->end),
                            "personal_data",
                            {{"count", std::to_string(hidden.size())}, {"persons", std::to_string(persons)}},
                            {},
                            PlaceIn(mail, *at->part, at->datum.begin)});
    }
    return all;
  }

  Params params_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy&) {
  ObjectReader reader(json, {"kinds", "personal_data", "band"}, EmptyObject::kAllowed);
  Params params;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kHiddenKinds; ++i) {
    const auto kind = static_cast<HiddenKind>(i);
    names.emplace_back(HiddenKindName(kind));
    if (std::find(std::begin(kOnRequest), std::end(kOnRequest), kind) == std::end(kOnRequest)) {
      params.kinds.insert(kind);
    }
  }
  if (const auto kinds = reader.Strings("kinds")) {
    params.kinds.clear();
    for (const std::string& name : *kinds) {
      const auto kind = HiddenKindFromName(name);
      if (!kind) {
        reader.Refuse("kinds", "\"" + name + "\" is nothing that can be hidden", SuggestName(name, names));
        continue;
      }
      params.kinds.insert(*kind);
    }
  }
  params.personal_data = reader.Boolean("personal_data").value_or(false);
  if (const auto band = reader.OneOf("band", {"low", "medium", "high"})) {
    params.least = *detect::BandFromName(*band);
  }
  if (params.personal_data && reader.Find("kinds") != nullptr) {
    reader.Refuse("kinds", "with \"personal_data\" all hidden places are looked at", "take \"kinds\" out");
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<HiddenContent>(std::move(params)));
}

}  // namespace lastlook::conditions::hidden_content
