// SPDX-License-Identifier: MPL-2.0
// The policy of a command: the built-in one with the files that were named on top.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"

namespace lastlook {

using PolicyLayers = std::vector<std::shared_ptr<const PolicySource>>;

// Lowest layer first. Whatever keeps a policy file from being read is kPolicyRefused here: the caller has no policy.
Result<PolicyLayers> ReadPolicyLayers(const std::vector<std::string>& files, bool with_built_in);

// As ReadPolicyLayers; without `files`, the machine's own policy is read, as the host reads it.
Result<PolicyLayers> ReadPolicyInForce(const std::vector<std::string>& files, bool with_built_in);

// A person's own file, on top of everything.
struct UserLayerOption {
  std::string file = {};  // "": the person's own place
  bool left_out = false;
};

// ReadPolicyInForce with the user's layer. A named file that is refused is an error, as any file is that was named; the
// one at the person's own place is left out with a word on `err`, as the host leaves it out, and it is looked at only
// where the machine's policy is (without `files`).
Result<PolicyLayers> ReadPolicyOfUser(const std::vector<std::string>& files, bool with_built_in,
                                      const UserLayerOption& user, std::ostream& err);

}  // namespace lastlook
