// SPDX-License-Identifier: MPL-2.0
// The one interface of all effects: what a rule does ("do") or offers ("offer"). An effect is one file here, one schema
// in policy/effects and one folder of cases in tests/cases, all of the same name.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/localized_text.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "mail/draft.h"
#include "policy/found_in_mail.h"
#include "policy/policy.h"

namespace lastlook {

// Why an effect cannot be carried out on a draft.
struct EffectProblem {
  std::string_view text;  // key of a text in the effect's schema ("x-texts"); must outlive the evaluation
  TextArguments arguments = {};
};

// Something the window says, with nothing to do about it.
struct Notice {
  std::string id;
  LocalizedText text;
  std::optional<Timestamp> until;  // not shown from then on
};

// Whom the person counts, in ascending order.
enum class CountOf { kNobody, kOutside, kEverybody };

class Effect {
 public:
  // In this order, whatever the order of the rules: who gets it, then how they stand, then the rest.
  enum class Stage { kRemoveRecipients, kAddRecipients, kMoveRecipients, kOther };

  virtual ~Effect() = default;
  virtual Stage stage() const = 0;

  // Changes the draft; does nothing when there is nothing to change, so that carrying it out twice is carrying it out
  // once. `found` is what the rule found in the mail as written. REQUIRES: Problem() of the same draft gives nothing.
  virtual void Apply(const FoundInMail& found, Draft* draft) const = 0;

  // Whether Apply would change that draft. Nothing: it has to be carried out to see. Worth an answer where the mail may
  // have ten thousand recipients, for every offer of every rule is asked. REQUIRES: as Apply.
  virtual std::optional<bool> Changes(const Draft& /*draft*/, const FoundInMail& /*found*/) const {
    return std::nullopt;
  }

  // What stands in the way of carrying it out; nothing when it can be. An obligation is never dropped: while there is a
  // problem, the mail does not leave.
  virtual std::optional<EffectProblem> Problem(const Draft& /*draft*/, const FoundInMail& /*found*/) const {
    return std::nullopt;
  }

  // What the client must be able to do (wire/PROTOCOL.md, capabilities); "" for nothing beyond the protocol.
  virtual std::string_view capability() const = 0;

  // What Apply would put into subject, body or header fields, for the person to read; "" for other effects.
  virtual std::string Added(const Draft& /*draft*/) const { return ""; }

  // How long the mail is held; −1: as long as the settings say; 0: it is not held.
  virtual int hold_seconds() const { return 0; }
  // Whether the person may take a mail back that is held because of it.
  virtual bool hold_may_be_cancelled() const { return true; }

  // Whose number the person types before the mail leaves.
  virtual CountOf typed_count() const { return CountOf::kNobody; }

  // Whether the person types the name of this attachment before the mail leaves.
  virtual bool RetypesNameOf(const Part& /*part*/) const { return false; }

  // What the window says because of it; null for nothing.
  virtual const Notice* notice() const { return nullptr; }

  // Only the person can want it: it stands in "offer", never in "do".
  virtual bool only_offered() const { return false; }
  // False: it stands in "do", never in "offer".
  virtual bool may_be_offered() const { return true; }

  // The recipients (indices in the draft) that may each be offered a button of their own, with the text "label_one",
  // beside the one for all; empty: that one only.
  virtual std::vector<std::size_t> OfferedSingly(const FoundInMail& /*found*/) const { return {}; }

  // The key of the button's text in the schema, which may use {sender}.
  virtual std::string_view label() const { return "label"; }

  // Where the person goes on writing when they choose it: "attachments" …; "" where it changes the mail itself.
  virtual std::string_view go_to() const { return ""; }

  // True if it sends a copy to somebody the person did not name. Private accounts are never copied.
  virtual bool copies_the_mail() const { return false; }
};

namespace effects {

// Every effect defines `namespace <name> { MakeResult Make(const Json& params, const Policy& policy); }`. What it makes
// may point into `policy`, which outlives it. Errors: kPolicyRefused, pointing inside `params`.
using MakeResult = Result<std::unique_ptr<Effect>>;

struct RegistryRow {
  std::string_view name;
  MakeResult (*make)(const Json& params, const Policy& policy);
  std::string_view schema;  // policy/effects/<name>.schema.json
};

}  // namespace effects
}  // namespace lastlook
