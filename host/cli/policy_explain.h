// SPDX-License-Identifier: MPL-2.0
// lastlook policy explain: why was I asked, and why was I not asked?
#pragma once

#include <string>
#include <vector>

#include "cli/check.h"
#include "cli/policy_input.h"
#include "cli/streams.h"

namespace lastlook {

struct PolicyExplainOptions {
  std::vector<std::string> policy_files;  // none: the machine's policy directory
  bool with_built_in = true;
  UserLayerOption user;
  std::string context_file;
  std::string language = "en";
  OutputFormat format = OutputFormat::kText;
  std::vector<std::string> rules;  // only these; none: all
  std::string mail;
};

// Returns kExitOk however the mail is judged, or the status of an error.
int RunPolicyExplain(const PolicyExplainOptions& options, const Streams& streams);

}  // namespace lastlook
