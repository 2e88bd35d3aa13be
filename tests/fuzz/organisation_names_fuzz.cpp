// SPDX-License-Identifier: MPL-2.0
// The lines before the first empty one are names, the rest is the text: mentions are inside, in order, and of names
// given.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "detect/organisation_names.h"

namespace {

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lastlook::detect::OrganisationMention;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<lastlook::detect::OrganisationName> names;
  while (!text.empty() && text.front() != '\n' && names.size() < 64) {
    const std::size_t line = text.find('\n');
    names.push_back({text.substr(0, line), static_cast<std::uint32_t>(names.size())});
    text.remove_prefix(line == std::string_view::npos ? text.size() : line + 1);
  }
  const lastlook::detect::OrganisationNames index(names);
  std::size_t end = 0;
  std::size_t begin = 0;
  for (const OrganisationMention& mention : index.Find(text)) {
    Require(mention.begin < mention.end && mention.end <= text.size() && mention.id < names.size());
    Require(mention.begin >= end || (mention.begin == begin && mention.end == end));
    begin = mention.begin;
    end = mention.end;
  }
  return 0;
}
