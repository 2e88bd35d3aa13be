// SPDX-License-Identifier: MPL-2.0
#include "conditions/recency.h"

#include <algorithm>
#include <cmath>

namespace lastlook {
namespace {

// Of the half-lives by which "Got the wrong Bob?" was measured again on public mail.
constexpr double kHalfLifeSeconds = 180.0 * 86'400;
// 2026-01-01; any moment would do, this one keeps the numbers small.
constexpr std::int64_t kOrigin = 1'767'225'600;
constexpr std::int64_t kLatest = 7'258'118'400;  // 2200-01-01

}  // namespace

double RecencyWeight(std::int64_t unix_seconds) {
  const std::int64_t at = std::clamp<std::int64_t>(unix_seconds, 0, kLatest);
  return std::exp2(static_cast<double>(at - kOrigin) / kHalfLifeSeconds);
}

}  // namespace lastlook
