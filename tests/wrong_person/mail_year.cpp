// SPDX-License-Identifier: MPL-2.0
#include "mail_year.h"

#include <algorithm>

#include "conditions/recency.h"

namespace lastlook::wrong_person {
namespace {

// Incoming mail against sent mail, as the published figures count them.
constexpr double kReceived = 0.2;

}  // namespace

AddressBook::AddressBook(const Corpus& corpus) : corpus_(corpus) {
  for (std::size_t i = 0; i < corpus.people.size(); ++i) {
    addresses_.push_back({corpus.people[i].local_part, "firm.example"});
    keys_.push_back(addresses_.back().Key());
    by_key_.emplace(keys_.back(), i);
  }
}

std::size_t AddressBook::Find(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? keys_.size() : found->second;
}

OwnHistory::Known& OwnHistory::Meet(std::size_t person) {
  const auto [known, fresh] = known_.try_emplace(person);
  if (fresh) {
    known->second.person.address = book_.address(person);
    known->second.person.name = book_.name(person);
    known->second.person.sent = 0;
  }
  return known->second;
}

void OwnHistory::Join(const std::vector<std::size_t>& group, double weight) {
  for (const std::size_t one : group) {
    Known& known = Meet(one);
    for (const std::size_t other : group) {
      if (other == one) {
        continue;
      }
      const auto [place, fresh] = known.with.try_emplace(other, known.person.with.size());
      if (fresh) {
        known.person.with.push_back({book_.key(other), 0.0});
      }
      std::optional<double>& sum = known.person.with[place->second].weight;
      sum = *sum + weight;
    }
  }
}

void OwnHistory::Sent(const std::vector<std::size_t>& recipients, std::int64_t at) {
  ++mails_;
  for (const std::size_t recipient : recipients) {
    Known& known = Meet(recipient);
    if (*known.person.sent == 0) {
      people_.push_back(recipient);
      by_name_.reset();
    }
    known.person.sent = *known.person.sent + 1;
    known.person.last = Timestamp{at, 0};
    known.recently += RecencyWeight(at);
  }
  Join(recipients, RecencyWeight(at));
}

void OwnHistory::Received(std::size_t sender, const std::vector<std::size_t>& others, std::int64_t at) {
  std::vector<std::size_t> group = others;
  group.push_back(sender);
  Join(group, kReceived * RecencyWeight(at));
}

std::int64_t OwnHistory::SentTo(std::size_t person) const {
  const auto found = known_.find(person);
  return found == known_.end() ? 0 : *found->second.person.sent;
}

double OwnHistory::RecentlyTo(std::size_t person) const {
  const auto found = known_.find(person);
  return found == known_.end() ? 0 : found->second.recently;
}

double OwnHistory::Together(std::size_t one, std::size_t other) const {
  const auto known = known_.find(one);
  if (known == known_.end()) {
    return 0;
  }
  const auto place = known->second.with.find(other);
  return place == known->second.with.end() ? 0 : *known->second.person.with[place->second].weight;
}

const Acquaintance* OwnHistory::Find(const std::string& key) const {
  const auto found = known_.find(book_.Find(key));
  return found == known_.end() ? nullptr : &found->second.person;
}

bool OwnHistory::HasDomain(const std::string& domain) const {
  return domain == "firm.example" && !people_.empty();
}

void OwnHistory::ForEach(const std::function<void(const Acquaintance&)>& use) const {
  for (const auto& [number, known] : known_) {
    use(known.person);
  }
}

// Counts change with every mail, and with them who of many is kept: near enough while nobody new comes.
std::shared_ptr<const SimilarPeople> OwnHistory::ByName() const {
  if (by_name_ == nullptr) {
    by_name_ = std::make_shared<SimilarPeople>(*this);
  }
  return by_name_;
}

}  // namespace lastlook::wrong_person
