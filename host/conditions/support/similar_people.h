// SPDX-License-Identifier: MPL-2.0
// People in the history who might have been meant instead of somebody: much the same name or address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conditions/context.h"

namespace lastlook {

struct CorrespondentRef {
  const Acquaintance* person = nullptr;
  std::string key;
  std::string local_part;  // folded
  std::uint64_t letters = 0;
};

// Built once for a history (History::ByName) and points into it. Of many who share a name it knows those most often
// written to, so that ten thousand recipients by the name of Sato stay cheap.
class SimilarPeople {
 public:
  explicit SimilarPeople(const History& history);
  // `people` outlive it, where they are.
  explicit SimilarPeople(std::span<const Acquaintance> people);

  // Those who resemble this recipient: the same local-part elsewhere, the same surname, or one slip of the pen (two
  // from nine characters on) in the local-part at the same domain. Never the recipient. Often written to first.
  std::vector<const CorrespondentRef*> Of(const AddrSpec& address, std::string_view name) const;

 private:
  void Add(const Acquaintance& person);
  void Index();

  std::vector<CorrespondentRef> people_;  // most often written to first
  std::unordered_map<std::string, std::vector<std::size_t>> by_local_part_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::unordered_map<std::string, std::map<std::size_t, std::vector<std::size_t>>> by_domain_;  // by length
};

}  // namespace lastlook
