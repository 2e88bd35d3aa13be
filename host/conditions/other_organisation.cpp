// SPDX-License-Identifier: MPL-2.0
// The text names an organisation of the policy's list, or of the contacts, of which nobody gets the mail.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/organisations.h"
#include "conditions/support/text_places.h"
#include "detect/organisation_names.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::other_organisation {
namespace {

constexpr std::size_t kHeadLines = 10;

std::vector<detect::OrganisationName> NamesOf(const Policy& policy) {
  std::vector<detect::OrganisationName> names;
  for (std::size_t i = 0; i < policy.organisations.size(); ++i) {
    names.push_back({policy.organisations[i].name, static_cast<std::uint32_t>(i)});
  }
  return names;
}

// The end of the first lines that hold anything.
std::size_t EndOfHead(std::string_view text, std::size_t* lines_left) {
  std::size_t at = 0;
  while (at < text.size() && *lines_left > 0) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    *lines_left -= TrimSpace(text.substr(at, end - at)).empty() ? 0 : 1;
    at = std::min(end + 1, text.size());
  }
  return at;
}

class OtherOrganisation : public Condition {
 public:
  OtherOrganisation(bool anywhere, bool unless_named, const Policy& policy)
      : anywhere_(anywhere), unless_named_(unless_named), policy_(policy), keys_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    if (policy_.organisations.empty()) {
      return result;
    }
    const std::set<std::string> expected = Expected(mail);
    if (expected.empty()) {
      return result;  // nobody outside
    }
    bool expected_named = false;
    std::map<std::uint32_t, Part> parts;  // of the names that were met
    if (mail.draft().from && mail.draft().from->address) {
      if (const auto sender = keys_.IndexOf(*mail.draft().from->address)) {
        parts[static_cast<std::uint32_t>(*sender)] = Part::kOwn;
      }
    }
    std::size_t lines_left = kHeadLines;
    std::string first;
    std::vector<TextStretch> texts = OwnText(mail);
    if (IsOwnSubject(mail)) {
      Search({&mail.subject(), 0, mail.subject().folded.text.size()}, SIZE_MAX, expected, &expected_named, &parts,
             &first, &result);
    }
    for (const TextStretch& text : texts) {
      const std::size_t head = EndOfHead(text.View(), &lines_left);
      Search(text, head, expected, &expected_named, &parts, &first, &result);
    }
    if (result.evidence.total() == 0 || (unless_named_ && expected_named)) {
      return {};
    }
    result.truth = Truth::kTrue;
    result.arguments = {{"name", first}};
    return result;
  }

 private:
  // Made when a mail first asks, by whichever thread comes first: most policies name no organisation, and the host's
  // first answer does not wait for it.
  const detect::OrganisationNames& Names() const {
    std::call_once(made_, [this] { names_.emplace(NamesOf(policy_)); });
    return *names_;
  }

  // The names of the organisations that get the mail; empty if nobody outside gets it.
  std::set<std::string> Expected(const MailView& mail) const {
    std::set<std::string> names;
    if (mail.inside().Count() == mail.size()) {
      return names;
    }
    const auto add = [&](const Mailbox& mailbox) {
      if (!mailbox.address) {
        return;
      }
      if (const auto index = keys_.IndexOf(*mailbox.address)) {
        names.insert(policy_.organisations[*index].name);
      }
      const auto contact = mail.context().contacts.find(mailbox.address->Key());
      if (contact != mail.context().contacts.end() && !contact->second.organisation.empty()) {
        names.insert(contact->second.organisation);
      }
    };
    for (const Recipient& recipient : mail.draft().recipients) {
      add(recipient.mailbox);
    }
    names.insert("");  // not empty: somebody outside gets it
    return names;
  }

  bool IsExpected(const std::string& name, const std::set<std::string>& expected) const {
    if (expected.contains(name)) {
      return true;
    }
    // The contact may write "株式会社A商事" for the list's "A商事".
    const detect::OrganisationName one{name, 0};
    const detect::OrganisationNames finder(std::span(&one, 1));
    return std::any_of(expected.begin(), expected.end(),
                       [&](const std::string& other) { return !finder.Find(other).empty(); });
  }

  // What a name of the list is in this mail.
  enum class Part { kExpected, kOwn, kOther };

  Part PartOf(std::size_t index, const std::set<std::string>& expected) const {
    const Organisation& organisation = policy_.organisations[index];
    return IsExpected(organisation.name, expected) ? Part::kExpected : IsOwn(organisation) ? Part::kOwn : Part::kOther;
  }

  // `head`: bytes of the text in which a name counts strongly.
  void Search(const TextStretch& text, std::size_t head, const std::set<std::string>& expected, bool* expected_named,
              std::map<std::uint32_t, Part>* parts, std::string* first, ConditionResult* result) const {
    for (const detect::OrganisationMention& mention : Names().Find(text.View())) {
      const Organisation& organisation = policy_.organisations[mention.id];
      const auto [known, is_new] = parts->try_emplace(mention.id, Part::kOther);
      if (is_new) {
        known->second = PartOf(mention.id, expected);
      }
      if (known->second != Part::kOther) {
        *expected_named = *expected_named || known->second == Part::kExpected;
        continue;
      }
      const bool in_head = mention.begin < head;
      if (!in_head && !anywhere_) {
        continue;
      }
      if (first->empty()) {
        *first = organisation.name;
      }
      AddTextEvidence(*text.text, text.begin + mention.begin, text.begin + mention.end, in_head ? "head" : "below",
                      {{"name", organisation.name}}, &result->evidence);
    }
  }

  // An organisation one of whose domains is inside is the sender's own.
  bool IsOwn(const Organisation& organisation) const {
    const PolicyList* internal = policy_.FindList("internal");
    return std::any_of(organisation.domains.begin(), organisation.domains.end(), [&](const std::string& domain) {
      return std::find(internal->entries.begin(), internal->entries.end(), domain) != internal->entries.end();
    });
  }

  bool anywhere_;
  bool unless_named_;
  const Policy& policy_;
  Organisations keys_;
  mutable std::once_flag made_;
  mutable std::optional<detect::OrganisationNames> names_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& policy) {
  ObjectReader reader(json, {"where", "unless_named"}, EmptyObject::kAllowed);
  const bool anywhere = reader.OneOf("where", {"head", "anywhere"}).value_or("head") == "anywhere";
  const bool unless_named = reader.Boolean("unless_named").value_or(false);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<OtherOrganisation>(anywhere, unless_named, policy));
}

}  // namespace lastlook::conditions::other_organisation
