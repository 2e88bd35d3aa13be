// SPDX-License-Identifier: MPL-2.0
// How many of several mails got which verdict.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "cli/texts.h"
#include "engine/verdict.h"

namespace lastlook {

class VerdictTally {
 public:
  void Add(const Verdict& verdict);

  // One line, without the kinds that did not occur.
  std::string Describe(const Texts& texts) const;

 private:
  // In the order of kKinds in verdict_tally.cpp.
  std::array<std::size_t, 5> counts_ = {};
};

}  // namespace lastlook
