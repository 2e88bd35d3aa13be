// SPDX-License-Identifier: MPL-2.0
// Mails that were confirmed and wait for their release. The mail itself lies with the mail program; here stands that it
// waits, until when, and where it lies, sealed under the store's key.
//
//   saving ─► waiting ─► releasing ─► (sent: the row is gone)
//      └────────┴──► asked ◄─┘ │        cancelled from every state but releasing: the row is gone
//                      └───────┘ only when the person says so
//
// Each step is one transaction, so that two programs never let the same mail go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/moment.h"
#include "base/result.h"
#include "store/store.h"

namespace lastlook {

enum class HoldState {
  kSaving,     // the mail program is putting the mail away
  kWaiting,    // for its moment
  kReleasing,  // somebody is sending it; whether it has left is not known before they say so
  kAsked,      // it stays until the person says what is to become of it
};

std::string_view HoldStateName(HoldState state);  // "waiting"

// A mail as it was let go, to be known again among the mails that were sent.
struct LeavingMail {
  std::string subject;
  std::vector<std::string> recipients;  // lists expanded; the first of them
  std::int64_t recipients_total = 0;
};

struct HeldMail {
  std::string id;
  std::string owner;  // the profile of the mail program
  HoldState state = HoldState::kSaving;
  std::string why;     // of kAsked: "overdue" …, the client's word
  std::string digest;  // of the mail as written
  Moment begun;
  std::int64_t hold_ms = 0;
  bool may_cancel = true;
  bool countdown = false;  // short enough to be watched
  std::string compose_id;
  std::string from;  // the address it was to leave from, by its key; the digest is not about it
  std::string subject;
  std::vector<std::string> recipients;  // as written; the first of them
  std::int64_t recipients_total = 0;
  std::string compose;           // JSON: how the mail came to be, as the draft said
  std::string where;             // JSON: the client's own words about where the mail lies
  std::int64_t released_ms = 0;  // UTC, when it was last let go; 0: never
  LeavingMail leaving;           // of that moment
  bool readable = true;          // false: sealed under another key; only `id` and `digest` are known

  std::int64_t release_at_ms() const { return begun.unix_ms + hold_ms; }  // UTC
};

// Errors: kStoreUnavailable; of the steps also kUnknownHold (also when it is another owner's), kHoldBusy (it is in a
// state from which there is no such step).
class Holds {
 public:
  explicit Holds(Store& store) : store_(store) {}

  // REQUIRES: mail.state is kSaving. An id that is there is kHoldBusy.
  Result<void> Begin(const HeldMail& mail);
  // Where it lies is known, or has changed: saving, waiting or asked; saving becomes waiting.
  Result<HeldMail> Saved(const std::string& id, const std::string& owner, const std::string& where);
  // Let go as `leaving`. Also kHoldNotDue, unless the person wants it now.
  Result<HeldMail> Claim(const std::string& id, const std::string& owner, bool by_person, const Moment& now,
                         const LeavingMail& leaving = {});
  Result<HeldMail> Ask(const std::string& id, const std::string& owner, const std::string& why);
  // It has left.
  Result<HeldMail> Sent(const std::string& id, const std::string& owner);
  // It is not to be sent any more; not while it is being released. `owner` "" is anybody: the person at a terminal.
  // `by_person`: kHoldMayNotBeCancelled where a rule says so.
  Result<HeldMail> Cancel(const std::string& id, const std::string& owner, bool by_person);

  Result<HeldMail> Find(const std::string& id, const std::string& owner);
  // In the order in which they fall due. `owner` "" is everybody's.
  Result<std::vector<HeldMail>> List(const std::string& owner);

 private:
  Store& store_;
};

}  // namespace lastlook
