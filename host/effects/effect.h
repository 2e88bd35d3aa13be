// SPDX-License-Identifier: MPL-2.0
// The one interface of all effects: what a rule does ("do") or offers ("offer"). An effect is one file here, one schema
// in policy/effects and one folder of cases in tests/cases, all of the same name.
#pragma once

#include <memory>
#include <string_view>

#include "base/json.h"
#include "base/localized_text.h"
#include "base/result.h"
#include "mail/draft.h"
#include "policy/policy.h"

namespace lastlook {

class Effect {
 public:
  // In this order, whatever the order of the rules: who gets it, then how they stand, then the rest.
  enum class Stage { kAddRecipients, kMoveRecipients, kOther };

  virtual ~Effect() = default;
  virtual Stage stage() const = 0;

  // Changes the draft; does nothing when there is nothing to change, so that carrying it out twice is carrying it out
  // once.
  virtual void Apply(Draft* draft) const = 0;

  // What the client must be able to do (wire/PROTOCOL.md, capabilities).
  virtual std::string_view capability() const = 0;

  // How long the mail is held; −1: as long as the settings say; 0: it is not held.
  virtual int hold_minutes() const { return 0; }

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
