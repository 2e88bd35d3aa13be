// SPDX-License-Identifier: MPL-2.0
// A copy in Cc, unless that address is already a recipient: to fixed addresses, or to whoever answers for the sender.
#include <utility>

#include "effects/support/copy_effect.h"
#include "policy/manager_list.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook::effects::add_cc {
namespace {

class CopyToManagers : public Effect {
 public:
  explicit CopyToManagers(const ManagerList* managers) : managers_(managers) {}

  Stage stage() const override { return Stage::kAddRecipients; }
  std::string_view capability() const override { return "recipients"; }
  bool copies_the_mail() const override { return true; }

  // A sender whom nobody answers for is a gap in the list: the mail must not slip through it without its copy.
  std::optional<EffectProblem> Problem(const Draft& draft, const FoundInMail& /*found*/) const override {
    if (!Managers(draft).empty()) {
      return std::nullopt;
    }
    return EffectProblem{"no_manager", {{"address", draft.from ? draft.from->AddressOrTyped() : ""}}};
  }

  void Apply(const FoundInMail& /*found*/, Draft* draft) const override {
    AddCopies(RecipientField::kCc, Managers(*draft), draft);
  }

 private:
  std::vector<Mailbox> Managers(const Draft& draft) const {
    return draft.from && draft.from->address ? managers_->ManagersOf(*draft.from->address) : std::vector<Mailbox>();
  }

  const ManagerList* managers_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  if (!params.is_object()) {
    return MakeCopyEffect(RecipientField::kCc, params);
  }
  ObjectReader reader(params, {"manager_of_sender"});
  const std::string name = reader.String("manager_of_sender").value_or("");
  if (reader.error()) {
    return *reader.error();
  }
  const auto list = policy.lists.find(name);
  if (list == policy.lists.end() || list->second.managers.empty()) {
    std::vector<std::string> names;
    for (const auto& [known, entries] : policy.lists) {
      if (!entries.managers.empty()) {
        names.push_back(known);
      }
    }
    return PolicyError("there is no list \"" + name + "\" of senders and their managers",
                       "fill it from a file with the columns sender and manager; " + SuggestName(name, names),
                       PointerStep("manager_of_sender"));
  }
  return std::unique_ptr<Effect>(std::make_unique<CopyToManagers>(&list->second.managers));
}

}  // namespace lastlook::effects::add_cc
