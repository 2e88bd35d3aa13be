// SPDX-License-Identifier: MPL-2.0
// Something was left to fill in, in the subject or in what the sender wrote.
#include "detect/placeholder.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/text_places.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::placeholder {
namespace {

class Placeholder : public Condition {
 public:
  explicit Placeholder(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    std::vector<TextStretch> texts = OwnText(mail);
    if (IsOwnSubject(mail)) {
      texts.insert(texts.begin(), {&mail.subject(), 0, mail.subject().folded.text.size()});
    }
    ConditionResult result;
    std::string first;
    for (const TextStretch& text : texts) {
      for (const detect::Placeholder& place : detect::FindPlaceholders(text.View())) {
        const std::string folded(text.View().substr(place.begin, place.end - place.begin));
        if (std::find(allowed_.begin(), allowed_.end(), folded) != allowed_.end()) {
          continue;
        }
        AddTextEvidence(*text.text, text.begin + place.begin, text.begin + place.end, "left", {}, &result.evidence);
        if (first.empty()) {
          first = result.evidence.first().excerpt;
        }
      }
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"count", std::to_string(result.evidence.total())}, {"first", first}};
    }
    return result;
  }

 private:
  std::vector<std::string> allowed_;  // folded
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  ObjectReader reader(json, {"except"}, EmptyObject::kAllowed);
  std::vector<std::string> allowed;
  for (const std::string& text : reader.Strings("except").value_or(std::vector<std::string>())) {
    if (TrimSpace(text).empty()) {
      reader.Refuse("except", "an exception is empty", "write the text that may stand, like \"[社名]\"");
    }
    allowed.push_back(Fold(text));
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Placeholder>(std::move(allowed)));
}

}  // namespace lastlook::conditions::placeholder
