// SPDX-License-Identifier: MPL-2.0
#include "conditions/condition.h"

#include "base/text_fold.h"

namespace lastlook {

void EvidenceList::Add(Evidence evidence) {
  ++total_;
  if (kept_.size() < kMaxEvidence) {
    kept_.push_back(std::move(evidence));
  }
}

void EvidenceList::AddRecipient(const MailView& mail, std::size_t index) {
  recipients_.push_back(index);
  if (kept_.size() >= kMaxEvidence) {
    ++total_;
    return;
  }
  const Recipient& recipient = mail.draft().recipients[index];
  const std::string_view why = !recipient.mailbox.address         ? "unparsable"
                               : mail.IsInside(recipient.mailbox) ? "inside"
                                                                  : "outside";
  std::string address = recipient.mailbox.AddressOrTyped();
  const auto end = static_cast<std::uint32_t>(Utf16Length(address));
  Add({recipient.Id(), address, 0, end, why, {{"address", address}, {"name", recipient.mailbox.display_name}}});
}

void EvidenceList::SetCondition(std::string_view name) {
  for (Evidence& evidence : kept_) {
    evidence.condition = name;
  }
}

void EvidenceList::Append(EvidenceList other) {
  total_ += other.total_;
  for (Evidence& evidence : other.kept_) {
    if (kept_.size() < kMaxEvidence) {
      kept_.push_back(std::move(evidence));
    }
  }
  recipients_.insert(recipients_.end(), other.recipients_.begin(), other.recipients_.end());
}

}  // namespace lastlook
