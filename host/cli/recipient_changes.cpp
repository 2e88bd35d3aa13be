// SPDX-License-Identifier: MPL-2.0
#include "cli/recipient_changes.h"

#include <map>
#include <set>
#include <utility>

namespace lastlook {
namespace {

std::string KeyOf(const Mailbox& mailbox) {
  return mailbox.address ? mailbox.address->Key() : mailbox.typed;
}

using Place = std::pair<std::string, RecipientField>;

std::multiset<Place> PlacesOf(const Draft& draft) {
  std::multiset<Place> places;
  for (const Recipient& recipient : draft.recipients) {
    places.emplace(KeyOf(recipient.mailbox), recipient.field);
  }
  return places;
}

// The recipients of `draft` that have no counterpart in `other`, in their order.
std::vector<const Recipient*> Missing(const Draft& draft, const Draft& other) {
  std::multiset<Place> places = PlacesOf(other);
  std::vector<const Recipient*> missing;
  for (const Recipient& recipient : draft.recipients) {
    const auto found = places.find({KeyOf(recipient.mailbox), recipient.field});
    if (found == places.end()) {
      missing.push_back(&recipient);
    } else {
      places.erase(found);
    }
  }
  return missing;
}

}  // namespace

std::vector<RecipientChange> RecipientChanges(const Draft& before, const Draft& after) {
  std::multimap<std::string, const Recipient*> removed;
  const std::vector<const Recipient*> gone = Missing(before, after);
  for (const Recipient* recipient : gone) {
    removed.emplace(KeyOf(recipient->mailbox), recipient);
  }
  std::vector<RecipientChange> changes;
  for (const Recipient* added : Missing(after, before)) {
    RecipientChange change{std::nullopt, added->field, added->mailbox.ToString()};
    if (const auto found = removed.find(KeyOf(added->mailbox)); found != removed.end()) {
      change.from = found->second->field;
      removed.erase(found);
    }
    changes.push_back(std::move(change));
  }
  for (const Recipient* recipient : gone) {
    const auto [begin, end] = removed.equal_range(KeyOf(recipient->mailbox));
    for (auto it = begin; it != end; ++it) {
      if (it->second == recipient) {
        changes.push_back({recipient->field, std::nullopt, recipient->mailbox.ToString()});
        break;
      }
    }
  }
  return changes;
}

}  // namespace lastlook
