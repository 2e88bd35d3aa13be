// SPDX-License-Identifier: MPL-2.0
// "Did you mean the other one?" Somebody of much the same name or address is written to far more often, or belongs to
// the other recipients while this one does not. Inside too: the wrong Sato of two is the wrong one.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/company_kept.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"
#include "conditions/support/similar_people.h"

namespace lastlook::conditions::similar_recipient {
namespace {

constexpr std::int64_t kUsualTimes = 10;
// Of the ratios that were measured on public mail of one firm, this one finds four of five swapped people and stops one
// clean mail in sixty.
constexpr std::int64_t kUsualRatio = 5;
constexpr std::int64_t kMostTimes = 1'000'000;

struct Better {
  const Acquaintance* other = nullptr;  // null: nobody
  std::string_view why;
  std::int64_t own_count = 0;
  std::int64_t other_count = 0;
};

class SimilarRecipient : public Condition {
 public:
  SimilarRecipient(RecipientQuestion question, std::int64_t times, std::int64_t ratio)
      : question_(std::move(question)), times_(times), ratio_(ratio) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    if (!mail.context().history) {
      return {};
    }
    const auto& all = mail.draft().recipients;
    KeySet taken = OwnKeys(mail);
    const KeySet own = taken;
    taken.insert(mail.recipient_keys().begin(), mail.recipient_keys().end());
    const std::shared_ptr<const SimilarPeople> by_name = mail.context().history->ByName();
    const SimilarPeople& similar = *by_name;
    CompanyKept company(mail);
    std::vector<Better> better(all.size());  // by number of the person
    std::vector<bool> asked(all.size());
    const auto of = [&](std::size_t i) -> const Better& {
      const std::uint32_t number = mail.recipient_numbers()[i];
      const Mailbox& mailbox = all[i].mailbox;
      // Whoever wrote the mail that is answered is no slip.
      if (!asked[number] && mailbox.address && !own.contains(mail.recipient_keys()[i]) && !mail.InOriginal(mailbox)) {
        better[number] = Find(mail, i, similar, taken, &company);
      }
      asked[number] = true;
      return better[number];
    };
    const auto mailbox_of = [](const Acquaintance& other) {
      Mailbox mailbox;
      mailbox.display_name = other.name;
      mailbox.address = other.address;
      return mailbox;
    };
    ConditionResult result = FindRecipients(
        mail, question_,
        [&](std::size_t i) { return mail.IsSilenced("similar_recipient", i) ? std::string_view() : of(i).why; },
        [&](std::size_t i) {
          const Better& found = of(i);
          const Mailbox other = mailbox_of(*found.other);
          return TextArguments{{"other", PersonText(mail, other)},
                               {"other_address", other.AddressOrTyped()},
                               {"count", std::to_string(found.own_count)},
                               {"other_count", std::to_string(found.other_count)}};
        });
    for (const std::size_t i : result.evidence.recipients()) {
      result.evidence.ProposeInstead(i, mailbox_of(*of(i).other));
    }
    return result;
  }

 private:
  Better Find(const MailView& mail, std::size_t index, const SimilarPeople& similar, const KeySet& taken,
              CompanyKept* company) const {
    const Mailbox& mailbox = mail.draft().recipients[index].mailbox;
    const std::string& key = mail.recipient_keys()[index];
    const Acquaintance* known = mail.context().history->Find(key);
    const auto contact = mail.context().contacts.find(key);
    const std::string& name = !mailbox.display_name.empty()              ? mailbox.display_name
                              : contact != mail.context().contacts.end() ? contact->second.name
                              : known != nullptr                         ? known->name
                                                                         : mailbox.display_name;
    const std::int64_t count = known == nullptr ? 0 : known->sent.value_or(1);
    const std::int64_t score = known == nullptr ? 0 : company->Score(*known, key, key);
    Better best;
    std::int64_t best_score = -1;
    const auto consider = [&](const Acquaintance& other, const std::string& other_key, bool resembles) {
      // Somebody who gets the mail anyway was not forgotten.
      if (taken.contains(other_key)) {
        return;
      }
      const std::int64_t other_count = other.sent.value_or(1);
      const std::int64_t other_score = company->Score(other, other_key, key);
      const bool fits = other_score / ratio_ >= std::max(score, CompanyKept::kPoint);
      const bool far_more = resembles && other_count / times_ >= std::max<std::int64_t>(count, 1);
      // Whoever belongs to the others is meant, however seldom they are written to.
      const bool belongs = score > 0 && score >= other_score;
      if ((fits || (far_more && !belongs)) && other_score > best_score) {
        best_score = other_score;
        best = {&other, fits ? "fits_better" : count == 0 ? "never_written" : "more_often", count, other_count};
      }
    };
    for (const CorrespondentRef* other : similar.Of(*mailbox.address, name)) {
      consider(*other->person, other->key, true);
    }
    for (const Acquaintance* other : company->TakenFor(*mailbox.address, name)) {
      consider(*other, other->address.Key(), false);
    }
    return best;
  }

  RecipientQuestion question_;
  std::int64_t times_;
  std::int64_t ratio_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys({"times", "ratio"}), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  const std::int64_t times = reader.Whole("times", 2, kMostTimes).value_or(kUsualTimes);
  const std::int64_t ratio = reader.Whole("ratio", 2, kMostTimes).value_or(kUsualRatio);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<SimilarRecipient>(std::move(question), times, ratio));
}

}  // namespace lastlook::conditions::similar_recipient
