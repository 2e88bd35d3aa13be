// SPDX-License-Identifier: MPL-2.0
// People who asked for no more mail. Looks in the list "opt-out" unless "in" names others; hidden recipients count too.
#include <memory>
#include <string_view>
#include <utility>

#include "conditions/condition.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::opted_out {
namespace {

class OptedOut : public Condition {
 public:
  explicit OptedOut(RecipientQuestion question) : question_(std::move(question)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    return FindRecipients(mail, question_, [](std::size_t) { return std::string_view("opted_out"); });
  }

 private:
  RecipientQuestion question_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader given(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  if (given.error()) {
    return *given.error();
  }
  Json complete = params;
  if (!complete.contains("in")) {
    complete["in"] = "opt-out";
  }
  ObjectReader reader(complete, RecipientQuestion::Keys());
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<OptedOut>(std::move(question)));
}

}  // namespace lastlook::conditions::opted_out
