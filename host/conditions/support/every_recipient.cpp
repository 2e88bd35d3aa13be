// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/every_recipient.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "policy/recipient_selector.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

class EveryRecipient : public Condition {
 public:
  EveryRecipient(WhichRecipients which, RecipientSelector people, RecipientSelector lists)
      : which_(which), people_(std::move(people)), lists_(std::move(lists)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    RecipientSet people = people_.SelectedOf(mail);
    if (which_ == WhichRecipients::kNotInside) {
      people.Remove(mail.inside());
    }
    RecipientSet others = people;
    others.Remove(lists_.SelectedOf(mail));
    if (others.Count() > 0) {
      return {};
    }
    people.ForEach([&](std::size_t i) { result.evidence.AddRecipient(mail, i); });
    result.arguments = {{"count", std::to_string(result.evidence.total())}};
    result.truth = result.evidence.total() > 0 ? Truth::kTrue : Truth::kFalse;
    return result;
  }

 private:
  WhichRecipients which_;
  RecipientSelector people_;  // by field
  RecipientSelector lists_;   // by everything else
};

}  // namespace

conditions::MakeResult MakeEveryRecipient(WhichRecipients which, const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientSelector::KeysOfConditions());
  const auto given = [&](const char* key) { return reader.Find(key) != nullptr; };
  if (!reader.error() && !given("in") && !given("not_in") && !given("known") && !given("in_original") &&
      !given("found")) {
    reader.Refuse(PolicyError("this does not say what every recipient shall be",
                              "give \"in\", \"not_in\", \"known\" or \"in_original\""));
  }
  // The field says whom it is about, the rest what they must be.
  Json fields = Json::object();
  Json lists = Json::object();
  if (params.is_object()) {
    for (const auto& [key, value] : params.items()) {
      (key == "field" ? fields : lists)[key] = value;
    }
  }
  std::optional<RecipientSelector> people;
  if (!fields.empty()) {
    ObjectReader field_reader(fields, {"field"});
    people = RecipientSelector::ReadOfCondition(&field_reader, policy);
    if (field_reader.error()) {
      reader.Refuse(*field_reader.error());
    }
  }
  RecipientSelector selected;
  if (!lists.empty()) {
    ObjectReader list_reader(lists, RecipientSelector::KeysOfConditions());
    selected = RecipientSelector::ReadOfCondition(&list_reader, policy);
    if (list_reader.error()) {
      reader.Refuse(*list_reader.error());
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(
      std::make_unique<EveryRecipient>(which, people.value_or(RecipientSelector()), std::move(selected)));
}

}  // namespace lastlook
