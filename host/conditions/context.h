// SPDX-License-Identifier: MPL-2.0
// What is known around a draft: given by the client, the store or a test; conditions see the world only through it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/timestamp.h"
#include "mail/mailbox.h"

namespace lastlook {

// One of the sender's own accounts.
struct Identity {
  AddrSpec address;
  std::string name;
};

struct Contact {
  std::string name;
  std::string organisation;
  std::vector<std::string> flags;
};

// Absent is not empty: an optional that is not there was not given, and conditions on it stay silent.
struct Context {
  std::optional<Timestamp> now;
  std::vector<Identity> identities;
  std::optional<std::unordered_set<std::string>> history;       // AddrSpec::Key() of everybody written to before
  std::unordered_map<std::string, Contact> contacts;            // by AddrSpec::Key()
  std::unordered_map<std::string, std::vector<Mailbox>> lists;  // address-book lists: folded name → members
  std::string seat;                                             // names this machine for rollouts; may be empty
};

}  // namespace lastlook
