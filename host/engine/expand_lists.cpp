// SPDX-License-Identifier: MPL-2.0
#include <unordered_set>
#include <utility>

#include "base/text_fold.h"
#include "engine/evaluate.h"

namespace lastlook {
namespace {

// The members of the list that `mailbox` names, or null if it names none.
const std::vector<Mailbox>* ListOf(const Mailbox& mailbox, const Context& context, std::string* name) {
  if (mailbox.address) {
    return nullptr;
  }
  *name = Fold(TrimSpace(mailbox.display_name.empty() ? mailbox.typed : mailbox.display_name));
  const auto list = context.lists.find(*name);
  return list == context.lists.end() ? nullptr : &list->second;
}

// Lists inside lists. Each list counts once in a field: one that holds itself would never end, and a few dozen that
// hold each other twice would be more recipients than there are people. Without recursion: a chain of lists may be
// long.
void Expand(const Mailbox& mailbox, const Context& context, std::unordered_set<std::string>* expanded,
            std::vector<Mailbox>* out) {
  std::vector<const Mailbox*> waiting = {&mailbox};
  std::string name;
  while (!waiting.empty()) {
    const Mailbox* next = waiting.back();
    waiting.pop_back();
    const std::vector<Mailbox>* members = ListOf(*next, context, &name);
    if (members == nullptr) {
      out->push_back(*next);
    } else if (expanded->insert(name).second) {
      for (auto member = members->rbegin(); member != members->rend(); ++member) {
        waiting.push_back(&*member);
      }
    }
  }
}

}  // namespace

Draft ExpandLists(Draft draft, const Context& context) {
  if (context.lists.empty()) {
    return draft;
  }
  std::vector<Mailbox> fields[3];
  std::unordered_set<std::string> lists[3];
  for (const Recipient& recipient : draft.recipients) {
    const auto field = static_cast<int>(recipient.field);
    Expand(recipient.mailbox, context, &lists[field], &fields[field]);
  }
  draft.SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(fields[2]));
  return draft;
}

}  // namespace lastlook
