// SPDX-License-Identifier: MPL-2.0
// "So many of these recipients, each for a reason": what conditions on single recipients have in common. They read the
// keys of a RecipientSelector and {"min", "max"}.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/count_range.h"
#include "policy/recipient_selector.h"

namespace lastlook {

struct RecipientQuestion {
  RecipientSelector selector;
  CountRange range;

  // The keys of such a condition, with its own.
  static std::vector<std::string> Keys(const std::vector<std::string>& own = {}) {
    std::vector<std::string> keys = RecipientSelector::KeysOfConditions();
    keys.insert(keys.end(), {"min", "max"});
    keys.insert(keys.end(), own.begin(), own.end());
    return keys;
  }
  static RecipientQuestion Read(ObjectReader* reader, const Policy& policy) {
    RecipientSelector selector = RecipientSelector::ReadOfCondition(reader, policy);
    return {std::move(selector), CountRange::Read(reader)};
  }
};

// Asks `why(index)` for every selected recipient: the key of a text, or "" when there is nothing to say. `more(index)`
// gives further arguments for that text. People are counted, and an address that stands twice counts once.
template <typename Why, typename More>
ConditionResult FindRecipients(const MailView& mail, const RecipientQuestion& question, const Why& why,
                               const More& more) {
  ConditionResult result;
  RecipientSet people(mail.size());
  question.selector.SelectedOf(mail).ForEach([&](std::size_t i) {
    const std::string_view text = why(i);
    if (!text.empty()) {
      people.Insert(mail.recipient_numbers()[i]);
      result.evidence.AddRecipient(mail, i, text, [&] { return TextArguments(more(i)); });
    }
  });
  const std::size_t count = people.Count();
  result.arguments = {{"count", std::to_string(count)}};
  result.truth = question.range.Contains(count) ? Truth::kTrue : Truth::kFalse;
  return result;
}

template <typename Why>
ConditionResult FindRecipients(const MailView& mail, const RecipientQuestion& question, const Why& why) {
  return FindRecipients(mail, question, why, [](std::size_t) { return TextArguments(); });
}

}  // namespace lastlook
