// SPDX-License-Identifier: MPL-2.0
// How many domains the selected recipients have. The domains of one organisation (lists.organisations) count once. At a
// provider of free mail every address counts for itself: its people have nothing to do with each other.
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/count_range.h"
#include "conditions/support/organisations.h"
#include "policy/recipient_selector.h"

namespace lastlook::conditions::recipient_domains {
namespace {

class RecipientDomains : public Condition {
 public:
  RecipientDomains(RecipientSelector selector, CountRange range, const Policy& policy)
      : selector_(std::move(selector)), range_(range), organisations_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    const auto& domains = mail.Shared<OrganisationNumbers>(organisations_);
    RecipientSet seen(mail.size());
    std::size_t count = 0;
    selector_.SelectedOf(mail).ForEach([&](std::size_t i) {
      const std::uint32_t domain = domains.Of(i);
      // The first recipient of each domain stands for it.
      if (!seen.Has(domain)) {
        seen.Insert(domain);
        ++count;
        result.evidence.AddRecipient(mail, i);
      }
    });
    result.arguments = {{"count", std::to_string(count)}};
    result.truth = range_.Contains(count) ? Truth::kTrue : Truth::kFalse;
    return result;
  }

 private:
  RecipientSelector selector_;
  CountRange range_;
  Organisations organisations_;
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
  return std::unique_ptr<Condition>(std::make_unique<RecipientDomains>(std::move(selector), range, policy));
}

}  // namespace lastlook::conditions::recipient_domains
