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

// What was found and where.
struct Evidence {
  std::string where;        // a recipient's id, "subject", "body.text", "attachments[0]" …
  std::string excerpt;      // as written there; masked when sensitive
  std::uint32_t start = 0;  // UTF-16 units of the string named by `where`
  std::uint32_t end = 0;
  std::string_view why;             // key of a text in the condition's schema ("x-texts"); must outlive the evaluation
  TextArguments arguments;          // for that text
  std::string_view condition = {};  // whose schema it is; set by the engine
};

inline constexpr std::size_t kMaxEvidence = 50;  // kept per finding (the verdict's contract)

// Evidence is counted wholly and kept up to a bound, so that ten thousand recipients cost no more than fifty.
class EvidenceList {
 public:
  void Add(Evidence evidence);
  // Evidence that is one recipient, by its index in the draft. Its text in the schema is "outside", "inside" or
  // "unparsable".
  void AddRecipient(const MailView& mail, std::size_t index);
  // With a text and arguments of the condition's own; {address}, {name} and {person} are there always. `more` is called
  // only for evidence that is kept.
  template <typename More>
  void AddRecipient(const MailView& mail, std::size_t index, std::string_view why, const More& more) {
    if (CountRecipient(index)) {
      KeepRecipient(mail, index, why, more());
    }
  }
  // Somebody else who may be meant instead of this recipient, kept up to the same bound: a fix can put them there.
  void ProposeInstead(std::size_t index, Mailbox meant);
  // The account from which the mail should rather leave.
  void ProposeSender(Mailbox sender);
  void Append(EvidenceList other);
  // Says which condition found all of this. `name` must outlive the evaluation.
  void SetCondition(std::string_view name);

  const std::vector<Evidence>& kept() const { return kept_; }
  std::size_t total() const { return total_; }
  const std::vector<std::size_t>& recipients() const { return recipients_; }
  // Its recipients and proposals, for the effects of the rule. `draft` is the mail that was looked at; both outlive it.
  FoundInMail Found(const Draft& draft) const { return {draft, recipients_, meant_, senders_}; }

 private:
  // Whether there is room for its evidence.
  bool CountRecipient(std::size_t index);
  void KeepRecipient(const MailView& mail, std::size_t index, std::string_view why, TextArguments more);

  std::vector<Evidence> kept_;
  std::size_t total_ = 0;
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
