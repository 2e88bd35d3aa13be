// SPDX-License-Identifier: MPL-2.0
// What a session does about held mails: only what was committed here may be held, and the store says what is.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/moment.h"
#include "engine/patch.h"
#include "mail/draft.h"
#include "store/holds.h"

namespace lastlook {

class Records;

// A mail that somebody said yes to, and that is to be held.
struct CommittedHold {
  std::string digest;  // as written
  int hold_seconds = 0;
  bool may_cancel = true;
  Draft draft;                // as written
  std::string compose;        // JSON
  int countdown_seconds = 0;  // holds of up to this are counted down
};

class HoldDesk {
 public:
  // `records` may be null: then nothing can be held. Outlives the desk.
  HoldDesk(Records* records, std::function<Moment()> moments) : records_(records), moments_(std::move(moments)) {}

  // Committed: `hold.put` may come for it.
  void MayBegin(const std::string& compose_id, CommittedHold hold);

  // Errors of all: kNotRecorded where there is no store, and those of Holds.
  Result<HeldMail> Begin(const std::string& id, const std::string& owner, const std::string& compose_id);
  Result<HeldMail> Saved(const std::string& id, const std::string& owner, const std::string& where);
  Result<std::vector<HeldMail>> List(const std::string& owner);
  Result<HeldMail> Find(const std::string& id, const std::string& owner);
  // `draft`, lists expanded, leaves with `patch` made to it.
  Result<HeldMail> Claim(const std::string& id, const std::string& owner, bool by_person, const Draft& draft,
                         const Patch& patch);
  Result<HeldMail> Ask(const std::string& id, const std::string& owner, const std::string& why);
  Result<HeldMail> Sent(const std::string& id, const std::string& owner);
  Result<HeldMail> Cancel(const std::string& id, const std::string& owner, bool by_person);

  // Is `draft` to leave from the address that `held` was confirmed with? The digest knows recipients and words only.
  static bool SameSender(const HeldMail& held, const Draft& draft);

  // A HOLD of PROTOCOL.md.
  OrderedJson ToJson(const HeldMail& mail) const;

 private:
  template <typename Work>
  auto WithHolds(Work work) -> decltype(work(std::declval<Holds&>()));

  Records* records_;
  std::function<Moment()> moments_;
  std::deque<std::pair<std::string, CommittedHold>> committed_;  // by compose_id, the newest last
};

}  // namespace lastlook
