// SPDX-License-Identifier: MPL-2.0
// One draft as all conditions look at it: what several of them need is worked out once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/context.h"
#include "mail/body_text.h"
#include "mail/draft.h"
#include "policy/policy.h"
#include "policy/recipient_selector.h"
#include "policy/recipient_set.h"

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
class MailView : public RecipientFacts, public RecipientSets {
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
  const RecipientSet& inside() const { return OfList(internal_->patterns); }

  bool InOriginal(const Mailbox& mailbox) const override { return original_.Contains(mailbox); }
  bool Known(const Mailbox& mailbox) const override;
  std::optional<Timestamp> Now() const override { return context_.now; }

  // Each of these is worked out once, however many rules ask.
  std::size_t size() const override { return draft_.recipients.size(); }
  const RecipientSet& OfField(RecipientField field) const override;
  const RecipientSet& OfList(const AddressPatterns& patterns) const override;
  const RecipientSet& OfOriginal() const override;
  const RecipientSet& OfKnown() const override;

  // What several conditions need beyond this: `Facts(const MailView&, arguments…)`, made for the first who asks.
  // REQUIRES: whoever asks gives arguments that mean the same.
  template <typename Facts, typename... Arguments>
  const Facts& Shared(const Arguments&... arguments) const {
    for (const auto& [type, facts] : shared_) {
      if (type == typeid(Facts)) {
        return *static_cast<const Facts*>(facts.get());
      }
    }
    const auto made = std::make_shared<const Facts>(*this, arguments...);
    shared_.emplace_back(typeid(Facts), made);
    return *made;
  }

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
  // In the contacts or the history.
  bool KnowsKey(const std::string& key) const;

  const Draft& draft_;
  const Context& context_;
  const Policy& policy_;
  const PolicyList* internal_;
  OriginalPeople original_;
  mutable std::optional<std::vector<std::string>> recipient_keys_;
  mutable std::optional<std::vector<std::uint32_t>> recipient_numbers_;
  mutable std::optional<RecipientSet> fields_[3];  // by RecipientField
  // Few. By pointer: what was handed out stays where it is.
  mutable std::vector<std::pair<const AddressPatterns*, std::unique_ptr<const RecipientSet>>> lists_;
  mutable std::optional<RecipientSet> of_original_;
  mutable std::optional<RecipientSet> of_known_;
  mutable std::vector<std::pair<std::type_index, std::shared_ptr<const void>>> shared_;
  mutable std::optional<FoldedNamedText> subject_;
  mutable std::optional<std::vector<FoldedNamedText>> attachment_names_;
  mutable std::optional<std::vector<FoldedNamedText>> body_;
  mutable std::optional<std::vector<BodyZones>> body_zones_;
};

}  // namespace lastlook
