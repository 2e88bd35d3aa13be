// SPDX-License-Identifier: MPL-2.0
// Passwords, keys and tokens in the subject, the body and the attachments.
#include <memory>
#include <string>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/mail_data.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::secret {
namespace {

class Secret : public Condition {
 public:
  explicit Secret(DataPlaces places) : places_(places) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    for (const MailDatum& found : FindMailData(mail, places_)) {
      if (found.datum.type == detect::DataType::kSecret) {
        AddDataEvidence(mail, found, &result.evidence);
      }
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"count", std::to_string(result.evidence.total())}};
    }
    return result;
  }

 private:
  DataPlaces places_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy&) {
  ObjectReader reader(json, DataPlaces::Keys(), EmptyObject::kAllowed);
  const DataPlaces places = DataPlaces::Read(&reader);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Secret>(places));
}

}  // namespace lastlook::conditions::secret
