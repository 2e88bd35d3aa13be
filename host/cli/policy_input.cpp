// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_input.h"

#include <utility>

#include "policy/built_in_policy.h"
#include "policy/policy_files.h"

namespace lastlook {

Result<PolicyLayers> ReadPolicyLayers(const std::vector<std::string>& files, bool with_built_in) {
  PolicyLayers layers;
  if (with_built_in) {
    layers.push_back(BuiltInPolicy());
  }
  for (const std::string& file : files) {
    Result<std::shared_ptr<const PolicySource>> source =
        ReadPolicyFile(file, PolicyLayer::kCommandLine, FileTrust::kAnyone);
    if (!source) {
      Error error = std::move(source).error();
      error.code = ErrorCode::kPolicyRefused;
      if (error.place.file.empty()) {
        error.place.file = file;
      }
      return error;
    }
    layers.push_back(*std::move(source));
  }
  return layers;
}

Result<PolicyLayers> ReadPolicyInForce(const std::vector<std::string>& files, bool with_built_in) {
  Result<PolicyLayers> layers = ReadPolicyLayers(files, with_built_in);
  if (!layers || !files.empty()) {
    return layers;
  }
  Result<PolicyLayers> machine = ReadPolicyDirectory(LASTLOOK_POLICY_DIRECTORY, "machine", FileTrust::kRootOwnedOnly);
  if (!machine) {
    Error error = std::move(machine).error();
    error.code = ErrorCode::kPolicyRefused;
    return error;
  }
  layers->insert(layers->end(), machine->begin(), machine->end());
  return layers;
}

}  // namespace lastlook
