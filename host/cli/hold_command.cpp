// SPDX-License-Identifier: MPL-2.0
#include "cli/hold_command.h"

#include <algorithm>
#include <vector>

#include "base/moment.h"
#include "base/terminal_text.h"
#include "cli/store_options.h"
#include "cli/texts.h"
#include "store/decisions.h"
#include "store/holds.h"

namespace lastlook {
namespace {

constexpr std::int64_t kMilliseconds = 1000;
constexpr std::int64_t kSecondsOfAMinute = 60;
constexpr std::size_t kShownOfAnId = 8;
constexpr std::size_t kLeastOfAnId = 4;

OrderedJson ToJson(const HeldMail& mail, const Moment& now) {
  if (!mail.readable) {
    return {{"hold_id", mail.id}, {"state", "unreadable"}};
  }
  const std::int64_t remaining = RemainingMs(mail.begun, mail.hold_ms, now);
  return {{"hold_id", mail.id},
          {"state", HoldStateName(mail.state)},
          {"why", mail.why},
          {"release_at", FormatTimestamp(mail.release_at_ms() / kMilliseconds)},
          {"remaining_seconds", std::max<std::int64_t>(remaining, 0) / kMilliseconds},
          {"may_cancel", mail.may_cancel},
          {"subject", mail.subject},
          {"recipients", mail.recipients},
          {"recipients_total", mail.recipients_total}};
}

std::string When(const HeldMail& mail, const Moment& now, const Texts& text) {
  if (mail.state == HoldState::kAsked) {
    return text("hold.asked");
  }
  if (mail.state == HoldState::kReleasing) {
    return text("hold.releasing");
  }
  const std::int64_t seconds = std::max<std::int64_t>(RemainingMs(mail.begun, mail.hold_ms, now), 0) / kMilliseconds;
  const bool in_minutes = seconds > 2 * kSecondsOfAMinute;
  return text(in_minutes ? "hold.in_minutes" : "hold.in_seconds",
              {{"count", std::to_string(in_minutes ? seconds / kSecondsOfAMinute : seconds)}});
}

std::string Line(const HeldMail& mail, const Moment& now, const Texts& text) {
  const std::string id = mail.id.substr(0, kShownOfAnId);
  if (!mail.readable) {
    return text("hold.unreadable", {{"id", id}});
  }
  std::string recipients;
  for (const std::string& recipient : mail.recipients) {
    recipients += (recipients.empty() ? "" : ", ") + recipient;
  }
  const auto others = mail.recipients_total - static_cast<std::int64_t>(mail.recipients.size());
  if (others > 0) {
    recipients += " +" + std::to_string(others);
  }
  return text("hold.mail", {{"id", id},
                            {"when", When(mail, now, text)},
                            {"subject", mail.subject.empty() ? text("hold.no_subject") : mail.subject},
                            {"recipients", recipients}});
}

// The one whose id begins so. Errors: kUnknownHold, kWrongUse where several do, or where so little of an id is given
// that it was hardly meant: an empty variable of a script names no mail.
Result<HeldMail> FindByBeginning(Holds& holds, const std::string& beginning) {
  Result<std::vector<HeldMail>> all = holds.List("");
  if (!all) {
    return std::move(all).error();
  }
  const bool whole = std::any_of(all->begin(), all->end(), [&](const HeldMail& mail) { return mail.id == beginning; });
  if (beginning.size() < kLeastOfAnId && !whole) {
    return Error{ErrorCode::kWrongUse,
                 "\"" + beginning + "\" is too little of an id: give at least " + std::to_string(kLeastOfAnId) +
                     " characters of it",
                 "see: lastlook hold list", ""};
  }
  std::erase_if(*all,
                [&](const HeldMail& mail) { return whole ? mail.id != beginning : !mail.id.starts_with(beginning); });
  if (all->empty()) {
    return Error{ErrorCode::kUnknownHold, "no such mail is held", "see: lastlook hold list", ""};
  }
  if (all->size() > 1) {
    return Error{ErrorCode::kWrongUse, "several held mails begin with \"" + beginning + "\"", "give more of the id",
                 ""};
  }
  return std::move(all->front());
}

Decision CancelledNow(const HeldMail& mail) {
  Decision decision;
  decision.event = DecisionEvent::kCancelled;
  decision.at = SystemNow().unix_seconds;
  decision.mail = mail.digest;
  decision.why = "kept";
  return decision;
}

}  // namespace

int RunHoldList(const HoldOptions& options, const Streams& streams) {
  return WithStore(streams, [&](Store& store) -> int {
    const Result<std::vector<HeldMail>> mails = Holds(store).List("");
    if (!mails) {
      return Complain(mails.error(), streams);
    }
    const Texts text(options.language);
    const Moment now = MomentNow();
    for (const HeldMail& mail : *mails) {
      streams.out << (options.format == OutputFormat::kJson ? DumpJson(ToJson(mail, now))
                                                            : PrintableLine(Line(mail, now, text)))
                  << "\n";
    }
    if (mails->empty() && options.format == OutputFormat::kText) {
      streams.out << text("hold.none") << "\n";
    }
    return kExitOk;
  });
}

int RunHoldCancel(const HoldOptions& options, const Streams& streams) {
  return WithStore(streams, [&](Store& store) -> int {
    Holds holds(store);
    const Result<HeldMail> mail = FindByBeginning(holds, options.id);
    const Result<HeldMail> done = mail ? holds.Cancel(mail->id, "", true) : mail;
    if (!done) {
      const int status = Complain(done.error(), streams);
      return done.error().code == ErrorCode::kUnknownHold || done.error().code == ErrorCode::kHoldBusy ? kExitFindings
                                                                                                       : status;
    }
    if (const auto recorded = DecisionLog(store).Append(CancelledNow(*done), RecipientsForm::kNone); !recorded) {
      return Complain(recorded.error(), streams);
    }
    if (options.format == OutputFormat::kJson) {
      streams.out << DumpJson(OrderedJson{{"cancelled", done->id}}) << "\n";
    } else {
      streams.out << PrintableLine(Texts(options.language)("hold.cancelled", {{"subject", done->subject}})) << "\n";
    }
    return kExitOk;
  });
}

}  // namespace lastlook
