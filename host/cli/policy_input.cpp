// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_input.h"

#include <utility>

#include "policy/built_in_policy.h"
#include "policy/organisation_layers.h"
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
  // The user's own file is left out: these commands are about what the organisation says.
  const LayerPlaces places{LASTLOOK_POLICY_DIRECTORY, LASTLOOK_BUNDLE_DIRECTORY, LASTLOOK_OVERRIDE_FILE, "",
                           FileTrust::kRootOwnedOnly};
  Result<OrganisationLayers> read = ReadOrganisationLayers(places, SystemNow());
  if (!read) {
    Error error = std::move(read).error();
    error.code = ErrorCode::kPolicyRefused;
    return error;
  }
  layers->insert(layers->end(), read->sources.begin(), read->sources.end());
  if (read->override_source) {
    layers->push_back(read->override_source);
  }
  return layers;
}

}  // namespace lastlook
