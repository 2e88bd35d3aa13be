// SPDX-License-Identifier: MPL-2.0
// A history that is given whole: by a test, the command line, or a client that keeps its own.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "conditions/context.h"

namespace lastlook {

class MemoryHistory : public History {
 public:
  // Somebody who stands there twice is one person; the later entry wins.
  void Add(Acquaintance acquaintance);

  const Acquaintance* Find(const std::string& key) const override;
  bool HasDomain(const std::string& domain) const override { return domains_.contains(domain); }
  void ForEach(const std::function<void(const Acquaintance&)>& use) const override;
  // Made once; Add makes it void. Not safe to share between threads.
  std::shared_ptr<const SimilarPeople> ByName() const override;

 private:
  std::vector<Acquaintance> people_;  // in the order in which they were added
  std::unordered_map<std::string, std::size_t> by_key_;
  std::unordered_set<std::string> domains_;
  mutable std::shared_ptr<const SimilarPeople> by_name_;
};

}  // namespace lastlook
