// SPDX-License-Identifier: MPL-2.0
// What a finder believes to have found, before labels and neighbours have been asked. Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "detect/personal_data.h"

namespace lastlook::detect {

struct Candidate {
  DataType type = DataType::kMyNumber;
  std::size_t begin = 0;  // bytes of the folded chunk; of the original once it has been scored
  std::size_t end = 0;
  std::string normalized;
  int base = 0;             // without a label; 0: then it is nothing
  int labelled = 0;         // with one
  bool far_label = true;    // a label within 300 characters before will do; else it must be within 40
  bool settled = false;     // the finder has looked at labels itself: `base` is the score
  bool own_digits = false;  // a bare row of digits, so a column of such can be judged as a whole
};

}  // namespace lastlook::detect
