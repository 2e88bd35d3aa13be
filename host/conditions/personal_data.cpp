// SPDX-License-Identifier: MPL-2.0
// Personal data in the subject, the body and the attachments: which kinds, how sure, about how many people.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/mail_data.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::personal_data {
namespace {

using detect::DataType;

// One of them is bad enough: identity documents and what money can be taken with.
constexpr DataType kSpecial[] = {DataType::kMyNumber,    DataType::kCreditCard,    DataType::kDriverLicense,
                                 DataType::kPassport,    DataType::kResidenceCard, DataType::kPensionNumber,
                                 DataType::kUsSsn,       DataType::kKrRrn,         DataType::kCnResidentId,
                                 DataType::kBankAccount, DataType::kIban};

struct Params {
  DataPlaces places;
  std::set<DataType> kinds;
  std::int64_t min_persons = 0;
  std::int64_t max_persons = INT64_MAX;
  std::int64_t min_kinds = 1;
};

class PersonalData : public Condition {
 public:
  explicit PersonalData(Params params) : params_(std::move(params)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    std::vector<detect::PersonalDatum> data;
    std::set<DataType> kinds;
    for (MailDatum& found : FindMailData(mail, params_.places)) {
      if (!params_.kinds.contains(found.datum.type)) {
        continue;
      }
      AddDataEvidence(mail, found, &result.evidence);
      kinds.insert(found.datum.type);
      data.push_back(std::move(found.datum));
    }
    const auto persons = static_cast<std::int64_t>(detect::CountPersons(data));
    if (data.empty() || static_cast<std::int64_t>(kinds.size()) < params_.min_kinds || persons < params_.min_persons ||
        persons > params_.max_persons) {
      return {};
    }
    result.truth = Truth::kTrue;
    result.arguments = {{"count", std::to_string(data.size())},
                        {"persons", std::to_string(std::max<std::int64_t>(1, persons))}};
    return result;
  }

 private:
  Params params_;
};

// Without "kinds" and "special": everything that is about a person. Secrets have a condition of their own.
std::set<DataType> ReadKinds(ObjectReader* reader) {
  std::set<DataType> kinds;
  std::vector<std::string> names;
  for (const DataType type : detect::AllDataTypes()) {
    if (type != DataType::kSecret) {
      names.emplace_back(detect::DataTypeName(type));
    }
  }
  const auto named = reader->Strings("kinds");
  for (const std::string& name : named.value_or(std::vector<std::string>())) {
    const auto type = detect::DataTypeFromName(name);
    if (!type || *type == DataType::kSecret) {
      reader->Refuse("kinds", "\"" + name + "\" is no kind of personal data",
                     type ? "for passwords and keys there is the condition \"secret\"" : SuggestName(name, names));
      continue;
    }
    kinds.insert(*type);
  }
  const bool special = reader->Boolean("special").value_or(false);
  if (special) {
    kinds.insert(std::begin(kSpecial), std::end(kSpecial));
  }
  if (!named && !special) {
    for (const DataType type : detect::AllDataTypes()) {
      if (type != DataType::kSecret && type != DataType::kCorporateNumber) {
        kinds.insert(type);
      }
    }
  }
  return kinds;
}

}  // namespace

MakeResult Make(const Json& json, const Policy&) {
  ObjectReader reader(json, {"kinds", "special", "band", "in", "min_persons", "max_persons", "min_kinds"},
                      EmptyObject::kAllowed);
  Params params;
  params.places = DataPlaces::Read(&reader);
  params.kinds = ReadKinds(&reader);
  constexpr std::int64_t kMost = 1'000'000'000;
  params.min_persons = reader.Whole("min_persons", 1, kMost).value_or(0);
  params.max_persons = reader.Whole("max_persons", 1, kMost).value_or(INT64_MAX);
  params.min_kinds = reader.Whole("min_kinds", 1, static_cast<std::int64_t>(detect::kDataTypes)).value_or(1);
  if (params.min_persons > params.max_persons) {
    reader.Refuse("min_persons", "\"min_persons\" is greater than \"max_persons\", so this can never be true",
                  "swap them");
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<PersonalData>(std::move(params)));
}

}  // namespace lastlook::conditions::personal_data
