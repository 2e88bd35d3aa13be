// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_input.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <ostream>
#include <utility>

#include "base/terminal_text.h"
#include "engine/prepared_policy.h"
#include "policy/built_in_policy.h"
#include "policy/organisation_layers.h"
#include "policy/own_domains.h"
#include "policy/policy_files.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

LayerPlaces PlacesOfThisMachine(std::string user_file) {
  return {LASTLOOK_POLICY_DIRECTORY, LASTLOOK_BUNDLE_DIRECTORY, LASTLOOK_OVERRIDE_FILE, std::move(user_file),
          FileTrust::kRootOwnedOnly};
}

Error AsRefusal(Error error, const std::string& file) {
  error.code = ErrorCode::kPolicyRefused;
  if (error.place.file.empty()) {
    error.place.file = file;
  }
  return error;
}

// Null without a file, and for one that the host would leave out.
std::shared_ptr<const PolicySource> OwnFile(const PolicyLayers& below, std::ostream& err) {
  const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): this program has one thread
  Result<std::shared_ptr<const PolicySource>> source = ReadUserLayer(PlacesOfThisMachine(UserPolicyFile(home)));
  std::optional<Error> refused;
  if (!source) {
    refused = source.error();
  } else if (*source) {
    PolicyLayers layers = below;
    layers.push_back(*source);
    if (Result<Policy> policy = ReadPolicy(layers, KnownVocabulary()); !policy) {
      refused = std::move(policy).error();
    }
  }
  if (refused) {
    err << "lastlook: your own file is left out: " << PrintableLine(DescribeError(*refused)) << "\n";
    return nullptr;
  }
  return *source;
}

// The domains that a person calls theirs. Null without them, and wherever an organisation has the word, as in the host.
std::shared_ptr<const PolicySource> OwnDomains(const PolicyLayers& below, std::ostream& err) {
  const Result<Policy> policy = ReadPolicy(below, KnownVocabulary());
  if (!policy || std::any_of(below.begin(), below.end(),
                             [](const auto& source) { return source->layer != PolicyLayer::kBuiltIn; })) {
    return nullptr;
  }
  const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): this program has one thread
  const std::string file = OwnDomainsFile(UserPolicyFile(home));
  const Result<std::vector<std::string>> domains = ReadOwnDomains(file, *policy);
  if (!domains) {
    err << "lastlook: your own domains are left out: " << PrintableLine(DescribeError(domains.error())) << "\n";
    return nullptr;
  }
  return domains->empty() ? nullptr : OwnDomainsLayer(file, *domains);
}

}  // namespace

Result<PolicyLayers> ReadPolicyLayers(const std::vector<std::string>& files, bool with_built_in) {
  PolicyLayers layers;
  if (with_built_in) {
    layers.push_back(BuiltInPolicy());
  }
  for (const std::string& file : files) {
    Result<std::shared_ptr<const PolicySource>> source =
        ReadPolicyFile(file, PolicyLayer::kCommandLine, FileTrust::kAnyone);
    if (!source) {
      return AsRefusal(std::move(source).error(), file);
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
  Result<OrganisationLayers> read = ReadOrganisationLayers(PlacesOfThisMachine(""), SystemNow());
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

Result<PolicyLayers> ReadPolicyOfUser(const std::vector<std::string>& files, bool with_built_in,
                                      const UserLayerOption& user, std::ostream& err) {
  Result<PolicyLayers> layers = ReadPolicyInForce(files, with_built_in);
  if (!layers || user.left_out) {
    return layers;
  }
  if (user.file.empty()) {
    if (auto domains = files.empty() ? OwnDomains(*layers, err) : nullptr) {
      layers->push_back(std::move(domains));
    }
    if (auto own = files.empty() ? OwnFile(*layers, err) : nullptr) {
      layers->push_back(std::move(own));
    }
    return layers;
  }
  Result<std::shared_ptr<const PolicySource>> source =
      ReadPolicyFile(user.file, PolicyLayer::kUser, FileTrust::kAnyone);
  if (!source) {
    return AsRefusal(std::move(source).error(), user.file);
  }
  layers->push_back(*std::move(source));
  return layers;
}

}  // namespace lastlook
