// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/count_range.h"

namespace lastlook {

CountRange CountRange::Read(ObjectReader* reader) {
  constexpr std::int64_t kMost = 1'000'000'000;
  CountRange range;
  const auto min = reader->Whole("min", 0, kMost);
  const auto max = reader->Whole("max", 0, kMost);
  if (max) {
    range.max = *max;
    range.min = 0;
  }
  if (min) {
    range.min = *min;
  }
  if (range.min > range.max) {
    reader->Refuse("min", "\"min\" is greater than \"max\", so this can never be true", "swap them");
  }
  return range;
}

}  // namespace lastlook
