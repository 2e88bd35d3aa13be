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
  ++places_;
  if (!full()) {
    kept_.push_back({kNone, static_cast<std::uint32_t>(details_.size()), {}, evidence.condition});
    details_.push_back(std::move(evidence));
  }
}

bool EvidenceList::CountRecipient(const MailView& mail, std::size_t index) {
  if (kept_.capacity() == 0) {
    kept_.reserve(std::min(kMaxEvidence, mail.size()));
    recipients_.reserve(std::min(kMaxEvidence, mail.size()));
  }
  recipients_.push_back(index);
  ++total_;
  return !full();
}

void EvidenceList::KeepRecipient(std::size_t index, std::string_view why, TextArguments more) {
  std::uint32_t detail = kNone;
  if (!more.empty()) {
    detail = static_cast<std::uint32_t>(details_.size());
    details_.emplace_back().arguments = std::move(more);
  }
  kept_.push_back({static_cast<std::uint32_t>(index), detail, why, {}});
}

void EvidenceList::AddRecipient(const MailView& mail, std::size_t index) {
  ++whom_;
  if (CountRecipient(mail, index)) {
    KeepRecipient(index, "", {});
  }
}

Evidence EvidenceList::Read(const MailView& mail, const Item& item) const {
  Evidence evidence = item.detail == kNone ? Evidence() : details_[item.detail];
  evidence.condition = item.condition;
  if (item.recipient == kNone) {
    return evidence;
  }
  const Recipient& recipient = mail.draft().recipients[item.recipient];
  evidence.where = recipient.Id();
  evidence.excerpt = recipient.mailbox.AddressOrTyped();
  evidence.end = static_cast<std::uint32_t>(Utf16Length(evidence.excerpt));
  evidence.why = !item.why.empty()                   ? item.why
                 : !recipient.mailbox.address        ? "unparsable"
                 : mail.inside().Has(item.recipient) ? "inside"
                                                     : "outside";
  TextArguments arguments = {{"address", evidence.excerpt},
                             {"name", recipient.mailbox.display_name},
                             {"person", PersonText(mail, recipient.mailbox)}};
  arguments.insert(arguments.end(), std::make_move_iterator(evidence.arguments.begin()),
                   std::make_move_iterator(evidence.arguments.end()));
  evidence.arguments = std::move(arguments);
  return evidence;
}

std::vector<Evidence> EvidenceList::Kept(const MailView& mail) const {
  std::vector<Evidence> kept;
  kept.reserve(kept_.size());
  for (const Item& item : kept_) {
    kept.push_back(Read(mail, item));
  }
  return kept;
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

void EvidenceList::LeaveOutWhom() {
  std::erase_if(kept_, [](const Item& item) { return item.recipient != kNone && item.why.empty(); });
  total_ -= whom_;
  whom_ = 0;
}

void EvidenceList::SetCondition(std::string_view name) {
  for (Item& item : kept_) {
    item.condition = name;
  }
}

void EvidenceList::Append(EvidenceList other) {
  if (recipients_.empty() && total_ == 0 && meant_.empty() && senders_.empty()) {
    *this = std::move(other);
    return;
  }
  total_ += other.total_;
  whom_ += other.whom_;
  places_ += other.places_;
  const auto offset = static_cast<std::uint32_t>(details_.size());
  const auto is_recipient = [](const Item& item) { return item.recipient != kNone; };
  for (Item item : other.kept_) {
    if (full() && !is_recipient(item)) {
      // Sixty recipients do not push out what the text says: the recipients are seen anyhow.
      const auto last = std::find_if(kept_.rbegin(), kept_.rend(), is_recipient);
      if (last != kept_.rend()) {
        kept_.erase(std::next(last).base());
      }
    }
    if (!full()) {
      item.detail += item.detail == kNone ? 0 : offset;
      kept_.push_back(item);
    }
  }
  details_.insert(details_.end(), std::make_move_iterator(other.details_.begin()),
                  std::make_move_iterator(other.details_.end()));
  recipients_.insert(recipients_.end(), other.recipients_.begin(), other.recipients_.end());
  for (MeantRecipient& one : other.meant_) {
    ProposeInstead(one.index, std::move(one.mailbox));
  }
  for (Mailbox& sender : other.senders_) {
    ProposeSender(std::move(sender));
  }
}

}  // namespace lastlook
