// SPDX-License-Identifier: MPL-2.0
// "This is right": what a person need not be asked again. Only questions about habits, one condition about one
// recipient (conditions/context.h, Silenced).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/verdict.h"
#include "policy/settings.h"

namespace lastlook {

// The text in a condition's schema that says "this is right". A condition without it is never silenced.
inline constexpr std::string_view kRightText = "right";

bool MayBeSilenced(std::string_view condition);

// The policy's history.silence: with "forbid" every question is asked each time, also what was silenced before.
bool MayBeSilencedUnder(const Settings& settings);

struct Silenceable {
  std::string rule;
  std::string condition;
  std::string recipient;  // its id in the verdict
  std::string label;      // what the person says
};

// What the person may answer so, in the order of the findings. What a rule of mode hold, approve or block asks is not
// for the person to answer, nor is the same question where a milder rule asks it too.
// Nothing where the policy forbids it.
std::vector<Silenceable> SilenceableIn(const Verdict& verdict, const Settings& settings);

}  // namespace lastlook
