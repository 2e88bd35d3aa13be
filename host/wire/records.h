// SPDX-License-Identifier: MPL-2.0
// What a session remembers on this machine: decisions are recorded, sent mail is learnt, and a mail's context is
// completed from it. Nothing is opened before it is needed.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/timestamp.h"
#include "conditions/context.h"
#include "engine/prepared_policy.h"
#include "engine/verdict.h"
#include "store/decisions.h"
#include "store/history_book.h"
#include "store/store.h"

namespace lastlook {

class Records {
 public:
  // `place` may be an error: then nothing can be recorded, and that is what is answered.
  Records(Result<StorePlace> place, std::function<Timestamp()> clock);

  // When there is nothing else to do: opens the store, keeps it within its limits, reads the history.
  void Prepare(const Settings& settings);

  // Gives the context the history, what was sent lately and what is silenced, where the client gave none.
  void Complete(const Draft& draft, Context* context);

  // A mail was checked because it is to be sent. What may leave without a commit is recorded before it is answered, all
  // else by Flush. Errors: kNotRecorded, unless the policy lets mails go unrecorded.
  Result<void> Checked(const std::string& compose_id, const Policy& policy, const Verdict& verdict, const Draft& draft,
                       const Context& context);
  // Somebody said yes: recorded before the patch is answered. `result_digest` names the mail from now on. Errors:
  // kNotRecorded.
  Result<void> Committed(const std::string& compose_id, const Policy& policy, const Verdict& verdict,
                         const Draft& draft, const Context& context, const std::string& result_digest,
                         Decision decision);
  // A held mail leaves: `result_digest` names it from now on. What was answered was recorded when it was held.
  void Released(const std::string& compose_id, const Policy& policy, const Verdict& verdict, const Draft& draft,
                const Context& context, const std::string& result_digest);
  // The person sees what was found.
  void Shown(const std::string& compose_id, const std::string& digest);
  void Sent(const std::string& compose_id, const std::string& digest, const std::string& message_id);
  void Cancelled(const std::string& compose_id, const std::string& digest, const std::string& why);
  // What the client says of itself, as "page_unknown: …".
  void ClientProblem(const std::string& what);
  // Writes what could wait until the reply was on its way, and reads what the next mail will ask for.
  void AfterReply();

  Result<LearningState> Learn(const AddrSpec& account, const std::vector<SentMail>& batch, const std::string& cursor,
                              bool complete);

  // "This is right", said or taken back; true if that changed anything. Errors: kNotRecorded.
  Result<bool> Silence(const std::string& condition, const AddrSpec& person, bool silenced);
  Result<std::vector<SilencedRow>> ListSilenced();

  // Null where there is no place for one.
  Store* store() { return store_.get(); }

  // {"state":"ok"|"unavailable", "problem"?, "damaged":[…], "accounts":[…]}
  OrderedJson StatusJson();

 private:
  void Flush();  // decisions that could wait

  struct OnItsWay {
    std::string compose_id;
    std::string digest;
    std::optional<AddrSpec> account;
    SentMail mail;
    Decision decision;
    RecipientsForm form = RecipientsForm::kNone;
  };
  struct Waiting {
    Decision decision;
    RecipientsForm form;
  };

  OnItsWay AsItLeaves(const std::string& compose_id, const Policy& policy, const Verdict& verdict, const Draft& draft,
                      const Context& context, const std::string& result_digest, DecisionEvent event) const;
  void KnowWhoWasWrittenTo(const AddrSpec& account, const Draft& draft, Context* context);
  Result<void> Append(const Decision& decision, RecipientsForm form, const Settings& settings);
  void AppendLater(const Decision& decision, RecipientsForm form) { waiting_.push_back({decision, form}); }
  void AppendOutcome(const Decision& decision, RecipientsForm form);
  void Remember(OnItsWay mail);
  const OnItsWay* Find(const std::string& compose_id) const;

  std::optional<Error> no_place_;
  std::function<Timestamp()> clock_;
  std::unique_ptr<Store> store_;  // null: there is no place for one
  std::unique_ptr<HistoryBook> book_;
  std::deque<OnItsWay> on_their_way_;  // the newest last
  std::vector<Waiting> waiting_;
  bool learnt_ = false;  // what is in memory of the history is not the newest
};

}  // namespace lastlook
