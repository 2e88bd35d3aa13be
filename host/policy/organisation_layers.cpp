// SPDX-License-Identifier: MPL-2.0
#include "policy/organisation_layers.h"

#include <sys/stat.h>

#include <cerrno>
#include <iterator>
#include <utility>

#include "policy/object_reader.h"
#include "policy/policy_document.h"

namespace lastlook {
namespace {

constexpr std::int64_t kClockDifferenceSeconds = 60 * 60;

// What stands in the way of using a place is told when it is read.
bool IsThere(const std::string& path) {
  struct stat info {};
  return !path.empty() && (stat(path.c_str(), &info) == 0 || (errno != ENOENT && errno != ENOTDIR));
}

Result<void> ReadOverride(const LayerPlaces& places, const Timestamp& now, OrganisationLayers* layers) {
  Result<std::shared_ptr<const PolicySource>> source =
      ReadPolicyFile(places.override_file, PolicyLayer::kBreakGlass, places.trust);
  if (!source) {
    return std::move(source).error();
  }
  const Result<std::optional<OverrideDocument>> header = ReadOverrideHeader(*source);
  if (!header) {
    return header.error();
  }
  // One that is dated ahead would hold for longer than 72 hours from now.
  if ((*header)->issued.unix_seconds > now.unix_seconds + kClockDifferenceSeconds) {
    return AtOrigin(PolicyError("this override is dated ahead of this machine's clock",
                                "correct \"issued\", or the clock", "/policy/issued"),
                    Origin{*source, ""});
  }
  layers->override_until = (*header)->until;
  if (now.unix_seconds < layers->override_until->unix_seconds) {
    layers->override_source = *std::move(source);
    return {};
  }
  layers->notices.push_back(
      AtOrigin(PolicyError("this override ended at " + FormatTimestamp(layers->override_until->unix_seconds) +
                               " and is not looked at any more",
                           "remove the file", "/policy/until"),
               Origin{*source, ""}));
  return {};
}

}  // namespace

Result<OrganisationLayers> ReadOrganisationLayers(const LayerPlaces& places, const Timestamp& now) {
  OrganisationLayers layers;
  for (const auto& [directory, layer] : {std::pair{&places.machine_directory, PolicyLayer::kMachine},
                                         std::pair{&places.bundle_directory, PolicyLayer::kBundle}}) {
    if (directory->empty()) {
      continue;
    }
    auto sources = ReadPolicyDirectory(*directory, layer, places.trust);
    if (!sources) {
      return std::move(sources).error();
    }
    layers.sources.insert(layers.sources.end(), std::make_move_iterator(sources->begin()),
                          std::make_move_iterator(sources->end()));
  }
  if (IsThere(places.override_file)) {
    if (Result<void> read = ReadOverride(places, now, &layers); !read) {
      return std::move(read).error();
    }
  }
  return layers;
}

Result<std::shared_ptr<const PolicySource>> ReadUserLayer(const LayerPlaces& places) {
  if (!IsThere(places.user_file)) {
    return std::shared_ptr<const PolicySource>();
  }
  return ReadPolicyFile(places.user_file, PolicyLayer::kUser, FileTrust::kAnyone);
}

std::string UserPolicyFile(const char* home) {
  return home == nullptr || home[0] != '/' ? "" : std::string(home) + "/.config/lastlook/policy.json";
}

}  // namespace lastlook
