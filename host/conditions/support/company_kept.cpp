// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/company_kept.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "conditions/recency.h"
#include "conditions/support/name_keys.h"

namespace lastlook {
namespace {

// What the sender began counts more than what came to them (Roth et al.); of that only the former is learnt.
constexpr double kPointsOfASentMail = 5;
// A history may claim anything; the sum of ten thousand of these fits.
constexpr double kMostPoints = 1e8;
constexpr std::size_t kMostOfAKey = 16;

// The moment at which is asked, or the last mail to one of the recipients where nobody says.
std::int64_t Moment(const MailView& mail) {
  if (mail.context().now) {
    return mail.context().now->unix_seconds;
  }
  std::int64_t last = 0;
  for (const std::string& key : mail.recipient_keys()) {
    const Acquaintance* person = mail.context().history->Find(key);
    if (person != nullptr && person->last) {
      last = std::max(last, person->last->unix_seconds);
    }
  }
  return last;
}

}  // namespace

CompanyKept::CompanyKept(const MailView& mail) : history_(*mail.context().history), now_(RecencyWeight(Moment(mail))) {
  for (const std::string& key : mail.recipient_keys()) {
    const Acquaintance* person = history_.Find(key);
    if (person == nullptr || person->sent.value_or(1) == 0 || !recipients_.emplace(key, person).second) {
      continue;
    }
    for (const Companion& other : person->with) {
      together_[other.key].emplace_back(key, &other);
    }
  }
}

std::int64_t CompanyKept::Score(const Acquaintance& person, const std::string& key, const std::string& left_out) {
  const auto [standing, added] = standings_.try_emplace(&person);
  if (added) {
    standing->second = AmongAll(person, key);
  }
  const auto without = standing->second.with.find(left_out);
  return standing->second.total - (without == standing->second.with.end() ? 0 : without->second);
}

CompanyKept::Standing CompanyKept::AmongAll(const Acquaintance& person, const std::string& key) const {
  std::unordered_map<std::string_view, std::pair<const Companion*, const Companion*>> company;
  for (const Companion& other : person.with) {
    if (recipients_.contains(other.key)) {
      company[other.key].first = &other;
    }
  }
  if (const auto named_by = together_.find(key); named_by != together_.end()) {
    for (const auto& [recipient, companion] : named_by->second) {
      company[recipient].second = companion;
    }
  }
  Standing standing;
  for (const auto& [other, named] : company) {
    if (other != key) {
      const auto recipient = recipients_.find(other);
      const std::int64_t points = Points(person, named.first, *recipient->second, named.second);
      standing.with.emplace(recipient->first, points);
      standing.total += points;
    }
  }
  return standing;
}

// Whole numbers, so that the sum does not depend on the order.
std::int64_t CompanyKept::Points(const Acquaintance& a, const Companion* a_names_b, const Acquaintance& b,
                                 const Companion* b_names_a) const {
  double mails = -1;
  for (const Companion* companion : {a_names_b, b_names_a}) {
    if (companion != nullptr && companion->weight) {
      mails = std::max(mails, *companion->weight / now_);
    }
  }
  if (mails < 0) {
    mails = static_cast<double>(std::min(a.sent.value_or(1), b.sent.value_or(1)));
  }
  return std::llround(std::min(mails * kPointsOfASentMail, kMostPoints) * static_cast<double>(kPoint));
}

void CompanyKept::IndexCompany() {
  std::vector<std::tuple<std::int64_t, std::string_view, const Acquaintance*>> company;  // the best first
  for (const auto& [key, recipients] : together_) {
    const Acquaintance* person = history_.Find(std::string(key));
    if (person == nullptr || person->sent.value_or(1) == 0) {
      continue;
    }
    std::int64_t points = 0;
    for (const auto& [recipient, companion] : recipients) {
      points += Points(*person, nullptr, *recipients_.at(recipient), companion);
    }
    company.emplace_back(-points, key, person);
  }
  std::sort(company.begin(), company.end());
  for (const auto& [points, key, person] : company) {
    for (std::string& slip : SlipKeys(person->name, person->address.local_part)) {
      std::vector<const Acquaintance*>& people = by_slip_key_[std::move(slip)];
      if (people.size() < kMostOfAKey) {
        people.push_back(person);
      }
    }
  }
}

std::vector<const Acquaintance*> CompanyKept::TakenFor(const AddrSpec& address, std::string_view name) {
  if (!indexed_) {
    indexed_ = true;
    IndexCompany();
  }
  std::vector<const Acquaintance*> people;
  for (const std::string& key : SlipKeys(name, address.local_part)) {
    if (const auto found = by_slip_key_.find(key); found != by_slip_key_.end()) {
      for (const Acquaintance* person : found->second) {
        if (person->address != address && std::find(people.begin(), people.end(), person) == people.end()) {
          people.push_back(person);
        }
      }
    }
  }
  return people;
}

}  // namespace lastlook
