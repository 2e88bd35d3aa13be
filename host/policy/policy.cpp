// SPDX-License-Identifier: MPL-2.0
#include "policy/policy.h"

#include <algorithm>

namespace lastlook {

Error AtOrigin(Error error, const Origin& origin) {
  error.pointer.insert(0, origin.pointer);
  if (origin.source) {
    error.place = LocateInJson(origin.source->text, error.pointer, {.max_depth = 32, .allow_comments = true});
    error.place.file = origin.source->file;
  }
  return error;
}

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
