// SPDX-License-Identifier: MPL-2.0
// lastlook policy schema: what may a policy say?
#pragma once

#include <string>

#include "cli/streams.h"

namespace lastlook {

// Prints the JSON Schema (draft-07) of the condition or effect `name`, of "settings", or of a whole policy where `name`
// is empty. Returns kExitOk, or kExitWrongUse for a name that does not exist.
int RunPolicySchema(const std::string& name, const Streams& streams);

}  // namespace lastlook
