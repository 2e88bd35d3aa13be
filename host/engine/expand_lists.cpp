// SPDX-License-Identifier: MPL-2.0
#include <unordered_set>
#include <utility>

#include "base/text_fold.h"
#include "engine/evaluate.h"

namespace lastlook {
namespace {

// Lists inside lists; a list that holds itself is expanded once.
void Expand(const Mailbox& mailbox, const Context& context, std::unordered_set<std::string>* open,
            std::vector<Mailbox>* out) {
  if (!mailbox.address) {
    const std::string name = Fold(TrimSpace(mailbox.display_name.empty() ? mailbox.typed : mailbox.display_name));
    const auto list = context.lists.find(name);
    if (list != context.lists.end()) {
      if (open->insert(name).second) {
        for (const Mailbox& member : list->second) {
          Expand(member, context, open, out);
        }
        open->erase(name);
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
  for (const Recipient& recipient : draft.recipients) {
    std::unordered_set<std::string> open;
    Expand(recipient.mailbox, context, &open, &fields[static_cast<int>(recipient.field)]);
  }
  expanded.SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(fields[2]));
  return expanded;
}

}  // namespace lastlook
