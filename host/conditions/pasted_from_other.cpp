// SPDX-License-Identifier: MPL-2.0
// Text pasted from a mail between other people: nobody outside who gets this mail is of an organisation that had that
// one. Silent where the client did not say what was pasted.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/organisations.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::pasted_from_other {
namespace {

constexpr std::int64_t kUsualCharacters = 100;

class PastedFromOther : public Condition {
 public:
  PastedFromOther(std::uint64_t min_characters, const Policy& policy)
      : min_characters_(min_characters), organisations_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    if (!mail.draft().compose.pasted) {
      return {};
    }
    std::set<std::string> readers;  // organisations outside that get this mail
    for (const Recipient& recipient : mail.draft().recipients) {
      if (!mail.IsInside(recipient.mailbox)) {
        readers.insert(organisations_.KeyOf(recipient.mailbox));
      }
    }
    ConditionResult result;
    if (readers.empty()) {
      return result;
    }
    std::uint64_t most = 0;
    std::string people;
    const std::vector<PastedText>& pasted = *mail.draft().compose.pasted;
    for (std::size_t i = 0; i < pasted.size(); ++i) {
      if (pasted[i].length < min_characters_ || pasted[i].people.empty() || AnyReads(pasted[i], readers, mail)) {
        continue;
      }
      std::string named = Named(pasted[i], mail);
      if (pasted[i].length > most) {
        most = pasted[i].length;
        people = named;
      }
      result.evidence.Add({"compose.pasted[" + std::to_string(i) + "]",
                           named,
                           0,
                           static_cast<std::uint32_t>(Utf16Length(named)),
                           "pasted",
                           {{"count", std::to_string(pasted[i].length)}, {"people", named}}});
    }
    if (result.evidence.total() > 0) {
      result.truth = Truth::kTrue;
      result.arguments = {{"count", std::to_string(most)}, {"people", people}};
    }
    return result;
  }

 private:
  bool AnyReads(const PastedText& pasted, const std::set<std::string>& readers, const MailView& mail) const {
    return std::any_of(pasted.people.begin(), pasted.people.end(), [&](const Mailbox& person) {
      if (mail.IsInside(person)) {
        return false;  // the sender, or a colleague who had it too
      }
      const std::string key = organisations_.KeyOf(person);
      return std::any_of(readers.begin(), readers.end(),
                         [&](const std::string& reader) { return Organisations::Same(key, reader); });
    });
  }

  // Those outside; where there are none, the mail was among colleagues.
  static std::string Named(const PastedText& pasted, const MailView& mail) {
    constexpr std::size_t kMost = 3;
    const bool any_outside = std::any_of(pasted.people.begin(), pasted.people.end(),
                                         [&](const Mailbox& person) { return !mail.IsInside(person); });
    std::string named;
    std::size_t count = 0;
    for (const Mailbox& person : pasted.people) {
      if (any_outside && mail.IsInside(person)) {
        continue;
      }
      if (count++ == kMost) {
        return named + ", …";
      }
      named += (named.empty() ? "" : ", ") + person.AddressOrTyped();
    }
    return named;
  }

  std::uint64_t min_characters_;
  Organisations organisations_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& policy) {
  ObjectReader reader(json, {"min_characters"}, EmptyObject::kAllowed);
  const auto least = reader.Whole("min_characters", 1, 1'000'000).value_or(kUsualCharacters);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<PastedFromOther>(static_cast<std::uint64_t>(least), policy));
}

}  // namespace lastlook::conditions::pasted_from_other
