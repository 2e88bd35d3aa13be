// SPDX-License-Identifier: MPL-2.0
// A password stands in the mail, beside the file that it opens or alone.
#include <memory>
#include <string>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/text_places.h"
#include "detect/written_password.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::password_in_body {
namespace {

class PasswordInBody : public Condition {
 public:
  explicit PasswordInBody(bool beside_attachment) : beside_attachment_(beside_attachment) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    const bool has_files = !mail.draft().attachments.empty();
    if (beside_attachment_ && !has_files) {
      return result;
    }
    std::vector<TextStretch> texts = OwnText(mail);
    texts.insert(texts.begin(), {&mail.subject(), 0, mail.subject().folded.text.size()});
    for (const TextStretch& text : texts) {
      for (const detect::WrittenPassword& password : detect::FindWrittenPasswords(text.View())) {
        const FoldedText& folded = text.text->folded;
        // The password itself is not shown, nor how long it is.
        result.evidence.Add({text.text->named.where,
                             "••••••",
                             folded.OriginalBegin(text.begin + password.begin),
                             folded.OriginalEnd(text.begin + password.end),
                             has_files ? "beside_file" : "alone",
                             {}});
      }
    }
    result.truth = result.evidence.total() > 0 ? Truth::kTrue : Truth::kFalse;
    return result;
  }

 private:
  bool beside_attachment_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  ObjectReader reader(json, {"beside_attachment"}, EmptyObject::kAllowed);
  const bool beside_attachment = reader.Boolean("beside_attachment").value_or(false);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<PasswordInBody>(beside_attachment));
}

}  // namespace lastlook::conditions::password_in_body
