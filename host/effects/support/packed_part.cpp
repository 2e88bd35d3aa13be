// SPDX-License-Identifier: MPL-2.0
#include "effects/support/packed_part.h"

#include <memory>
#include <utility>

namespace lastlook {
namespace {

// Known by its address.
const std::shared_ptr<const std::string>& Nothing() {
  static const auto kNothing = std::make_shared<const std::string>();
  return kNothing;
}

}  // namespace

Part ToBePacked(std::string name) {
  Part part;
  part.id = "lastlook-zip";
  part.name = std::move(name);
  part.content_type = "application/zip";
  part.bytes = Nothing();
  return part;
}

bool IsToBePacked(const Part& part) {
  return part.bytes == Nothing();
}

}  // namespace lastlook
