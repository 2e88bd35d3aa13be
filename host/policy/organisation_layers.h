// SPDX-License-Identifier: MPL-2.0
// The layers that this machine has above the built-in policy, from their places (design section 5).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "policy/policy.h"
#include "policy/policy_files.h"

namespace lastlook {

// An empty string: there is no such place.
struct LayerPlaces {
  std::string machine_directory;
  std::string bundle_directory;
  std::string override_file;
  std::string user_file;                        // belongs to the user and may only tighten
  FileTrust trust = FileTrust::kRootOwnedOnly;  // of all but the user's
};

struct OrganisationLayers {
  std::vector<std::shared_ptr<const PolicySource>> sources;  // machine and bundle, lowest first
  std::shared_ptr<const PolicySource> override_source;       // null: there is none, or it has ended
  std::optional<Timestamp> override_until;                   // also of one that has ended
  std::vector<Error> notices;                                // what was left out, and why
};

// Errors: as ReadPolicyDirectory and ReadPolicyFile. An override that has ended at `now` is left out with a notice.
Result<OrganisationLayers> ReadOrganisationLayers(const LayerPlaces& places, const Timestamp& now);

// The user's file, or null where there is none.
Result<std::shared_ptr<const PolicySource>> ReadUserLayer(const LayerPlaces& places);

// ~/.config/lastlook/policy.json under `home`; "" without a home. Environment variables that move it are not looked at:
// there is one place that help can name.
std::string UserPolicyFile(const char* home);

}  // namespace lastlook
