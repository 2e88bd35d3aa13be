// SPDX-License-Identifier: MPL-2.0
#include "policy/policy.h"

#include <algorithm>

namespace lastlook {

const PolicyList* Policy::FindList(const std::string& name) const {
  static const PolicyList kEmpty;
  if (const auto found = lists.find(name); found != lists.end()) {
    return &found->second;
  }
  const auto& reserved = ReservedListNames();
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end() ? &kEmpty : nullptr;
}

const std::vector<std::string>& ReservedListNames() {
  static const std::vector<std::string> kNames = {"internal", "partners", "free-mail",         "watched",
                                                  "blocked",  "opt-out",  "well-known-domains"};
  return kNames;
}

}  // namespace lastlook
