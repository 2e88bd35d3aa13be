// SPDX-License-Identifier: MPL-2.0
// What a rule found in a mail, as the effects of that rule may ask for it ({"found": true}).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "mail/draft.h"

namespace lastlook {

// Somebody else whom the sender may have meant.
struct MeantRecipient {
  std::size_t index = 0;  // of the recipient who may be the wrong one, in the draft
  Mailbox mailbox;
};

// Effects number recipients anew, so what was found is known by field and address, not by number. Not thread-safe (it
// remembers what it worked out).
class FoundInMail {
 public:
  // A rule that found nothing.
  FoundInMail() = default;
  // `recipients` are indices in `draft`, the mail that the rule looked at. All of them must outlive this.
  FoundInMail(const Draft& draft, const std::vector<std::size_t>& recipients, const std::vector<MeantRecipient>& meant,
              const std::vector<Mailbox>& senders)
      : draft_(&draft), recipients_(&recipients), meant_(&meant), senders_(&senders) {}

  // The same, as if this recipient had been found alone.
  FoundInMail Only(std::size_t index) const;

  // Whether this recipient, of the draft or of what effects made of it, was found.
  bool Holds(const Recipient& recipient) const;
  // Who may be meant instead; null: nobody was proposed.
  const Mailbox* MeantInsteadOf(const Recipient& recipient) const;
  // From whom the mail should leave, where all that was found proposes one sender; else null.
  const Mailbox* Sender() const;

  // In ascending order, each once.
  std::vector<std::size_t> Recipients() const;
  // Those for whom somebody else is proposed; likewise.
  std::vector<std::size_t> Mistakable() const;

 private:
  bool Includes(std::size_t index) const { return !only_ || *only_ == index; }

  const Draft* draft_ = nullptr;  // null: nothing was found
  const std::vector<std::size_t>* recipients_ = nullptr;
  const std::vector<MeantRecipient>* meant_ = nullptr;
  const std::vector<Mailbox>* senders_ = nullptr;
  std::optional<std::size_t> only_;
  mutable std::optional<std::unordered_set<std::string>> keys_;
  mutable std::optional<std::unordered_map<std::string, const Mailbox*>> meant_by_key_;
};

}  // namespace lastlook
