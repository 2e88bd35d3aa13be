// SPDX-License-Identifier: MPL-2.0
// A text for people among an effect's parameters: one string for all, or {"ja":"…","en":"…","zh":"…"}.
#pragma once

#include <string>

#include "base/localized_text.h"
#include "policy/object_reader.h"

namespace lastlook {

// Refuses through `reader` when the member is absent, of another type, or has an empty text.
LocalizedText LocalizedParam(ObjectReader* reader, const std::string& key);

}  // namespace lastlook
