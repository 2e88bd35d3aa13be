// SPDX-License-Identifier: MPL-2.0
// Which part of an Office Open XML package leads to which (ECMA-376 part 2 section 9.3). Private to this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "content/package.h"

namespace lastlook::content {

struct Relationship {
  std::string type;    // the last step of its name, for example "worksheet"
  std::string target;  // a path in the package; as written where it leads out of it
  bool external = false;
};

// Of the part at `path`, by id. Empty where it has none.
std::map<std::string, Relationship> RelationshipsOf(const Package& package, std::string_view path);

// The first of that type; "" if there is none.
std::string TargetOfType(const std::map<std::string, Relationship>& relationships, std::string_view type);

}  // namespace lastlook::content
