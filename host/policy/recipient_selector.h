// SPDX-License-Identifier: MPL-2.0
// Which recipients a policy means: {"in": …, "not_in": …, "field": …}, shared by conditions and effects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "mail/recipient.h"
#include "policy/object_reader.h"
#include "policy/policy.h"

namespace lastlook {

// A set of addresses that a policy names: lists and inline patterns together. Points into the Policy.
class AddressSet {
 public:
  // Each name is a list of `policy`, or an address pattern (it holds '.' or '@').
  static Result<AddressSet> FromNames(const std::vector<std::string>& names, const Policy& policy);

  // An address that could not be parsed is in no list.
  bool Contains(const Mailbox& mailbox) const;

 private:
  std::vector<const AddressPatterns*> lists_;
  AddressPatterns inline_patterns_;
};

class RecipientSelector {
 public:
  // The keys that it reads from the object.
  static std::vector<std::string> Keys();
  // Refuses through `reader`.
  static RecipientSelector Read(ObjectReader* reader, const Policy& policy);

  bool Selects(const Recipient& recipient) const;

 private:
  std::optional<AddressSet> in_;
  std::optional<AddressSet> not_in_;
  std::vector<RecipientField> fields_;  // empty: all
};

}  // namespace lastlook
