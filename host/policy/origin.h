// SPDX-License-Identifier: MPL-2.0
// Where something in a policy was written.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace lastlook {

// Lowest first; a higher one overrides (design section 5).
enum class PolicyLayer { kBuiltIn, kMachine, kBundle, kBreakGlass, kUser, kCommandLine };

std::string_view PolicyLayerName(PolicyLayer layer);  // "built-in", "machine", "bundle", "break-glass", "user" …

// The text of one layer, kept so that a later finding can name line and column.
struct PolicySource {
  PolicyLayer layer = PolicyLayer::kCommandLine;
  std::string file;  // as a person would open it; "built-in" for the compiled-in policy
  std::string text;
  std::map<std::string, std::string> list_files = {};  // bytes of the list files that the text names, by that name
};

struct Origin {
  std::shared_ptr<const PolicySource> source;
  std::string pointer;  // JSON pointer into source->text
};

// The error with file, line and column of `origin` (its own pointer is appended to origin's first).
Error AtOrigin(Error error, const Origin& origin);

}  // namespace lastlook
