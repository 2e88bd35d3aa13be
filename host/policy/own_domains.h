// SPDX-License-Identifier: MPL-2.0
// The domains that a person calls their own where no organisation says which those are. With an organisation's policy
// on the machine they are never looked at: they would make its verdicts milder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "mail/addr_spec.h"
#include "policy/policy.h"

namespace lastlook {

// ~/.config/lastlook/own-domains.json, {"domains":["a.example"]}: beside the user's own policy. "" where that is "".
std::string OwnDomainsFile(const std::string& user_file);

// As they were written down, checked as CheckOwnDomains does; empty without such a file. Errors: kPolicyRefused or
// kUnreadableInput, naming the file.
Result<std::vector<std::string>> ReadOwnDomains(const std::string& file, const Policy& below);

// `typed` as NormalizeDomain gives them, in order, each once. Refused are what is no domain, what belongs to a registry
// ("co.jp"), and providers of free mail, where one's own domain is everybody's. Errors: kInvalidParams.
Result<std::vector<std::string>> CheckOwnDomains(const std::vector<std::string>& typed, const Policy& below);

// Writes the file anew, and its folder where there is none; the file goes when there are no domains. Errors:
// kUnreadableInput with what stands in the way.
Result<void> WriteOwnDomains(const std::string& file, const std::vector<std::string>& domains);

// What could be said for addresses of the person's own: their domains, without those that CheckOwnDomains refuses.
std::vector<std::string> ProposedDomains(const std::vector<AddrSpec>& own, const Policy& below);

// A layer that says that these domains, and what is below them, are inside.
std::shared_ptr<const PolicySource> OwnDomainsLayer(const std::string& file, const std::vector<std::string>& domains);

}  // namespace lastlook
