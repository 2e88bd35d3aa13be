// SPDX-License-Identifier: MPL-2.0
// People who were written to before, but never together: one of them may have got in by auto-completion. Strangers are
// no part of this, nobody knows to whom they belong.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/organisations.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::unusual_group {
namespace {

// Union-find over the known recipients of one mail.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

  std::size_t Of(std::size_t i) {
    while (parent_[i] != i) {
      parent_[i] = parent_[parent_[i]];
      i = parent_[i];
    }
    return i;
  }
  void Join(std::size_t a, std::size_t b) { parent_[Of(b)] = Of(a); }

 private:
  std::vector<std::size_t> parent_;
};

struct Known {
  std::size_t index = 0;  // in the draft
  const Acquaintance* person = nullptr;
};

class UnusualGroup : public Condition {
 public:
  UnusualGroup(RecipientQuestion question, const Policy& policy)
      : question_(std::move(question)), organisations_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    if (!mail.context().history) {
      return {};
    }
    const std::vector<Known> known = KnownPeople(mail);
    const bool recorded =
        std::any_of(known.begin(), known.end(), [](const Known& k) { return !k.person->with.empty(); });
    if (known.size() < 2 || !recorded) {
      return {};
    }
    Groups groups = Join(mail, known);
    std::vector<std::size_t> sizes(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
      ++sizes[groups.Of(i)];
    }
    // The mail is for the largest group, of equal ones for the first.
    std::size_t main = groups.Of(0);
    for (std::size_t i = 1; i < known.size(); ++i) {
      main = sizes[groups.Of(i)] > sizes[main] ? groups.Of(i) : main;
    }
    std::unordered_set<std::string_view> apart;
    std::vector<Mailbox> others;
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (groups.Of(i) != main) {
        apart.insert(mail.recipient_keys()[known[i].index]);
      } else {
        others.push_back(mail.draft().recipients[known[i].index].mailbox);
      }
    }
    return FindRecipients(
        mail, question_,
        [&](std::size_t i) -> std::string_view {
          return apart.contains(mail.recipient_keys()[i]) && !mail.IsSilenced("unusual_group", i) ? "never_together"
                                                                                                  : "";
        },
        [&](std::size_t) {
          return TextArguments{{"others", PeopleText(mail, others)}};
        });
  }

 private:
  // The selected recipients who were written to before, each once.
  std::vector<Known> KnownPeople(const MailView& mail) const {
    const KeySet own = OwnKeys(mail);
    RecipientSet seen(mail.size());
    std::vector<Known> known;
    question_.selector.SelectedOf(mail).ForEach([&](std::size_t i) {
      const std::uint32_t number = mail.recipient_numbers()[i];
      if (seen.Has(number) || own.contains(mail.recipient_keys()[i])) {
        return;
      }
      seen.Insert(number);
      const Acquaintance* person = mail.context().history->Find(mail.recipient_keys()[i]);
      if (person != nullptr && person->sent.value_or(1) > 0) {
        known.push_back({i, person});
      }
    });
    return known;
  }

  // Together are those who were written to together, who were together in the mail that is answered, and the people of
  // one organisation.
  Groups Join(const MailView& mail, const std::vector<Known>& known) const {
    Groups groups(known.size());
    std::unordered_map<std::string_view, std::size_t> by_key;
    std::unordered_map<std::string, std::size_t> by_organisation;
    std::optional<std::size_t> of_original;
    for (std::size_t i = 0; i < known.size(); ++i) {
      by_key.emplace(mail.recipient_keys()[known[i].index], i);
      const Mailbox& mailbox = mail.draft().recipients[known[i].index].mailbox;
      groups.Join(by_organisation.try_emplace(organisations_.KeyByRegistration(*mailbox.address), i).first->second, i);
      if (mail.InOriginal(mailbox)) {
        groups.Join(of_original.value_or(i), i);
        of_original = of_original.value_or(i);
      }
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
      for (const Companion& other : known[i].person->with) {
        if (const auto found = by_key.find(other.key); found != by_key.end()) {
          groups.Join(i, found->second);
        }
      }
    }
    return groups;
  }

  RecipientQuestion question_;
  Organisations organisations_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<UnusualGroup>(std::move(question), policy));
}

}  // namespace lastlook::conditions::unusual_group
