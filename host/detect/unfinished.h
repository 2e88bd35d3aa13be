// SPDX-License-Identifier: MPL-2.0
// A text that stops before it ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lastlook::detect {

enum class Unfinished {
  kOpenClause,     // the last line ends with "、", "が", "the", "(" …
  kGreetingAlone,  // a salutation, and nothing said
  kNobodyGreeted,  // "Dear ,"
};

struct UnfinishedPlace {
  Unfinished kind = Unfinished::kOpenClause;
  std::size_t begin = 0;  // the line, in bytes of the text
  std::size_t end = 0;
};

// `folded` is what the sender wrote, folded, without signature. Linear time.
std::optional<UnfinishedPlace> FindUnfinished(std::string_view folded);

}  // namespace lastlook::detect
