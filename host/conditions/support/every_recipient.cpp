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
    const auto& all = mail.draft().recipients;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!people_.Selects(all[i]) || (which_ == WhichRecipients::kNotInside && mail.IsInside(all[i].mailbox))) {
        continue;
      }
      if (!lists_.Selects(all[i])) {
        return {};
      }
      result.evidence.AddRecipient(mail, i);
    }
    result.arguments = {{"count", std::to_string(result.evidence.total())}};
    result.truth = result.evidence.total() > 0 ? Truth::kTrue : Truth::kFalse;
    return result;
  }

 private:
  WhichRecipients which_;
  RecipientSelector people_;  // by field
  RecipientSelector lists_;   // by "in" and "not_in"
};

}  // namespace

conditions::MakeResult MakeEveryRecipient(WhichRecipients which, const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"in", "not_in", "field"});
  if (!reader.error() && reader.Find("in") == nullptr && reader.Find("not_in") == nullptr) {
    reader.Refuse(PolicyError("this does not say which list every recipient shall be in", "give \"in\" or \"not_in\""));
  }
  // The field says whom it is about, the lists what they must be.
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
    people = RecipientSelector::Read(&field_reader, policy);
    if (field_reader.error()) {
      reader.Refuse(*field_reader.error());
    }
  }
  RecipientSelector selected;
  if (!lists.empty()) {
    ObjectReader list_reader(lists, RecipientSelector::Keys());
    selected = RecipientSelector::Read(&list_reader, policy);
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
