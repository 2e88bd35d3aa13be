// SPDX-License-Identifier: MPL-2.0
#include "wire/hold_desk.h"

#include <algorithm>

#include "base/text_fold.h"
#include "base/timestamp.h"
#include "wire/records.h"

namespace lastlook {
namespace {

// Between a commit and its hold.put lie milliseconds.
constexpr std::size_t kMostCommitted = 16;
// For a list that a person reads; the mail itself has all of them.
constexpr std::size_t kMostRecipients = 20;
constexpr std::int64_t kMilliseconds = 1000;

std::string Written(const Mailbox& mailbox) {
  const std::string address = mailbox.AddressOrTyped();
  return mailbox.address && !mailbox.display_name.empty() ? mailbox.display_name + " <" + address + ">" : address;
}

// Compared, never shown: also what cannot be read as an address has one.
std::string SenderKey(const Draft& draft) {
  if (!draft.from) {
    return "-";
  }
  return draft.from->address ? draft.from->address->Key() : "?" + Fold(draft.from->typed);
}

}  // namespace

template <typename Work>
auto HoldDesk::WithHolds(Work work) -> decltype(work(std::declval<Holds&>())) {
  if (records_ == nullptr || records_->store() == nullptr) {
    return Error{ErrorCode::kNotRecorded, "there is no store on this machine: no mail can be held",
                 "run lastlook doctor", ""};
  }
  Holds holds(*records_->store());
  auto result = work(holds);
  if (!result && result.error().code == ErrorCode::kStoreUnavailable) {
    return Error{ErrorCode::kNotRecorded, result.error().message, result.error().remedy, ""};
  }
  return result;
}

void HoldDesk::MayBegin(const std::string& compose_id, CommittedHold hold) {
  std::erase_if(committed_, [&](const auto& one) { return one.first == compose_id; });
  committed_.emplace_back(compose_id, std::move(hold));
  if (committed_.size() > kMostCommitted) {
    committed_.pop_front();
  }
}

Result<HeldMail> HoldDesk::Begin(const std::string& id, const std::string& owner, const std::string& compose_id) {
  const auto found =
      std::find_if(committed_.begin(), committed_.end(), [&](const auto& one) { return one.first == compose_id; });
  if (found == committed_.end()) {
    return Error{ErrorCode::kUnknownHold, "no mail of this compose_id was committed to be held", "check the mail again",
                 ""};
  }
  const CommittedHold& committed = found->second;
  HeldMail mail;
  mail.id = id;
  mail.owner = owner;
  mail.digest = committed.digest;
  mail.begun = moments_();
  mail.hold_ms = std::int64_t{committed.hold_seconds} * kMilliseconds;
  mail.may_cancel = committed.may_cancel;
  mail.countdown = committed.hold_seconds <= committed.countdown_seconds;
  mail.compose_id = compose_id;
  mail.from = SenderKey(committed.draft);
  mail.subject = committed.draft.subject;
  const std::vector<Recipient>& recipients = committed.draft.recipients;
  for (std::size_t i = 0; i < recipients.size() && i < kMostRecipients; ++i) {
    mail.recipients.push_back(Written(recipients[i].mailbox));
  }
  mail.recipients_total = static_cast<std::int64_t>(recipients.size());
  mail.compose = committed.compose;
  mail.where = "{}";
  return WithHolds([&](Holds& holds) -> Result<HeldMail> {
    if (Result<void> begun = holds.Begin(mail); !begun) {
      return std::move(begun).error();
    }
    committed_.erase(found);
    return mail;
  });
}

Result<HeldMail> HoldDesk::Saved(const std::string& id, const std::string& owner, const std::string& where) {
  return WithHolds([&](Holds& holds) { return holds.Saved(id, owner, where); });
}

Result<std::vector<HeldMail>> HoldDesk::List(const std::string& owner) {
  return WithHolds([&](Holds& holds) { return holds.List(owner); });
}

Result<HeldMail> HoldDesk::Find(const std::string& id, const std::string& owner) {
  return WithHolds([&](Holds& holds) { return holds.Find(id, owner); });
}

Result<HeldMail> HoldDesk::Claim(const std::string& id, const std::string& owner, bool by_person, const Draft& draft,
                                 const Patch& patch) {
  LeavingMail leaving;
  leaving.subject = patch.subject.value_or(draft.subject);
  std::vector<std::string> recipients;
  if (patch.recipients) {
    for (const auto* field : {&patch.recipients->to, &patch.recipients->cc, &patch.recipients->bcc}) {
      recipients.insert(recipients.end(), field->begin(), field->end());
    }
  } else {
    for (const Recipient& recipient : draft.recipients) {
      recipients.push_back(Written(recipient.mailbox));
    }
  }
  leaving.recipients_total = static_cast<std::int64_t>(recipients.size());
  recipients.resize(std::min(recipients.size(), kMostRecipients));
  leaving.recipients = std::move(recipients);
  return WithHolds([&](Holds& holds) { return holds.Claim(id, owner, by_person, moments_(), leaving); });
}

Result<HeldMail> HoldDesk::Ask(const std::string& id, const std::string& owner, const std::string& why) {
  return WithHolds([&](Holds& holds) { return holds.Ask(id, owner, why); });
}

Result<HeldMail> HoldDesk::Sent(const std::string& id, const std::string& owner) {
  return WithHolds([&](Holds& holds) { return holds.Sent(id, owner); });
}

Result<HeldMail> HoldDesk::Cancel(const std::string& id, const std::string& owner, bool by_person) {
  return WithHolds([&](Holds& holds) { return holds.Cancel(id, owner, by_person); });
}

bool HoldDesk::SameSender(const HeldMail& held, const Draft& draft) {
  return held.from == SenderKey(draft);
}

OrderedJson HoldDesk::ToJson(const HeldMail& mail) const {
  const std::int64_t remaining = RemainingMs(mail.begun, mail.hold_ms, moments_());
  const Result<Json> where = ParseJson(mail.where);
  OrderedJson answer = {{"hold_id", mail.id},
                        {"state", HoldStateName(mail.state)},
                        {"why", mail.why},
                        {"hold_seconds", mail.hold_ms / kMilliseconds},
                        {"release_at", FormatTimestamp(mail.release_at_ms() / kMilliseconds)},
                        {"remaining_ms", std::max<std::int64_t>(remaining, 0)},
                        {"late_ms", std::max<std::int64_t>(-remaining, 0)},
                        {"form", mail.countdown ? "countdown" : "draft"},
                        {"may_cancel", mail.may_cancel},
                        {"subject", mail.subject},
                        {"recipients", mail.recipients},
                        {"recipients_total", mail.recipients_total},
                        {"digest", mail.digest},
                        {"where", where && where->is_object() ? OrderedJson(*where) : OrderedJson::object()}};
  if (mail.released_ms > 0) {
    answer["released"] = {{"at", FormatTimestamp(mail.released_ms / kMilliseconds)},
                          {"subject", mail.leaving.subject},
                          {"recipients", mail.leaving.recipients},
                          {"recipients_total", mail.leaving.recipients_total}};
  }
  return answer;
}

}  // namespace lastlook
