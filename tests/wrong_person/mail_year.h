// SPDX-License-Identifier: MPL-2.0
// What one sender's history knows at a moment, while a corpus is replayed mail by mail.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "conditions/context.h"
#include "conditions/support/similar_people.h"
#include "corpus.h"

namespace lastlook::wrong_person {

// Numbers everybody of a corpus, for all senders.
class AddressBook {
 public:
  explicit AddressBook(const Corpus& corpus);
  const AddrSpec& address(std::size_t person) const { return addresses_[person]; }
  const std::string& key(std::size_t person) const { return keys_[person]; }
  const std::string& name(std::size_t person) const { return corpus_.people[person].name; }
  std::size_t Find(const std::string& key) const;  // the number of people when there is none

 private:
  const Corpus& corpus_;
  std::vector<AddrSpec> addresses_;
  std::vector<std::string> keys_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

class OwnHistory : public History {
 public:
  explicit OwnHistory(const AddressBook& book) : book_(book) {}

  // One mail that this sender sent.
  void Sent(const std::vector<std::size_t>& recipients, std::int64_t at);
  // One that came, with the others it came to: it counts a fifth. Lastlook itself learns from sent mail alone.
  void Received(std::size_t sender, const std::vector<std::size_t>& others, std::int64_t at);

  std::int64_t mails() const { return mails_; }
  // Mails to somebody, and the sum of their RecencyWeight; 0 for somebody who was never written to.
  std::int64_t SentTo(std::size_t person) const;
  double RecentlyTo(std::size_t person) const;
  // The sum over mails to both.
  double Together(std::size_t one, std::size_t other) const;
  const std::vector<std::size_t>& people() const { return people_; }  // who were written to

  const Acquaintance* Find(const std::string& key) const override;
  bool HasDomain(const std::string& domain) const override;
  void ForEach(const std::function<void(const Acquaintance&)>& use) const override;
  std::shared_ptr<const SimilarPeople> ByName() const override;

 private:
  struct Known {
    Acquaintance person;
    double recently = 0;
    std::unordered_map<std::size_t, std::size_t> with;  // person → place in person.with
  };
  Known& Meet(std::size_t person);
  void Join(const std::vector<std::size_t>& group, double weight);

  const AddressBook& book_;
  std::map<std::size_t, Known> known_;  // nodes stay where they are
  std::vector<std::size_t> people_;
  std::int64_t mails_ = 0;
  mutable std::shared_ptr<const SimilarPeople> by_name_;
};

}  // namespace lastlook::wrong_person
