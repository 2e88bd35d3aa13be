// SPDX-License-Identifier: MPL-2.0
// One list of a policy: domains and addresses, words, or senders and their managers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "policy/address_patterns.h"
#include "policy/manager_list.h"
#include "policy/origin.h"

namespace lastlook {

// What is noted beside an entry; all of it may be absent.
struct ListEntry {
  std::string reason;
  std::string owner;
  std::optional<Timestamp> until;  // the entry holds before this moment
};

// One row as it was read, from the policy or from a list file.
struct ListRow {
  std::string text;     // of a manager list: the sender
  std::string manager;  // of a manager list only
  std::size_t at = 0;   // where it stands: the index in the policy's array, or the byte in the list file
};

// Its entries as written, and as address patterns where all of them are such.
struct PolicyList {
  std::vector<std::string> entries;
  std::vector<ListEntry> notes;       // beside each entry; empty when there is nothing noted beside any
  AddressPatterns patterns;           // numbered as the entries
  std::optional<Error> not_patterns;  // why they are not, with its place, for a list of words or of managers
  ManagerList managers;
  Origin origin;                 // of the layer that spoke last
  std::vector<Origin> extended;  // of the layers below to which that one appended

  // Whether an entry that holds at `now` names the address. Where `now` is not known the strict reading is taken: an
  // entry that ends counts, except in "internal" and "partners", which let mail pass.
  bool Contains(const AddrSpec& address, const std::optional<Timestamp>& now) const {
    return patterns.Matches(address, now);
  }
  // What is noted beside that entry (all of it may be empty); null if there is none.
  const ListEntry* EntryOf(const AddrSpec& address, const std::optional<Timestamp>& now) const;
};

}  // namespace lastlook
