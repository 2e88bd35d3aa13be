// SPDX-License-Identifier: MPL-2.0
// The sender's text stops before it ends: an open clause, a salutation with nothing behind it, "Dear ,".
#include "detect/unfinished.h"

#include <memory>
#include <optional>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/text_places.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::unfinished {
namespace {

std::string_view Why(detect::Unfinished kind) {
  switch (kind) {
    case detect::Unfinished::kGreetingAlone:
      return "greeting_alone";
    case detect::Unfinished::kNobodyGreeted:
      return "nobody_greeted";
    case detect::Unfinished::kOpenClause:
      break;
  }
  return "open_clause";
}

class Unfinished : public Condition {
 public:
  ConditionResult Evaluate(const MailView& mail) const override {
    std::vector<TextStretch> texts = OwnText(mail);
    std::erase_if(texts, [](const TextStretch& text) { return TrimSpace(text.View()).empty(); });
    ConditionResult result;
    if (texts.empty()) {
      return result;
    }
    const TextStretch& last = texts.back();
    const std::optional<detect::UnfinishedPlace> place = detect::FindUnfinished(last.View());
    // Between quoted lines a salutation may stand apart from the answers.
    if (!place || (texts.size() > 1 && place->kind == detect::Unfinished::kGreetingAlone)) {
      return result;
    }
    AddTextEvidence(*last.text, last.begin + place->begin, last.begin + place->end, Why(place->kind), {},
                    &result.evidence);
    result.truth = Truth::kTrue;
    return result;
  }
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  const ObjectReader reader(json, {}, EmptyObject::kAllowed);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Unfinished>());
}

}  // namespace lastlook::conditions::unfinished
