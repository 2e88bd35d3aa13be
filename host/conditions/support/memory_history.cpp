// SPDX-License-Identifier: MPL-2.0
#include "conditions/memory_history.h"

#include <algorithm>
#include <span>
#include <utility>

#include "conditions/support/similar_people.h"

namespace lastlook {

void MemoryHistory::Add(Acquaintance acquaintance) {
  by_name_.reset();
  domains_.insert(acquaintance.address.domain);
  const auto [known, added] = by_key_.try_emplace(acquaintance.address.Key(), people_.size());
  if (added) {
    people_.push_back(std::move(acquaintance));
  } else {
    people_[known->second] = std::move(acquaintance);
  }
}

const Acquaintance* MemoryHistory::Find(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &people_[found->second];
}

std::shared_ptr<const SimilarPeople> MemoryHistory::ByName() const {
  if (by_name_ == nullptr) {
    by_name_ = std::make_shared<SimilarPeople>(std::span(people_));
  }
  return by_name_;
}

void MemoryHistory::ForEach(const std::function<void(const Acquaintance&)>& use) const {
  std::for_each(people_.begin(), people_.end(), use);
}

}  // namespace lastlook
