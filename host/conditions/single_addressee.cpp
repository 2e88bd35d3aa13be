// SPDX-License-Identifier: MPL-2.0
// The mail greets one person and goes to many outside, of several organisations: a mail that was to be written to each.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "conditions/condition.h"
#include "conditions/support/addressees.h"
#include "conditions/support/organisations.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::single_addressee {
namespace {

constexpr std::int64_t kUsualPeople = 5;
constexpr std::int64_t kUsualOrganisations = 2;

class SingleAddressee : public Condition {
 public:
  SingleAddressee(std::size_t people, std::size_t organisations, const Policy& policy)
      : people_(people), organisations_(organisations), keys_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    const auto& recipients = mail.draft().recipients;
    if (recipients.size() < people_) {
      return result;
    }
    RecipientSet outside(mail.size(), true);
    outside.Remove(mail.inside());
    RecipientSet people(mail.size());
    outside.ForEach([&](std::size_t i) { people.Insert(mail.recipient_numbers()[i]); });
    const std::size_t count = people.Count();
    if (count < people_ || !HasEnoughOrganisations(mail, outside)) {
      return result;
    }
    const std::optional<MailGreeting> greeting = ReadGreeting(mail);
    if (!greeting || greeting->greeting.everybody || greeting->greeting.people.size() != 1) {
      return result;
    }
    const detect::Addressee& who = greeting->greeting.people.front();
    const std::size_t base = greeting->text.begin;
    AddTextEvidence(*greeting->text.text, base + who.begin, base + who.end, "greeted",
                    {{"count", std::to_string(count)}}, &result.evidence);
    result.truth = Truth::kTrue;
    result.arguments = {{"count", std::to_string(count)}, {"name", result.evidence.first().excerpt}};
    return result;
  }

 private:
  bool HasEnoughOrganisations(const MailView& mail, const RecipientSet& outside) const {
    std::unordered_set<std::string> organisations;
    outside.ForEach([&](std::size_t i) {
      if (organisations.size() < organisations_) {
        organisations.insert(keys_.KeyOf(mail.draft().recipients[i].mailbox));
      }
    });
    return organisations.size() >= organisations_;
  }

  std::size_t people_;
  std::size_t organisations_;
  Organisations keys_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& policy) {
  ObjectReader reader(json, {"min", "min_organisations"}, EmptyObject::kAllowed);
  const auto people = reader.Whole("min", 2, 1'000'000).value_or(kUsualPeople);
  const auto organisations = reader.Whole("min_organisations", 1, 1'000'000).value_or(kUsualOrganisations);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<SingleAddressee>(static_cast<std::size_t>(people),
                                                                      static_cast<std::size_t>(organisations), policy));
}

}  // namespace lastlook::conditions::single_addressee
