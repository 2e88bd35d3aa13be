// SPDX-License-Identifier: MPL-2.0
// lastlook policy effective: what do all layers say together, and which of them said it?
#pragma once

#include <string>
#include <vector>

#include "cli/check.h"
#include "cli/policy_input.h"
#include "cli/streams.h"

namespace lastlook {

struct PolicyEffectiveOptions {
  std::vector<std::string> files;  // layered in this order; none: the machine's policy directory
  bool with_built_in = true;
  UserLayerOption user;
  bool why = false;  // each part with its layer, file and line
  OutputFormat format = OutputFormat::kText;
};

// Text is a policy file, with --why commented; JSON is {"policy": {…}, "why": {…}}. Returns kExitOk or
// kExitPolicyRefused.
int RunPolicyEffective(const PolicyEffectiveOptions& options, const Streams& streams);

}  // namespace lastlook
