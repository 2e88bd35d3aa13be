// SPDX-License-Identifier: MPL-2.0
// One draft as all conditions look at it: what several of them need is worked out once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/context.h"
#include "mail/body_text.h"
#include "mail/draft.h"
#include "policy/policy.h"
#include "policy/recipient_selector.h"

namespace lastlook {

struct FoldedNamedText {
  NamedText named;
  FoldedText folded;
};

// The zones of one body text (mail/text_zones.h), in bytes of `named.text` and in bytes of `folded.text`.
struct BodyZones {
  std::vector<ZoneSpan> text;
  std::vector<ZoneSpan> folded;
};

// Not thread-safe (it remembers what it worked out); one per evaluation. The arguments outlive it.
class MailView : public RecipientFacts {
 public:
  // REQUIRES: address-book lists in `draft` are expanded.
  MailView(const Draft& draft, const Context& context, const Policy& policy);

  const Draft& draft() const { return draft_; }
  const Context& context() const { return context_; }
  const Policy& policy() const { return policy_; }

  // For each recipient what it is compared by: AddrSpec::Key(), or the typed text behind a NUL for what is no address.
  const std::vector<std::string>& recipient_keys() const;

  // For each recipient a number below recipients().size() that equal keys share, so that counting different people
  // needs no set of strings.
  const std::vector<std::uint32_t>& recipient_numbers() const;

  // In the policy's list "internal".
  bool IsInside(const Mailbox& mailbox) const;

  bool InOriginal(const Mailbox& mailbox) const override { return original_.Contains(mailbox); }
  bool Known(const Mailbox& mailbox) const override;
  std::optional<Timestamp> Now() const override { return context_.now; }
  // Each list is compared with the recipients once, however many rules ask.
  bool InList(const Recipient& recipient, const AddressPatterns& patterns) const override;

  // The person said that this condition need not ask about this recipient again, and the policy lets them.
  bool IsSilenced(std::string_view condition, std::size_t index) const {
    return policy_.settings.history_silence == "allow" && context_.silenced.Has(condition, recipient_keys()[index]);
  }

  const FoldedNamedText& subject() const;
  // For each attachment its name, called "attachments[0]" …
  const std::vector<FoldedNamedText>& attachment_names() const;
  const std::vector<FoldedNamedText>& body() const;
  // For each of body(): what is the sender's own, quoted, signature.
  const std::vector<BodyZones>& body_zones() const;

 private:
  const Draft& draft_;
  const Context& context_;
  const Policy& policy_;
  const PolicyList* internal_;
  OriginalPeople original_;
  mutable std::optional<std::vector<std::string>> recipient_keys_;
  mutable std::optional<std::vector<std::uint32_t>> recipient_numbers_;
  mutable std::vector<std::pair<const AddressPatterns*, std::vector<bool>>> lists_;  // few; by recipient
  mutable std::optional<FoldedNamedText> subject_;
  mutable std::optional<std::vector<FoldedNamedText>> attachment_names_;
  mutable std::optional<std::vector<FoldedNamedText>> body_;
  mutable std::optional<std::vector<BodyZones>> body_zones_;
};

}  // namespace lastlook
