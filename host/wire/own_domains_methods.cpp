// SPDX-License-Identifier: MPL-2.0
// own_domains: which domains a person without an organisation calls their own.
#include <utility>

#include "mail/address_parser.h"
#include "policy/own_domains.h"
#include "wire/methods.h"
#include "wire/params.h"

namespace lastlook {

Outcome OwnDomains(SessionState& state, const Json& params) {
  Params in(params);
  const std::vector<std::string> addresses = in.OptionalStrings("addresses");
  const bool sets = in.Optional("domains") != nullptr;
  const std::vector<std::string> typed = in.OptionalStrings("domains");
  if (!in.ok()) {
    return in.TakeError();
  }
  Result<PolicyView> view = state.policy.Now();
  if (!view.ok()) {
    return view.error();
  }
  if (sets) {
    if (view->managed) {
      return Error{ErrorCode::kInvalidParams, "the organisation's policy says which domains are inside",
                   "ask the administrator", "/domains"};
    }
    const Result<std::vector<std::string>> domains = CheckOwnDomains(typed, view->prepared->policy());
    if (!domains) {
      return domains.error();
    }
    if (const Result<void> written = WriteOwnDomains(state.policy.OwnDomainsPlace(), *domains); !written) {
      Error error = written.error();
      error.code = ErrorCode::kNotRecorded;
      return error;
    }
    view = state.policy.Now();
    if (!view.ok()) {
      return view.error();
    }
  }
  std::vector<AddrSpec> own;
  for (const std::string& address : addresses) {
    if (const Mailbox mailbox = ParseMailbox(address); mailbox.address) {
      own.push_back(*mailbox.address);
    }
  }
  return OrderedJson{{"managed", view->managed},
                     {"domains", view->own_domains},
                     {"proposed", ProposedDomains(own, view->prepared->policy())},
                     {"file", state.policy.OwnDomainsPlace()}};
}

}  // namespace lastlook
