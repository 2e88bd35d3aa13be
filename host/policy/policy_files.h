// SPDX-License-Identifier: MPL-2.0
// Policy files on disk.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"

namespace lastlook {

enum class FileTrust {
  kAnyone,         // a file that the caller named on a command line
  kRootOwnedOnly,  // the file and its directory belong to root and nobody else may write them
};

// The file and the list files that it names, which stand in its folder and are trusted as it is. Errors: kPolicyRefused
// (too large, wrong owner …) or kUnreadableInput (not there, a directory …), naming the file; for a list file with the
// line of the policy that names it.
Result<std::shared_ptr<const PolicySource>> ReadPolicyFile(const std::string& path, PolicyLayer layer, FileTrust trust);

// All *.json files of the directory, in order of their names. A directory that does not exist holds none. One refused
// file refuses them all: half a policy is not a policy.
Result<std::vector<std::shared_ptr<const PolicySource>>> ReadPolicyDirectory(const std::string& directory,
                                                                             PolicyLayer layer, FileTrust trust);

}  // namespace lastlook
