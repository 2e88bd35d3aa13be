// SPDX-License-Identifier: MPL-2.0
// The history of one person's sent mail: learnt when a mail has left, and in bulk from the headers of the Sent folder.
//
// Addresses are looked up by tokens (HMAC, key.h), so that the database alone names nobody; beside the token stands the
// name and address sealed with AES-256-GCM, because a suggestion ("you usually write to …") must show the person their
// own correspondents. Whoever has the key file has both; the key never leaves the machine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conditions/context.h"
#include "mail/draft.h"
#include "store/store.h"

namespace lastlook {

class HistorySnapshot;

// What of a sent mail is learnt.
struct SentMail {
  std::vector<Mailbox> recipients;
  std::int64_t at = 0;     // Unix seconds
  std::string message_id;  // "" when it is not known; the same id is counted once
  std::string thread;      // the first Message-ID of the thread; "" when it begins or belongs to none
  std::string subject;     // for SimilarWithin; never stored
  std::vector<std::pair<std::string, std::string>> organisations;  // domain, its name: from the person's address book
};

// `draft` as it was sent, with its address-book lists expanded.
SentMail SentMailFrom(const Draft& draft, const Context& context, std::int64_t at, const std::string& message_id);

struct LearningState {
  std::string account;       // address
  bool complete = false;     // only then the history answers for this account
  std::int64_t headers = 0;  // mails learnt in bulk
  std::string cursor;        // where the client goes on; its own words
};

struct WrittenFacts {
  std::int64_t mails = 0;
  Timestamp first;
  Timestamp last;
};

struct HistoryCounts {
  std::int64_t people = 0;
  std::int64_t mails = 0;  // person by person
  std::int64_t silenced = 0;
};

struct SilencedRow {
  std::string condition;
  std::string address;
  std::int64_t at = 0;
};

// Accounts, people and domains are given in clear; keys are AddrSpec::Key(). Errors: kStoreUnavailable.
class HistoryBook {
 public:
  // `store` outlives the book and what it gives out.
  explicit HistoryBook(Store& store);
  ~HistoryBook();

  // One mail that has left.
  Result<void> RecordSent(const AddrSpec& account, const SentMail& mail);

  // A batch of headers of the Sent folder, in one transaction: after a crash the client goes on from the cursor of the
  // last answer. A mail that was learnt before is passed over. `complete`: there are no more. Mails that were sent
  // later than `complete` come through RecordSent.
  Result<LearningState> LearnHeaders(const AddrSpec& account, const std::vector<SentMail>& batch,
                                     const std::string& cursor, bool complete);
  Result<std::vector<LearningState>> Learning();

  // The history for a mail of `account` to these recipients; null while it is being learnt. Looks up what it needs, and
  // reads everybody once somebody asks for everybody. Valid as long as the store.
  Result<std::shared_ptr<const History>> For(const AddrSpec& account, const std::vector<Recipient>& recipients);

  // Reads everybody and sorts them by name, so that the next mail need not wait for it.
  Result<void> Warm();

  // From one account to one person; absent: never.
  Result<std::optional<WrittenFacts>> Facts(const std::string& account_key, const std::string& person_key);
  // Those of these people to whom the account has written, in one look at the store.
  Result<std::vector<std::string>> WrittenTo(const std::string& account_key,
                                             const std::vector<std::string>& person_keys);
  // The names by which the person's mails know the organisation behind a domain, the most frequent first.
  Result<std::vector<std::string>> OrganisationsOf(const std::string& domain);
  // Who is usually written to in this thread, the most frequent first.
  Result<std::vector<AddrSpec>> UsualInThread(const std::string& thread);
  // Mails with this subject, numbers apart, within so many seconds before `now`.
  Result<std::int64_t> SimilarWithin(const std::string& subject, std::int64_t now, std::int64_t seconds);

  // Everybody, by address.
  Result<std::vector<Acquaintance>> List();
  Result<HistoryCounts> Counts();
  // True if somebody was forgotten.
  Result<bool> Forget(const AddrSpec& person);
  Result<std::int64_t> ForgetBefore(std::int64_t last_mail_before);
  // Everything, also what was stored under a lost key; learning begins anew.
  Result<void> ForgetAll();

  Result<void> Silence(const std::string& condition, const AddrSpec& person, std::int64_t at);
  // True if it was silenced.
  Result<bool> Unsilence(const std::string& condition, const AddrSpec& person);
  Result<std::vector<SilencedRow>> ListSilenced();
  Result<Silenced> AllSilenced();

 private:
  // Brings `snapshot_` up to date, reading whom it has to.
  Result<std::shared_ptr<const HistorySnapshot>> Everybody();

  friend class StoredHistory;
  Store& store_;
  std::shared_ptr<HistorySnapshot> snapshot_;
};

}  // namespace lastlook
