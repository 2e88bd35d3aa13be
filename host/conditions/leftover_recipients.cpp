// SPDX-License-Identifier: MPL-2.0
// Recipients who came with the template or the reopened draft and were not added by the person: nine hundred of them
// fit into a Bcc field that nobody looks at.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::leftover_recipients {
namespace {

class LeftoverRecipients : public Condition {
 public:
  LeftoverRecipients(RecipientQuestion question, std::vector<ComposeKind> kinds)
      : question_(std::move(question)), kinds_(std::move(kinds)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const ComposeFacts& compose = mail.draft().compose;
    if (!compose.initial_recipients || !compose.kind ||
        std::find(kinds_.begin(), kinds_.end(), *compose.kind) == kinds_.end()) {
      return {};
    }
    const KeySet came = KeysOf(mail, *compose.initial_recipients);
    const std::string_view why = compose.kind == ComposeKind::kTemplate ? "from_template" : "from_draft";
    return FindRecipients(mail, question_, [&](std::size_t i) {
      return came.contains(mail.recipient_keys()[i]) ? why : std::string_view();
    });
  }

 private:
  RecipientQuestion question_;
  std::vector<ComposeKind> kinds_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys({"kind"}), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  std::vector<ComposeKind> kinds;
  for (const std::string& name : reader.Strings("kind").value_or(std::vector<std::string>{"template", "draft"})) {
    const auto kind = ComposeKindFromName(name);
    if (kind == ComposeKind::kTemplate || kind == ComposeKind::kDraft) {
      kinds.push_back(*kind);
    } else {
      reader.Refuse("kind", "\"" + name + "\" is no kind of mail that recipients are left over from",
                    SuggestName(name, {"template", "draft"}));
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<LeftoverRecipients>(std::move(question), std::move(kinds)));
}

}  // namespace lastlook::conditions::leftover_recipients
