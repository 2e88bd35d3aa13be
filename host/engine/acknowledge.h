// SPDX-License-Identifier: MPL-2.0
// Which ticks a confirmation asks for. Private to engine/.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/verdict.h"
#include "mail/draft.h"
#include "policy/policy.h"

namespace lastlook {

struct Ticks {
  std::vector<std::string> ids;  // "to[0]", "organisation:c-corp.example", "outside", "everybody"
  bool type_count = false;       // the number of recipients must be typed
};

// One tick per recipient up to kMostSingleTicks, above that one per organisation, above kMostOrganisationTicks a single
// one with the number typed: nobody reads a hundred boxes.
Ticks TicksFor(const std::vector<VerdictRecipient>& recipients, const Settings& settings);

// What else is ticked: "sender", "subject", "body", "attachments[0]" …, or "attachments" when there are more than
// kMostSingleTicks. What the mail does not have is not asked about.
std::vector<std::string> MailTicks(const Draft& draft, const Settings& settings);

inline constexpr std::size_t kMostSingleTicks = 10;
inline constexpr std::size_t kMostOrganisationTicks = 50;

}  // namespace lastlook
