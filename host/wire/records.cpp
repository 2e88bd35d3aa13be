// SPDX-License-Identifier: MPL-2.0
#include "wire/records.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "store/upkeep.h"
#include "wire/limits.h"
#include "wire/message.h"

namespace lastlook {
namespace {

// Mails that were checked and not yet sent or cancelled. Whoever has more compose windows open is remembered without
// the oldest: its outcome is recorded by its digest alone.
constexpr std::size_t kMostOnTheirWay = 64;
constexpr std::int64_t kLatelySeconds = 60;
constexpr std::size_t kMostInConversation = 50;

Error NotRecorded(const Error& cause) {
  return Error{ErrorCode::kNotRecorded, cause.message, cause.remedy, ""};
}

}  // namespace

Records::Records(Result<StorePlace> place, std::function<Timestamp()> clock) : clock_(std::move(clock)) {
  if (!place) {
    no_place_ = std::move(place).error();
    return;
  }
  store_ = std::make_unique<Store>(*std::move(place), clock_);
  book_ = std::make_unique<HistoryBook>(*store_);
}

void Records::Prepare(const Settings& settings) {
  if (store_ == nullptr) {
    Log(LogLevel::kError, no_place_->message);
    return;
  }
  if (const Result<UpkeepReport> done = KeepUp(*store_, LimitsOf(settings), clock_().unix_seconds); !done) {
    Log(LogLevel::kError, DescribeError(done.error()));
    return;
  }
  if (const Result<void> warm = book_->Warm(); !warm) {
    Log(LogLevel::kError, DescribeError(warm.error()));
  }
}

// While the history is being learnt nobody can be called new, but whoever was written to since is known all the same.
void Records::KnowWhoWasWrittenTo(const AddrSpec& account, const Draft& draft, Context* context) {
  constexpr std::size_t kMostLookedUp = 100;  // a mail to more is judged by its number
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < draft.recipients.size() && i < kMostLookedUp; ++i) {
    const auto& address = draft.recipients[i].mailbox.address;
    if (address && !context->contacts.contains(address->Key())) {
      keys.push_back(address->Key());
    }
  }
  const Result<std::vector<std::string>> known = book_->WrittenTo(account.Key(), keys);
  if (!known) {
    return Log(LogLevel::kError, DescribeError(known.error()));
  }
  for (const std::string& key : *known) {
    context->contacts.try_emplace(key);
  }
}

void Records::Complete(const Draft& draft, Context* context) {
  // What is silenced is the store's to say.
  context->silenced = Silenced();
  if (store_ == nullptr) {
    return;
  }
  const auto report = [](const Error& error) { Log(LogLevel::kError, DescribeError(error)); };
  if (context->history == nullptr && draft.from && draft.from->address) {
    if (auto history = book_->For(*draft.from->address, draft.recipients)) {
      context->history = *std::move(history);
    } else {
      return report(history.error());
    }
    if (context->history == nullptr) {
      KnowWhoWasWrittenTo(*draft.from->address, draft, context);
    }
  }
  if (!context->recent) {
    const Result<std::int64_t> similar =
        book_->SimilarWithin(draft.subject, context->now->unix_seconds, kLatelySeconds);
    if (!similar) {
      return report(similar.error());
    }
    context->recent.emplace().similar_last_minute = *similar;
  }
  if (context->thread && !context->thread->id.empty() && !context->thread->usual) {
    const Result<std::vector<AddrSpec>> usual = book_->UsualInThread(context->thread->id);
    if (!usual) {
      return report(usual.error());
    }
    auto& people = context->thread->usual.emplace();
    for (const AddrSpec& address : *usual) {
      people.emplace_back().address = address;
    }
  }
  if (Result<Silenced> silenced = book_->AllSilenced()) {
    context->silenced = *std::move(silenced);
  } else {
    report(silenced.error());
  }
}

Result<void> Records::Checked(const std::string& compose_id, const Policy& policy, const Verdict& verdict,
                              const Draft& draft, const Context& context) {
  const std::int64_t now = clock_().unix_seconds;
  OnItsWay mail;
  mail.compose_id = compose_id;
  mail.digest = verdict.digest;
  if (draft.from) {
    mail.account = draft.from->address;
  }
  mail.mail = SentMailFrom(draft, context, now, "");
  mail.decision = DecisionFrom(DecisionEvent::kFound, verdict, draft, now);
  mail.decision.seat = context.seat;
  mail.form = FormFor(policy, draft.from);
  const bool may_leave = verdict.disposition == Disposition::kAllow && verdict.needs.empty();
  Result<void> recorded;
  if (may_leave) {
    recorded = Append(mail.decision, mail.form, policy.settings);
  } else {
    AppendLater(mail.decision, mail.form);
  }
  Remember(std::move(mail));
  return recorded;
}

Result<void> Records::Committed(const std::string& compose_id, const Policy& policy, const Verdict& verdict,
                                const Draft& draft, const Context& context, const std::string& result_digest,
                                Decision decision) {
  Flush();  // what was found stands before what was answered
  OnItsWay mail = AsItLeaves(compose_id, policy, verdict, draft, context, result_digest, decision.event);
  Decision record = mail.decision;
  record.acknowledged = decision.acknowledged;
  record.reason = decision.reason;
  record.hold_seconds = decision.hold_seconds;
  Result<void> recorded = Append(record, mail.form, policy.settings);
  if (recorded) {
    Remember(std::move(mail));
  }
  return recorded;
}

void Records::Released(const std::string& compose_id, const Policy& policy, const Verdict& verdict, const Draft& draft,
                       const Context& context, const std::string& result_digest) {
  Remember(AsItLeaves(compose_id, policy, verdict, draft, context, result_digest, DecisionEvent::kAnswered));
}

Records::OnItsWay Records::AsItLeaves(const std::string& compose_id, const Policy& policy, const Verdict& verdict,
                                      const Draft& draft, const Context& context, const std::string& result_digest,
                                      DecisionEvent event) const {
  const std::int64_t now = clock_().unix_seconds;
  OnItsWay mail;
  mail.compose_id = compose_id;
  mail.digest = result_digest;
  if (draft.from) {
    mail.account = draft.from->address;
  }
  // Who is learnt is who got it.
  mail.mail = SentMailFrom(verdict.result, context, now, "");
  mail.decision = DecisionFrom(event, verdict, draft, now);
  mail.decision.seat = context.seat;
  mail.form = FormFor(policy, draft.from);
  return mail;
}

void Records::Shown(const std::string& compose_id, const std::string& digest) {
  Decision decision;
  RecipientsForm form = RecipientsForm::kNone;
  if (const OnItsWay* known = Find(compose_id)) {
    decision = known->decision;
    form = known->form;
  }
  decision.event = DecisionEvent::kShown;
  decision.at = clock_().unix_seconds;
  decision.mail = digest;
  AppendLater(decision, form);  // behind what was found
}

void Records::Sent(const std::string& compose_id, const std::string& digest, const std::string& message_id) {
  Flush();
  const std::int64_t now = clock_().unix_seconds;
  Decision decision;
  RecipientsForm form = RecipientsForm::kNone;
  if (const OnItsWay* known = Find(compose_id)) {
    decision = known->decision;
    form = known->form;
    if (known->account && store_ != nullptr) {
      SentMail mail = known->mail;
      mail.at = now;
      mail.message_id = message_id;
      // A mail that answers none begins a conversation; one to very many begins none that is answered by all.
      if (mail.thread.empty() && mail.recipients.size() <= kMostInConversation) {
        mail.thread = message_id;
      }
      if (const Result<void> learnt = book_->RecordSent(*known->account, mail); !learnt) {
        Log(LogLevel::kError, DescribeError(learnt.error()));
      }
      learnt_ = true;
    }
    std::erase_if(on_their_way_, [&](const OnItsWay& mail) { return mail.compose_id == compose_id; });
  }
  decision.event = DecisionEvent::kSent;
  decision.at = now;
  decision.mail = digest;
  AppendOutcome(decision, form);
}

void Records::Cancelled(const std::string& compose_id, const std::string& digest, const std::string& why) {
  Flush();
  Decision decision;
  RecipientsForm form = RecipientsForm::kNone;
  if (const OnItsWay* known = Find(compose_id)) {
    decision = known->decision;
    form = known->form;
  }
  decision.event = why == "unchecked" ? DecisionEvent::kSentUnchecked : DecisionEvent::kCancelled;
  decision.at = clock_().unix_seconds;
  decision.mail = digest;
  decision.why = why == "unchecked" ? "" : why;
  AppendOutcome(decision, form);
}

void Records::ClientProblem(const std::string& what) {
  Flush();
  Decision decision;
  decision.event = DecisionEvent::kClientProblem;
  decision.at = clock_().unix_seconds;
  decision.why = what;
  AppendOutcome(decision, RecipientsForm::kNone);
}

void Records::AfterReply() {
  Flush();
  if (learnt_) {
    learnt_ = false;
    if (const Result<void> warm = book_->Warm(); !warm) {
      Log(LogLevel::kError, DescribeError(warm.error()));
    }
  }
}

void Records::Flush() {
  std::vector<Waiting> waiting = std::move(waiting_);
  waiting_.clear();
  for (const Waiting& one : waiting) {
    AppendOutcome(one.decision, one.form);
  }
}

void Records::AppendOutcome(const Decision& decision, RecipientsForm form) {
  // The mail has left, or stays: nothing can be refused any more, and Append has told the log.
  (void)Append(decision, form, Settings());
}

Result<bool> Records::Silence(const std::string& condition, const AddrSpec& person, bool silenced) {
  if (store_ == nullptr) {
    return NotRecorded(*no_place_);
  }
  if (!silenced) {
    Result<bool> done = book_->Unsilence(condition, person);
    return done ? std::move(done) : NotRecorded(done.error());
  }
  if (const Result<void> done = book_->Silence(condition, person, clock_().unix_seconds); !done) {
    return NotRecorded(done.error());
  }
  return true;
}

Result<std::vector<SilencedRow>> Records::ListSilenced() {
  if (store_ == nullptr) {
    return NotRecorded(*no_place_);
  }
  Result<std::vector<SilencedRow>> rows = book_->ListSilenced();
  return rows ? std::move(rows) : NotRecorded(rows.error());
}

Result<LearningState> Records::Learn(const AddrSpec& account, const std::vector<SentMail>& batch,
                                     const std::string& cursor, bool complete) {
  if (store_ == nullptr) {
    return NotRecorded(*no_place_);
  }
  Result<LearningState> state = book_->LearnHeaders(account, batch, cursor, complete);
  if (!state) {
    Log(LogLevel::kError, DescribeError(state.error()));
    return NotRecorded(state.error());
  }
  learnt_ = learnt_ || complete;
  return state;
}

OrderedJson Records::StatusJson() {
  std::optional<Error> problem = no_place_;
  StoreStatus status;
  OrderedJson accounts = OrderedJson::array();
  if (store_ != nullptr) {
    status = store_->Status();
    problem = status.problem ? status.problem : status.history_problem;
    if (!problem) {
      const auto learning = book_->Learning();
      if (!learning) {
        problem = learning.error();
      } else {
        for (const LearningState& state : *learning) {
          accounts.push_back({{"account", state.account},
                              {"complete", state.complete},
                              {"headers", state.headers},
                              {"cursor", state.cursor}});
        }
      }
    }
  }
  OrderedJson out = {{"state", problem ? "unavailable" : "ok"}};
  if (problem) {
    out["problem"] = OrderedJson{{"message", Shortened(problem->message, kMaxErrorTextBytes)},
                                 {"remedy", Shortened(problem->remedy, kMaxErrorTextBytes)}};
  }
  out["damaged"] = status.damaged;
  out["accounts"] = std::move(accounts);
  return out;
}

Result<void> Records::Append(const Decision& decision, RecipientsForm form, const Settings& settings) {
  Error problem;
  if (store_ != nullptr) {
    const Result<ChainHead> appended = DecisionLog(*store_).Append(decision, form);
    if (appended) {
      return {};
    }
    problem = appended.error();
  } else {
    problem = *no_place_;
  }
  Log(LogLevel::kError, "a decision cannot be recorded: " + DescribeError(problem));
  if (settings.decisions_on_failure == "send") {
    return {};
  }
  return Error{ErrorCode::kNotRecorded, "the decision about this mail cannot be recorded: " + problem.message,
               problem.remedy, ""};
}

void Records::Remember(OnItsWay mail) {
  std::erase_if(on_their_way_, [&](const OnItsWay& other) { return other.compose_id == mail.compose_id; });
  on_their_way_.push_back(std::move(mail));
  if (on_their_way_.size() > kMostOnTheirWay) {
    on_their_way_.pop_front();
  }
}

const Records::OnItsWay* Records::Find(const std::string& compose_id) const {
  const auto found = std::find_if(on_their_way_.begin(), on_their_way_.end(),
                                  [&](const OnItsWay& mail) { return mail.compose_id == compose_id; });
  return found == on_their_way_.end() ? nullptr : &*found;
}

}  // namespace lastlook
