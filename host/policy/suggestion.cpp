// SPDX-License-Identifier: MPL-2.0
#include "policy/suggestion.h"

#include <algorithm>
#include <cstddef>

namespace lastlook {
namespace {

// Optimal string alignment distance; names are short.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    d[i][0] = i;
  }
  for (std::size_t j = 0; j <= b.size(); ++j) {
    d[0][j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

constexpr std::size_t kLongestName = 64;  // longer ones are no misspelling of a name

}  // namespace

std::string NearestName(std::string_view wrong, const std::vector<std::string>& names) {
  std::string nearest;
  if (wrong.size() > kLongestName) {
    return nearest;
  }
  std::size_t best = wrong.size() / 3 + 2;
  for (const std::string& name : names) {
    const std::size_t distance = name.size() > kLongestName ? best : Distance(wrong, name);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

std::string SuggestName(std::string_view wrong, const std::vector<std::string>& names) {
  const std::string nearest = NearestName(wrong, names);
  std::string out = nearest.empty() ? "" : "did you mean \"" + nearest + "\"? ";
  out += "known: ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += (i == 0 ? "" : ", ") + names[i];
  }
  return out;
}

}  // namespace lastlook
