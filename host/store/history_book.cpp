// SPDX-License-Identifier: MPL-2.0
#include "store/history_book.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/text_fold.h"
#include "store/history_learner.h"
#include "store/history_snapshot.h"
#include "store/sealed_mailbox.h"
#include "store/stored_history.h"

namespace lastlook {
namespace {

// From here on reading everybody costs less than looking up each: about 20 microseconds against about 3 of each row.
constexpr std::size_t kManyRecipients = 300;
// What "lately" is kept for: whether many alike mails leave at once.
constexpr std::int64_t kLatelySeconds = 3600;

// Nobody who remembers an earlier state may go on with it.
void NoteRemoval(Connection& connection) {
  Query(
      connection,
      "INSERT INTO meta (name, value) VALUES ('history_removal', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1")
      .Run();
}

void ForgetId(Connection& connection, std::int64_t person) {
  Query(connection, "DELETE FROM written WHERE person = ?", person).Run();
  Query(connection, "DELETE FROM together WHERE one = ?1 OR other = ?1", person).Run();
  Query(connection, "DELETE FROM threads WHERE person = ?", person).Run();
  Query(connection, "DELETE FROM people WHERE id = ?", person).Run();
}

// What was removed must not stay in the log beside the database.
void EmptyLog(Connection& connection) {
  Query(connection, "PRAGMA incremental_vacuum").Run();
  Query(connection, "PRAGMA wal_checkpoint(TRUNCATE)").Run();
}

bool IsComplete(Connection& connection, const StoreKeys& keys, const AddrSpec& account) {
  Query row(connection, "SELECT complete FROM accounts WHERE key = ?", Blob{keys.Token("address", account.Key())});
  return row.Step() && row.Whole(0) != 0;
}

}  // namespace

SentMail SentMailFrom(const Draft& draft, const Context& context, std::int64_t at, const std::string& message_id) {
  SentMail mail;
  mail.at = at;
  mail.message_id = message_id;
  mail.subject = draft.subject;
  mail.recipients.reserve(draft.recipients.size());
  for (const Recipient& recipient : draft.recipients) {
    mail.recipients.push_back(recipient.mailbox);
    if (!recipient.mailbox.address) {
      continue;
    }
    const auto contact = context.contacts.find(recipient.mailbox.address->Key());
    if (contact != context.contacts.end() && !contact->second.organisation.empty()) {
      mail.organisations.emplace_back(recipient.mailbox.address->domain, contact->second.organisation);
    }
  }
  if (context.thread && !context.thread->id.empty()) {
    mail.thread = context.thread->id;
    return mail;
  }
  for (const auto& [name, value] : draft.headers) {
    const std::string folded = Fold(name);
    if (folded == "references" || (folded == "in-reply-to" && mail.thread.empty())) {
      // The first id of References is the thread's first mail (RFC 5322 section 3.6.4).
      const std::size_t open = value.find('<');
      const std::size_t close = value.find('>', open);
      if (open != std::string::npos && close != std::string::npos) {
        mail.thread = value.substr(open, close - open + 1);
      }
    }
  }
  return mail;
}

HistoryBook::HistoryBook(Store& store) : store_(store) {
}
HistoryBook::~HistoryBook() = default;

Result<void> HistoryBook::RecordSent(const AddrSpec& account, const SentMail& mail) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Result<void> {
    Writing writing(connection);
    HistoryLearner learner(connection, keys, account, store_.Now());
    if (learner.Learn(mail)) {
      Query(connection, "DELETE FROM lately WHERE at < ?", mail.at - kLatelySeconds).Run();
      if (const std::string likeness = LikenessOf(mail.subject); !likeness.empty()) {
        Query(connection, "INSERT INTO lately (at, likeness) VALUES (?, ?)", mail.at,
              Blob{keys.Token("likeness", likeness)})
            .Run();
      }
    }
    writing.Commit();
    return {};
  });
}

Result<LearningState> HistoryBook::LearnHeaders(const AddrSpec& account, const std::vector<SentMail>& batch,
                                                const std::string& cursor, bool complete) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Result<LearningState> {
    Writing writing(connection);
    HistoryLearner learner(connection, keys, account, store_.Now());
    const std::int64_t learnt =
        std::count_if(batch.begin(), batch.end(), [&](const SentMail& mail) { return learner.Learn(mail); });
    Query(connection, "UPDATE accounts SET headers = headers + ?, cursor = ?, complete = max(complete, ?) WHERE id = ?",
          learnt, cursor, std::int64_t{complete}, learner.account_id())
        .Run();
    LearningState state{account.ToString(), false, 0, cursor};
    {
      Query row(connection, "SELECT complete, headers FROM accounts WHERE id = ?", learner.account_id());
      row.Step();
      state.complete = row.Whole(0) != 0;
      state.headers = row.Whole(1);
    }
    writing.Commit();
    return state;
  });
}

Result<std::vector<LearningState>> HistoryBook::Learning() {
  return store_.RunHistory([](Connection& connection, const StoreKeys& keys) -> Result<std::vector<LearningState>> {
    std::vector<LearningState> states;
    Query rows(connection, "SELECT sealed, complete, headers, cursor FROM accounts ORDER BY id");
    while (rows.Step()) {
      const Result<NamedAddress> account = OpenNamed(keys.sealer(), rows.Bytes(0), "accounts");
      states.push_back({account ? account->address.ToString() : "", rows.Whole(1) != 0, rows.Whole(2), rows.Text(3)});
    }
    return states;
  });
}

Result<std::shared_ptr<const History>> HistoryBook::For(const AddrSpec& account,
                                                        const std::vector<Recipient>& recipients) {
  using Answer = Result<std::shared_ptr<const History>>;
  bool complete = false;
  HistoryStamp stamp;
  Answer answer = store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Answer {
    SQLite::Transaction reading(connection.database());  // taking SQLite's locks costs more than a look-up
    complete = IsComplete(connection, keys, account);
    stamp = StampOf(connection, store_.generation());
    const bool in_memory = snapshot_ != nullptr && snapshot_->stamp() == stamp;
    if (!complete || in_memory || recipients.size() > kManyRecipients) {
      return std::shared_ptr<const History>();
    }
    return std::shared_ptr<const History>(std::make_shared<StoredHistory>(*this, connection, keys, recipients));
  });
  if (!answer || !complete || *answer != nullptr) {
    return answer;
  }
  Result<std::shared_ptr<const HistorySnapshot>> everybody = Everybody();
  if (!everybody) {
    return std::move(everybody).error();
  }
  return std::shared_ptr<const History>(std::make_shared<StoredHistory>(*this, *std::move(everybody)));
}

Result<std::shared_ptr<const HistorySnapshot>> HistoryBook::Everybody() {
  using Answer = Result<std::shared_ptr<const HistorySnapshot>>;
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Answer {
    SQLite::Transaction reading(connection.database());  // one moment for all tables
    const HistoryStamp stamp = StampOf(connection, store_.generation());
    if (snapshot_ == nullptr || snapshot_->stamp() != stamp) {
      snapshot_ = HistorySnapshot::Read(connection, keys, stamp, std::move(snapshot_));
      if (snapshot_->unreadable() > 0) {
        Log(LogLevel::kWarning, std::to_string(snapshot_->unreadable()) + " people of the history cannot be opened");
      }
    }
    return std::shared_ptr<const HistorySnapshot>(snapshot_);
  });
}

Result<void> HistoryBook::Warm() {
  const Result<std::shared_ptr<const HistorySnapshot>> everybody = Everybody();
  if (!everybody) {
    return everybody.error();
  }
  (void)(*everybody)->ByName();
  return {};
}

Result<std::optional<WrittenFacts>> HistoryBook::Facts(const std::string& account_key, const std::string& person_key) {
  using Answer = Result<std::optional<WrittenFacts>>;
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Answer {
    Query row(connection,
              "SELECT mails, first, last FROM written JOIN people ON people.id = person "
              "JOIN accounts ON accounts.id = account WHERE people.key = ? AND accounts.key = ?",
              Blob{keys.Token("address", person_key)}, Blob{keys.Token("address", account_key)});
    if (!row.Step()) {
      return std::optional<WrittenFacts>();
    }
    return std::optional<WrittenFacts>(
        WrittenFacts{row.Whole(0), Timestamp{row.Whole(1), 0}, Timestamp{row.Whole(2), 0}});
  });
}

Result<std::vector<std::string>> HistoryBook::WrittenTo(const std::string& account_key,
                                                        const std::vector<std::string>& person_keys) {
  using Answer = Result<std::vector<std::string>>;
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Answer {
    std::vector<std::string> known;
    SQLite::Transaction reading(connection.database());
    const std::string account = keys.Token("address", account_key);
    for (const std::string& key : person_keys) {
      Query row(connection,
                "SELECT 1 FROM written JOIN people ON people.id = person JOIN accounts ON accounts.id = account "
                "WHERE people.key = ? AND accounts.key = ?",
                Blob{keys.Token("address", key)}, Blob{account});
      if (row.Step()) {
        known.push_back(key);
      }
    }
    return known;
  });
}

Result<std::vector<std::string>> HistoryBook::OrganisationsOf(const std::string& domain) {
  using Answer = Result<std::vector<std::string>>;
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Answer {
    std::vector<std::string> names;
    Query rows(connection, "SELECT sealed FROM organisations WHERE domain = ? ORDER BY mails DESC, id",
               Blob{keys.Token("domain", domain)});
    while (rows.Step()) {
      if (Result<std::string> name = keys.sealer().Open(rows.Bytes(0), "organisations")) {
        names.push_back(*std::move(name));
      }
    }
    return names;
  });
}

Result<std::vector<AddrSpec>> HistoryBook::UsualInThread(const std::string& thread) {
  using Answer = Result<std::vector<AddrSpec>>;
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Answer {
    std::vector<AddrSpec> people;
    Query rows(connection,
               "SELECT sealed FROM threads JOIN people ON people.id = person WHERE thread = ? "
               "ORDER BY mails DESC, threads.id",
               Blob{keys.Token("thread", thread)});
    while (rows.Step()) {
      if (Result<NamedAddress> person = OpenNamed(keys.sealer(), rows.Bytes(0), "people")) {
        people.push_back(std::move(person->address));
      }
    }
    return people;
  });
}

Result<std::int64_t> HistoryBook::SimilarWithin(const std::string& subject, std::int64_t now, std::int64_t seconds) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Result<std::int64_t> {
    const std::string likeness = LikenessOf(subject);
    if (likeness.empty()) {
      return std::int64_t{0};  // mails without a subject are not alike because of it
    }
    Query row(connection, "SELECT count(*) FROM lately WHERE likeness = ? AND at > ? AND at <= ?",
              Blob{keys.Token("likeness", likeness)}, now - seconds, now);
    row.Step();
    return row.Whole(0);
  });
}

Result<std::vector<Acquaintance>> HistoryBook::List() {
  Result<std::shared_ptr<const HistorySnapshot>> everybody = Everybody();
  if (!everybody) {
    return std::move(everybody).error();
  }
  std::vector<Acquaintance> people = (*everybody)->people();
  std::sort(people.begin(), people.end(), [](const Acquaintance& a, const Acquaintance& b) {
    return std::pair(a.address.domain, a.address.local_part) < std::pair(b.address.domain, b.address.local_part);
  });
  return people;
}

Result<HistoryCounts> HistoryBook::Counts() {
  return store_.RunHistory([](Connection& connection, const StoreKeys&) -> Result<HistoryCounts> {
    return HistoryCounts{connection.Whole("SELECT count(*) FROM people"),
                         connection.Whole("SELECT coalesce(sum(mails), 0) FROM written"),
                         connection.Whole("SELECT count(*) FROM silenced")};
  });
}

Result<bool> HistoryBook::Forget(const AddrSpec& person) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Result<bool> {
    const std::string token = keys.Token("address", person.Key());
    Writing writing(connection);
    std::int64_t id = 0;
    {
      Query row(connection, "SELECT id FROM people WHERE key = ?", Blob{token});
      id = row.Step() ? row.Whole(0) : 0;
    }
    Query(connection, "DELETE FROM silenced WHERE person = ?", Blob{token}).Run();
    if (id != 0) {
      ForgetId(connection, id);
      NoteRemoval(connection);
    }
    writing.Commit();
    EmptyLog(connection);
    return id != 0;
  });
}

Result<std::int64_t> HistoryBook::ForgetBefore(std::int64_t last_mail_before) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys&) -> Result<std::int64_t> {
    Writing writing(connection);
    std::vector<std::int64_t> old;
    {
      Query rows(connection, "SELECT person FROM written GROUP BY person HAVING max(last) < ?", last_mail_before);
      while (rows.Step()) {
        old.push_back(rows.Whole(0));
      }
    }
    for (const std::int64_t person : old) {
      ForgetId(connection, person);
    }
    if (!old.empty()) {
      NoteRemoval(connection);
    }
    writing.Commit();
    if (!old.empty()) {
      EmptyLog(connection);
    }
    return static_cast<std::int64_t>(old.size());
  });
}

Result<void> HistoryBook::ForgetAll() {
  return store_.ForgetKey([](Connection& connection) {
    for (const char* sql : {"DELETE FROM people", "DELETE FROM written", "DELETE FROM together", "DELETE FROM learnt",
                            "DELETE FROM organisations", "DELETE FROM threads", "DELETE FROM lately",
                            "DELETE FROM silenced", "DELETE FROM accounts"}) {
      Query(connection, sql).Run();
    }
    NoteRemoval(connection);
  });
}

Result<void> HistoryBook::Silence(const std::string& condition, const AddrSpec& person, std::int64_t at) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Result<void> {
    Query(connection, "INSERT OR REPLACE INTO silenced (kind, person, sealed, at) VALUES (?, ?, ?, ?)", condition,
          Blob{keys.Token("address", person.Key())}, Blob{SealNamed(keys.sealer(), {person, ""}, "silenced")}, at)
        .Run();
    return {};
  });
}

Result<bool> HistoryBook::Unsilence(const std::string& condition, const AddrSpec& person) {
  return store_.RunHistory([&](Connection& connection, const StoreKeys& keys) -> Result<bool> {
    Query(connection, "DELETE FROM silenced WHERE kind = ? AND person = ?", condition,
          Blob{keys.Token("address", person.Key())})
        .Run();
    return connection.database().getChanges() > 0;
  });
}

Result<std::vector<SilencedRow>> HistoryBook::ListSilenced() {
  using Answer = Result<std::vector<SilencedRow>>;
  return store_.RunHistory([](Connection& connection, const StoreKeys& keys) -> Answer {
    std::vector<SilencedRow> out;
    Query rows(connection, "SELECT kind, sealed, at FROM silenced ORDER BY id");
    while (rows.Step()) {
      if (const Result<NamedAddress> person = OpenNamed(keys.sealer(), rows.Bytes(1), "silenced")) {
        out.push_back({rows.Text(0), person->address.ToString(), rows.Whole(2)});
      }
    }
    return out;
  });
}

Result<Silenced> HistoryBook::AllSilenced() {
  return store_.RunHistory([](Connection& connection, const StoreKeys& keys) -> Result<Silenced> {
    Silenced out;
    Query rows(connection, "SELECT kind, sealed FROM silenced");
    while (rows.Step()) {
      if (const Result<NamedAddress> person = OpenNamed(keys.sealer(), rows.Bytes(1), "silenced")) {
        out.Add(rows.Text(0), person->address.Key());
      }
    }
    return out;
  });
}

}  // namespace lastlook
