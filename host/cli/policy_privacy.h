// SPDX-License-Identifier: MPL-2.0
// lastlook policy privacy: what this policy records about people, where and for how long, as a page for those people.
#pragma once

#include <string>
#include <vector>

#include "cli/streams.h"

namespace lastlook {

struct PolicyPrivacyOptions {
  std::vector<std::string> policy_files;  // none: the machine's policy
  bool with_built_in = true;
  std::string language = "en";
};

// Markdown.
int RunPolicyPrivacy(const PolicyPrivacyOptions& options, const Streams& streams);

}  // namespace lastlook
