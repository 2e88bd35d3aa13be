// SPDX-License-Identifier: MPL-2.0
// Which recipients a policy means: {"in", "not_in", "field", "in_original"}, shared by conditions and effects;
// conditions also read "known", effects "found".
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "mail/draft.h"
#include "mail/recipient.h"
#include "policy/found_in_mail.h"
#include "policy/object_reader.h"
#include "policy/policy.h"
#include "policy/recipient_set.h"

namespace lastlook {

// What a selector may ask about a recipient beyond its address.
class RecipientFacts {
 public:
  virtual ~RecipientFacts() = default;
  // Stands in From, Reply-To, To or Cc of the mail that is answered or forwarded. What cannot be parsed does not.
  virtual bool InOriginal(const Mailbox& mailbox) const = 0;
  // In that mail, the contacts or the history; false where nothing is known.
  virtual bool Known(const Mailbox& mailbox) const = 0;
  // The rule whose effect asks found this recipient.
  virtual bool Found(const Recipient& /*recipient*/) const { return false; }
  // The time at which lists are read; absent where it is not known.
  virtual std::optional<Timestamp> Now() const { return std::nullopt; }
  bool InList(const Recipient& recipient, const AddressPatterns& patterns) const {
    return recipient.mailbox.address && patterns.Matches(*recipient.mailbox.address, Now());
  }
};

// The people of the mail that a draft answers, worked out when first asked for.
class OriginalPeople {
 public:
  // `draft` must outlive this.
  explicit OriginalPeople(const Draft& draft) : draft_(draft) {}
  bool Contains(const Mailbox& mailbox) const;
  // By AddrSpec::Key().
  bool ContainsKey(const std::string& key) const;

 private:
  const Draft& draft_;
  mutable std::optional<std::unordered_set<std::string>> keys_;
};

// For effects, which see the draft and what their rule found, and nothing else: nobody beyond the answered mail is
// known to them.
class DraftFacts : public RecipientFacts {
 public:
  DraftFacts(const Draft& draft, const FoundInMail& found) : original_(draft), found_(found) {}
  bool InOriginal(const Mailbox& mailbox) const override { return original_.Contains(mailbox); }
  bool Known(const Mailbox& mailbox) const override { return original_.Contains(mailbox); }
  bool Found(const Recipient& recipient) const override { return found_.Holds(recipient); }

 private:
  OriginalPeople original_;
  const FoundInMail& found_;
};

// A set of addresses that a policy names: lists and inline patterns together. Points into the Policy.
class AddressSet {
 public:
  // Each name is a list of `policy`, or an address pattern (it holds '.' or '@').
  static Result<AddressSet> FromNames(const std::vector<std::string>& names, const Policy& policy);

  // An address that could not be parsed is in no list.
  bool Contains(const Recipient& recipient, const RecipientFacts& facts) const;
  // All recipients whom it contains.
  RecipientSet Of(const RecipientSets& sets) const;

 private:
  std::vector<const AddressPatterns*> lists_;
  AddressPatterns inline_patterns_;
};

class RecipientSelector {
 public:
  // The keys that it reads from the object. "known" needs contacts and history, which only conditions see; "found" is
  // what the conditions of a rule found, which only its effects can ask for.
  static std::vector<std::string> KeysOfEffects();
  static std::vector<std::string> KeysOfConditions();
  // Both refuse through `reader`.
  static RecipientSelector ReadOfEffect(ObjectReader* reader, const Policy& policy);
  static RecipientSelector ReadOfCondition(ObjectReader* reader, const Policy& policy);

  bool Selects(const Recipient& recipient, const RecipientFacts& facts) const;
  // Whether it asks what the rule found.
  bool asks_for_found() const { return found_; }
  // All recipients whom it selects, for conditions.
  RecipientSet SelectedOf(const RecipientSets& sets) const;

 private:
  static RecipientSelector Read(ObjectReader* reader, const Policy& policy);

  std::optional<AddressSet> in_;
  std::optional<AddressSet> not_in_;
  std::vector<RecipientField> fields_;  // empty: all
  std::optional<bool> in_original_;
  std::optional<bool> known_;
  bool found_ = false;
};

}  // namespace lastlook
