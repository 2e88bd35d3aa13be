// SPDX-License-Identifier: MPL-2.0
#include "conditions/condition.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text_fold.h"
#include "conditions/support/people.h"

namespace lastlook {

void EvidenceList::Add(Evidence evidence) {
  ++total_;
  if (kept_.size() < kMaxEvidence) {
    kept_.push_back(std::move(evidence));
  }
}

bool EvidenceList::CountRecipient(std::size_t index) {
  recipients_.push_back(index);
  if (kept_.size() < kMaxEvidence) {
    return true;
  }
  ++total_;
  return false;
}

void EvidenceList::KeepRecipient(const MailView& mail, std::size_t index, std::string_view why, TextArguments more) {
  const Recipient& recipient = mail.draft().recipients[index];
  std::string address = recipient.mailbox.AddressOrTyped();
  const auto end = static_cast<std::uint32_t>(Utf16Length(address));
  TextArguments arguments = {
      {"address", address}, {"name", recipient.mailbox.display_name}, {"person", PersonText(mail, recipient.mailbox)}};
  arguments.insert(arguments.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  Add({recipient.Id(), std::move(address), 0, end, why, std::move(arguments)});
}

void EvidenceList::AddRecipient(const MailView& mail, std::size_t index) {
  if (!CountRecipient(index)) {
    return;
  }
  const Recipient& recipient = mail.draft().recipients[index];
  const std::string_view why = !recipient.mailbox.address         ? "unparsable"
                               : mail.IsInside(recipient.mailbox) ? "inside"
                                                                  : "outside";
  KeepRecipient(mail, index, why, {});
}

void EvidenceList::ProposeInstead(std::size_t index, Mailbox meant) {
  if (meant_.size() < kMaxEvidence) {
    meant_.push_back({index, std::move(meant)});
  }
}

void EvidenceList::ProposeSender(Mailbox sender) {
  if (senders_.size() < kMaxEvidence) {
    senders_.push_back(std::move(sender));
  }
}

void EvidenceList::SetCondition(std::string_view name) {
  for (Evidence& evidence : kept_) {
    evidence.condition = name;
  }
}

void EvidenceList::Append(EvidenceList other) {
  total_ += other.total_;
  const auto is_recipient = [](const Evidence& evidence) {
    return evidence.where.starts_with("to[") || evidence.where.starts_with("cc[") || evidence.where.starts_with("bcc[");
  };
  for (Evidence& evidence : other.kept_) {
    if (kept_.size() >= kMaxEvidence && !is_recipient(evidence)) {
      // Sixty recipients do not push out what the text says: the recipients are seen anyhow.
      const auto last = std::find_if(kept_.rbegin(), kept_.rend(), is_recipient);
      if (last != kept_.rend()) {
        kept_.erase(std::next(last).base());
      }
    }
    if (kept_.size() < kMaxEvidence) {
      kept_.push_back(std::move(evidence));
    }
  }
  recipients_.insert(recipients_.end(), other.recipients_.begin(), other.recipients_.end());
  for (MeantRecipient& one : other.meant_) {
    ProposeInstead(one.index, std::move(one.mailbox));
  }
  for (Mailbox& sender : other.senders_) {
    ProposeSender(std::move(sender));
  }
}

}  // namespace lastlook
