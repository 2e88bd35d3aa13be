// SPDX-License-Identifier: MPL-2.0
// What an administrator should know about a pattern before it meets mails: that it is slow, or that it says nothing.
#pragma once

#include <string>
#include <vector>

#include "conditions/support/text_pattern.h"

namespace lastlook {

struct PatternRemark {
  bool everywhere = false;  // it is found in practically every mail; else it costs more than it need
  std::string message;      // "the pattern …"
  std::string remedy;
};

// RE2 takes linear time with every pattern; this is about the factor before it.
std::vector<PatternRemark> RemarksOn(const TextPattern& pattern);

}  // namespace lastlook
