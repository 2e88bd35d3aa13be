// SPDX-License-Identifier: MPL-2.0
#include "cli/verdict_tally.h"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace lastlook {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"tally.allow", "tally.ask", "tally.modify", "tally.delay",
                                                    "tally.block"};

// Index into kKinds.
std::size_t KindOf(const Verdict& verdict) {
  switch (verdict.disposition) {
    case Disposition::kAllow:
      return verdict.needs.empty() ? 0 : 1;
    case Disposition::kModify:
      return 2;
    case Disposition::kDelay:
      return 3;
    case Disposition::kBlock:
      return 4;
  }
  return 4;
}

}  // namespace

void VerdictTally::Add(const Verdict& verdict) {
  ++counts_[KindOf(verdict)];
}

std::string VerdictTally::Describe(const Texts& texts) const {
  const std::size_t all = std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
  std::string parts;
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    if (counts_[kind] > 0) {
      parts += (parts.empty() ? "" : texts("tally.separator")) +
               texts(kKinds[kind], {{"count", std::to_string(counts_[kind])}});
    }
  }
  if (all == 0) {
    return texts("tally.none");
  }
  return texts("tally", {{"count", std::to_string(all)}, {"parts", parts}});
}

}  // namespace lastlook
