// SPDX-License-Identifier: MPL-2.0
// How many of the selected recipients there are; an address that stands twice counts once.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/count_range.h"
#include "policy/recipient_selector.h"

namespace lastlook::conditions::recipients {
namespace {

class Recipients : public Condition {
 public:
  Recipients(RecipientSelector selector, CountRange range) : selector_(std::move(selector)), range_(range) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    RecipientSet people(mail.size());
    selector_.SelectedOf(mail).ForEach([&](std::size_t i) {
      people.Insert(mail.recipient_numbers()[i]);
      result.evidence.AddRecipient(mail, i);
    });
    const std::size_t count = people.Count();
    result.arguments = {{"count", std::to_string(count)}};
    result.truth = range_.Contains(count) ? Truth::kTrue : Truth::kFalse;
    return result;
  }

 private:
  RecipientSelector selector_;
  CountRange range_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  std::vector<std::string> keys = RecipientSelector::KeysOfConditions();
  keys.insert(keys.end(), {"min", "max"});
  ObjectReader reader(params, std::move(keys));
  RecipientSelector selector = RecipientSelector::ReadOfCondition(&reader, policy);
  const CountRange range = CountRange::Read(&reader);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Recipients>(std::move(selector), range));
}

}  // namespace lastlook::conditions::recipients
