// SPDX-License-Identifier: MPL-2.0
#include <unordered_set>
#include <utility>

#include "base/text_fold.h"
#include "engine/evaluate.h"

namespace lastlook {
namespace {

// Lists inside lists. Each list counts once in a field: one that holds itself would never end, and a few dozen that hold
// each other twice would be more recipients than there are people.
void Expand(const Mailbox& mailbox, const Context& context, std::unordered_set<std::string>* expanded,
            std::vector<Mailbox>* out) {
  if (!mailbox.address) {
    const std::string name = Fold(TrimSpace(mailbox.display_name.empty() ? mailbox.typed : mailbox.display_name));
    const auto list = context.lists.find(name);
    if (list != context.lists.end()) {
      if (expanded->insert(name).second) {
        for (const Mailbox& member : list->second) {
          Expand(member, context, expanded, out);
        }
      }
      return;
    }
  }
  out->push_back(mailbox);
}

}  // namespace

Draft ExpandLists(const Draft& draft, const Context& context) {
  Draft expanded = draft;
  if (context.lists.empty()) {
    return expanded;
  }
  std::vector<Mailbox> fields[3];
  std::unordered_set<std::string> lists[3];
  for (const Recipient& recipient : draft.recipients) {
    const auto field = static_cast<int>(recipient.field);
    Expand(recipient.mailbox, context, &lists[field], &fields[field]);
  }
  expanded.SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(fields[2]));
  return expanded;
}

}  // namespace lastlook
