// SPDX-License-Identifier: MPL-2.0
// The one interface of all conditions. A condition is one file here, one schema in policy/conditions and one folder of
// cases in tests/cases, all of the same name; the build finds it by that name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/localized_text.h"
#include "base/result.h"
#include "conditions/mail_view.h"
#include "policy/found_in_mail.h"
#include "policy/policy.h"

namespace lastlook {

// Kleene's three values, in the order in which "all" takes the least and "any" the greatest.
enum class Truth { kFalse, kUnknown, kTrue };

struct PartPlace;  // conditions/support/part_texts.h

// What was found and where.
struct Evidence {
  std::string where;        // a recipient's id, "subject", "body.text", "attachments[0]" …
  std::string excerpt;      // as written there; masked when sensitive
  std::uint32_t start = 0;  // UTF-16 units of the string named by `where`
  std::uint32_t end = 0;
  std::string_view why;             // key of a text in the condition's schema ("x-texts"); must outlive the evaluation
  TextArguments arguments;          // for that text
  std::string_view condition = {};  // whose schema it is; set by the engine
  // Of what is in an attachment: where, for people (support/part_texts.h). Null for all else.
  std::shared_ptr<const PartPlace> place = {};
};

inline constexpr std::size_t kMaxEvidence = 50;  // kept per finding (the verdict's contract)

// Evidence is counted wholly and kept up to a bound, so that ten thousand recipients cost no more than fifty. Of a
// recipient only the place in the draft is kept until somebody reads it: most rules that find recipients do not match.
class EvidenceList {
 public:
  void Add(Evidence evidence);
  // Evidence that is one recipient, by its index in the draft, of a condition that only says whom it is about. Its text
  // in the schema is "outside", "inside" or "unparsable".
  void AddRecipient(const MailView& mail, std::size_t index);
  // With a text and arguments of the condition's own; {address}, {name} and {person} are there always. `more` is called
  // only for evidence that is kept.
  template <typename More>
  void AddRecipient(const MailView& mail, std::size_t index, std::string_view why, const More& more) {
    if (CountRecipient(mail, index)) {
      KeepRecipient(index, why, more());
    }
  }
  // Somebody else who may be meant instead of this recipient, kept up to the same bound: a fix can put them there.
  void ProposeInstead(std::size_t index, Mailbox meant);
  // The account from which the mail should rather leave.
  void ProposeSender(Mailbox sender);
  void Append(EvidenceList other);
  // Whether all of it only says whom a condition is about (AddRecipient without a text).
  bool says_only_whom() const { return total_ > 0 && whom_ == total_; }
  // Whether something was found that is no recipient.
  bool has_places() const { return places_ > 0; }
  // Leaves out of what is read and counted what only says whom it is about; they stay recipients().
  void LeaveOutWhom();
  // Says which condition found all of this. `name` must outlive the evaluation.
  void SetCondition(std::string_view name);

  // What is kept, ready to be read. `mail` is the one that was looked at.
  std::vector<Evidence> Kept(const MailView& mail) const;
  std::size_t kept() const { return kept_.size(); }
  // Nothing more is kept.
  bool full() const { return kept_.size() >= kMaxEvidence; }
  // REQUIRES: something was found, and no recipients.
  const Evidence& first() const { return details_.front(); }
  const Evidence& last() const { return details_.back(); }

  std::size_t total() const { return total_; }
  const std::vector<std::size_t>& recipients() const { return recipients_; }
  // Its recipients and proposals, for the effects of the rule. `draft` is the mail that was looked at; both outlive it.
  FoundInMail Found(const Draft& draft) const { return {draft, recipients_, meant_, senders_}; }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  struct Item {
    std::uint32_t recipient = kNone;  // its index in the draft
    std::uint32_t detail = kNone;     // in details_: the evidence, or of a recipient further arguments
    std::string_view why;             // of a recipient; "": which side it is on
    std::string_view condition;
  };

  // Whether there is room for its evidence.
  bool CountRecipient(const MailView& mail, std::size_t index);
  void KeepRecipient(std::size_t index, std::string_view why, TextArguments more);
  Evidence Read(const MailView& mail, const Item& item) const;

  std::vector<Item> kept_;
  std::vector<Evidence> details_;
  std::size_t total_ = 0;
  std::size_t whom_ = 0;    // of it: recipients without a text
  std::size_t places_ = 0;  // of it: no recipients
  std::vector<std::size_t> recipients_;
  std::vector<MeantRecipient> meant_;
  std::vector<Mailbox> senders_;
};

struct ConditionResult {
  Truth truth = Truth::kFalse;
  EvidenceList evidence;    // only when not false
  TextArguments arguments;  // for the condition's title and message
};

class Condition {
 public:
  virtual ~Condition() = default;
  // Pure: the same mail gives the same answer. Thread-safe.
  virtual ConditionResult Evaluate(const MailView& mail) const = 0;
};

namespace conditions {

// Every condition defines `namespace <name> { MakeResult Make(const Json& params, const Policy& policy); }`. What it
// makes may point into `policy`, which outlives it. Errors: kPolicyRefused, pointing inside `params`.
using MakeResult = Result<std::unique_ptr<Condition>>;

struct RegistryRow {
  std::string_view name;
  MakeResult (*make)(const Json& params, const Policy& policy);
  std::string_view schema;  // policy/conditions/<name>.schema.json
};

}  // namespace conditions
}  // namespace lastlook
