// SPDX-License-Identifier: MPL-2.0
// The person said yes: checked against what was asked, then turned into a patch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluate.h"
#include "engine/patch.h"

namespace lastlook {

struct CommitRequest {
  std::string digest;         // of the verdict that was shown
  std::string policy_sha256;  // of the policy that was shown
  std::vector<std::string> acknowledged;
  std::string reason;
  std::optional<std::int64_t> typed_count;
  std::vector<std::string> typed_names;          // in the order of the verdict's `retype`
  std::vector<std::string> client_capabilities;  // what the client can carry out: "recipients", "body" …
  std::string language = "en";                   // of the texts in an error: "ja", "en", "zh"
};

struct CommitAnswer {
  Patch patch;
  // Of what shall leave; where `packed` is not empty, of the plan: no mail has it before the ZIP of those files is
  // made.
  std::string result_digest;
  std::vector<Part> packed;  // with their bytes; one encrypted ZIP of them is the only one of patch.attachments.added
  Draft result;              // only where `packed` is not empty; an attachment of it is IsToBePacked
  int hold_seconds = 0;
  bool hold_may_be_cancelled = true;
  Verdict verdict;  // what was decided, for the record
};

// Evaluates again and refuses unless the request covers what the verdict asks. Errors: kStaleDigest, kStalePolicy,
// kPartsPending, kBlocked, kCannotCarryOut, kNotCovered (with `missing`).
Result<CommitAnswer> Commit(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                            const CommitRequest& request);

// A held mail leaves: what was confirmed when it was held is not asked again, and no hold begins anew. `digest` is that
// of the mail as it was held. Errors: kStaleDigest (it is another mail), kPartsPending, kBlocked, kCannotCarryOut, and
// kNotCovered where somebody else has to agree by now.
Result<CommitAnswer> Release(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                             const std::string& digest, const std::vector<std::string>& client_capabilities,
                             const std::string& language);

struct FixAnswer {
  Patch patch;
  std::string go_to;  // "attachments" …: nothing is changed, the person goes on writing there; else ""
};

// One click on an offered fix: that one alone. `client_capabilities` are those of CommitRequest. Errors: kUnknownFix,
// kCannotCarryOut.
Result<FixAnswer> ApplyFix(const PreparedPolicy& policy, const Draft& draft, const Context& context,
                           const std::string& rule, const std::string& fix,
                           const std::vector<std::string>& client_capabilities);

}  // namespace lastlook
