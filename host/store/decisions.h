// SPDX-License-Identifier: MPL-2.0
// What was decided about mails, and what became of them: appended durably and chained (chain.h). No body, no subject,
// no names of files; recipients in the form that the policy asks for.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "engine/verdict.h"
#include "policy/policy.h"
#include "store/chain.h"
#include "store/store.h"

namespace lastlook {

// "held" and "changed" are what a commit did to the mail beyond letting it go.
// "client_problem" is about no mail: what the client says of itself.
enum class DecisionEvent {
  kFound,
  kShown,
  kAnswered,
  kChanged,
  kHeld,
  kSent,
  kCancelled,
  kSentUnchecked,
  kClientProblem
};

std::string_view DecisionEventName(DecisionEvent event);  // "sent_unchecked"

// How recipients stand in a record: the setting decisions.recipients.
enum class RecipientsForm { kNone, kCount, kDomain, kHmac, kClear };

std::optional<RecipientsForm> RecipientsFormFromName(std::string_view name);

struct DecisionRecipient {
  std::string address;  // AddrSpec::Key(), or what was typed
  std::string domain;
  Side side = Side::kUnknown;
};

struct Decision {
  DecisionEvent event = DecisionEvent::kFound;
  std::int64_t at = 0;  // Unix seconds
  std::string mail;     // the digest: it names the mail without saying anything of it
  std::string sender;   // AddrSpec::Key() of the account; in the same form as recipients
  std::vector<DecisionRecipient> recipients;
  std::string policy_id;
  std::int64_t policy_serial = 0;
  std::string policy_sha256;
  std::string disposition;
  std::vector<std::string> rules;  // that matched
  std::vector<std::string> needs;
  std::int64_t acknowledged = 0;  // how many items were ticked
  std::string reason;             // the person's own words
  int hold_seconds = 0;
  std::string why;   // of a cancellation: "back", "block" …; of a client's problem: which
  std::string seat;  // this machine, where it has a name
};

// What the verdict says for the record.
Decision DecisionFrom(DecisionEvent event, const Verdict& verdict, const Draft& draft, std::int64_t at);

// The form for a mail of this sender: a private account is recorded as counts only (design section 5).
RecipientsForm FormFor(const Policy& policy, const std::optional<Mailbox>& sender);

struct StoredDecision {
  ChainHead link;
  std::string previous;  // hash
  std::string record_sha256;
  std::int64_t at = 0;
  std::optional<Json> record;          // absent: erased
  std::optional<std::string> damaged;  // its text, where that is no record
};

struct DecisionsFilter {
  std::optional<std::int64_t> from;   // Unix seconds, included
  std::optional<std::int64_t> until;  // not included
  std::int64_t last = 0;              // only so many of the newest; 0: all
};

struct Erasure {
  std::int64_t records = 0;
  ChainHead head;  // after the record of the erasure
};

// Errors: kStoreUnavailable.
class DecisionLog {
 public:
  // `store` outlives the log.
  explicit DecisionLog(Store& store) : store_(store) {}

  // Returns when the record will survive a power cut.
  Result<ChainHead> Append(const Decision& decision, RecipientsForm form);

  // In the order of the chain; `use` returns false to stop.
  Result<void> Each(const DecisionsFilter& filter, const std::function<bool(const StoredDecision&)>& use);

  Result<ChainReport> Verify(const std::optional<ChainHead>& noted = std::nullopt);

  // Removes the records up to the last one that is older than `before`, from the beginning of the chain; `why` is
  // "retention", "size" or "asked". A record says through where.
  Result<Erasure> EraseBefore(std::int64_t before, std::int64_t now, const std::string& why);
  // The oldest `count` records, whatever their age.
  Result<Erasure> EraseOldest(std::int64_t count, std::int64_t now, const std::string& why);
  // Empties the records that name this person; rows, hashes and a record of the erasure stay. Finds them where
  // addresses were recorded as "hmac" or "clear": other forms name nobody.
  Result<Erasure> ErasePerson(const AddrSpec& person, std::int64_t now);

 private:
  Result<Erasure> Prune(const char* last_sql, std::int64_t argument, std::int64_t now, const std::string& why);

  Store& store_;
};

}  // namespace lastlook
