// SPDX-License-Identifier: MPL-2.0
// The fixes that a finding offers, one for each button. Private to engine/.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/match.h"
#include "engine/patch.h"
#include "engine/verdict.h"

namespace lastlook {

// More people than this are not offered a button each: nobody reads so many. More than kMaxEvidence are offered none.
inline constexpr std::size_t kMostSingleFixes = 5;

struct Offer {
  Patch patch;             // what it changes
  std::string capability;  // what the client must be able to do for it (Effect::capability)
  std::string go_to;       // where the person goes on writing instead; "" when it changes the mail
};

// In the order of the rule's "offer", without those that cannot be carried out or would change nothing. The id of a fix
// is the effect's name; for one recipient alone, ":to[0]" stands behind it. `match` is of the mail that `mail` shows.
std::vector<Fix> FixesOf(const Match& match, const MailView& mail, const std::string& language);

// What the fix of that id does; nothing if it is none of FixesOf().
std::optional<Offer> OfferOf(const Match& match, const MailView& mail, const std::string& fix);

}  // namespace lastlook
