// SPDX-License-Identifier: MPL-2.0
#include "policy/policy_list.h"

namespace lastlook {

const ListEntry* PolicyList::EntryOf(const AddrSpec& address, const std::optional<Timestamp>& now) const {
  static const ListEntry kNothingNoted;
  const std::optional<std::uint32_t> number = patterns.Find(address, now);
  if (!number) {
    return nullptr;
  }
  return *number < notes.size() ? &notes[*number] : &kNothingNoted;
}

}  // namespace lastlook
