// SPDX-License-Identifier: MPL-2.0
#include "policy/origin.h"

#include "base/json.h"

namespace lastlook {

std::string_view PolicyLayerName(PolicyLayer layer) {
  switch (layer) {
    case PolicyLayer::kBuiltIn:
      return "built-in";
    case PolicyLayer::kMachine:
      return "machine";
    case PolicyLayer::kBundle:
      return "bundle";
    case PolicyLayer::kBreakGlass:
      return "break-glass";
    case PolicyLayer::kUser:
      return "user";
    case PolicyLayer::kCommandLine:
      return "command line";
  }
  return "command line";
}

Error AtOrigin(Error error, const Origin& origin) {
  if (!error.place.file.empty()) {
    return error;  // it knows better: a line of a list file
  }
  error.pointer.insert(0, origin.pointer);
  if (origin.source) {
    error.place = LocateInJson(origin.source->text, error.pointer, {.max_depth = 32, .allow_comments = true});
    error.place.file = origin.source->file;
  }
  return error;
}

}  // namespace lastlook
