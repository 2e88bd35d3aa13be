// SPDX-License-Identifier: MPL-2.0
#include "engine/acknowledge.h"

#include <unordered_set>

namespace lastlook {
namespace {

bool IsAsked(const VerdictRecipient& recipient, const Settings& settings) {
  return settings.confirm_ticks == "all" || (settings.confirm_ticks == "outside" && recipient.side != Side::kInside);
}

}  // namespace

Ticks TicksFor(const std::vector<VerdictRecipient>& recipients, const Settings& settings) {
  Ticks ticks;
  std::vector<std::string> organisations;
  std::unordered_set<std::string> seen;
  for (const VerdictRecipient& recipient : recipients) {
    if (!IsAsked(recipient, settings)) {
      continue;
    }
    ticks.ids.push_back(recipient.id);
    // What could not be parsed has no organisation and keeps its own tick.
    std::string id = recipient.organisation.empty() ? recipient.id : "organisation:" + recipient.organisation;
    if (seen.insert(id).second) {
      organisations.push_back(std::move(id));
    }
  }
  if (ticks.ids.size() <= kMostSingleTicks) {
    return ticks;
  }
  if (organisations.size() <= kMostOrganisationTicks) {
    ticks.ids = std::move(organisations);
    return ticks;
  }
  return Ticks{{settings.confirm_ticks == "all" ? "everybody" : "outside"}, true};
}

}  // namespace lastlook
