// SPDX-License-Identifier: MPL-2.0
#include "policy/found_in_mail.h"

#include <algorithm>

namespace lastlook {
namespace {

// Field and address, also of what is no address.
std::string KeyOf(const Recipient& recipient) {
  const Mailbox& mailbox = recipient.mailbox;
  std::string key(1, static_cast<char>('0' + static_cast<int>(recipient.field)));
  return mailbox.address ? key + mailbox.address->Key() : key + '\0' + mailbox.typed;
}

std::vector<std::size_t> Sorted(std::vector<std::size_t> indices) {
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  return indices;
}

}  // namespace

FoundInMail FoundInMail::Only(std::size_t index) const {
  FoundInMail one = *this;
  one.only_ = index;
  one.keys_.reset();
  one.meant_by_key_.reset();
  return one;
}

bool FoundInMail::Holds(const Recipient& recipient) const {
  if (draft_ == nullptr) {
    return false;
  }
  if (!keys_) {
    keys_.emplace();
    for (const std::size_t index : *recipients_) {
      if (Includes(index)) {
        keys_->insert(KeyOf(draft_->recipients[index]));
      }
    }
  }
  return keys_->contains(KeyOf(recipient));
}

const Mailbox* FoundInMail::MeantInsteadOf(const Recipient& recipient) const {
  if (draft_ == nullptr) {
    return nullptr;
  }
  if (!meant_by_key_) {
    meant_by_key_.emplace();
    for (const MeantRecipient& one : *meant_) {
      if (Includes(one.index)) {
        meant_by_key_->try_emplace(KeyOf(draft_->recipients[one.index]), &one.mailbox);
      }
    }
  }
  const auto found = meant_by_key_->empty() ? meant_by_key_->end() : meant_by_key_->find(KeyOf(recipient));
  return found == meant_by_key_->end() ? nullptr : found->second;
}

const Mailbox* FoundInMail::Sender() const {
  if (draft_ == nullptr || senders_->empty()) {
    return nullptr;
  }
  const Mailbox& first = senders_->front();
  const bool agree = std::all_of(senders_->begin(), senders_->end(),
                                 [&](const Mailbox& sender) { return sender.address == first.address; });
  return agree ? &first : nullptr;
}

std::vector<std::size_t> FoundInMail::Recipients() const {
  if (draft_ == nullptr) {
    return {};
  }
  return only_ ? std::vector{*only_} : Sorted(*recipients_);
}

std::vector<std::size_t> FoundInMail::Mistakable() const {
  std::vector<std::size_t> indices;
  if (draft_ != nullptr) {
    for (const MeantRecipient& one : *meant_) {
      if (Includes(one.index)) {
        indices.push_back(one.index);
      }
    }
  }
  return Sorted(std::move(indices));
}

}  // namespace lastlook
