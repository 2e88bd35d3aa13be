// SPDX-License-Identifier: MPL-2.0
// "At least and at most so many", as several conditions say it: {"min", "max"}.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policy/object_reader.h"

namespace lastlook {

struct CountRange {
  std::int64_t min = 1;
  std::int64_t max = INT64_MAX;

  static std::vector<std::string> Keys() { return {"min", "max"}; }
  // With "max" alone the least is 0, else 1.
  static CountRange Read(ObjectReader* reader);
  bool Contains(std::size_t count) const {
    return static_cast<std::int64_t>(count) >= min && static_cast<std::int64_t>(count) <= max;
  }
};

}  // namespace lastlook
