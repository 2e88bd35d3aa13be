// SPDX-License-Identifier: MPL-2.0
// A paragraph of the administrator's at the top or the end of the body, once, in the language of the mail.
#include <algorithm>
#include <string>
#include <utility>

#include "base/text_fold.h"
#include "effects/effect.h"
#include "effects/support/body_insertion.h"
#include "effects/support/localized_param.h"
#include "effects/support/mail_language.h"
#include "mail/body_text.h"
#include "policy/object_reader.h"

namespace lastlook::effects::add_text {
namespace {

constexpr std::size_t kMaxTextBytes = 4096;  // a page; more belongs into a file

class AddText : public Effect {
 public:
  AddText(BodyPlace place, LocalizedText text) : place_(place), text_(std::move(text)) {}

  Stage stage() const override { return Stage::kOther; }
  std::string_view capability() const override { return "body"; }
  std::string Added(const Draft& draft) const override { return TextFor(draft); }

  // HTML that hides what stands at its top or end, such as a comment without an end.
  std::optional<EffectProblem> Problem(const Draft& draft, const FoundInMail& /*found*/) const override {
    if (IsThere(draft)) {
      return std::nullopt;
    }
    Body body = draft.body;
    InsertIntoBody(TextFor(draft), place_, &body);
    return BodyHolds(body, TextFor(draft)) ? std::nullopt : std::optional(EffectProblem{"not_visible"});
  }

  void Apply(const FoundInMail& /*found*/, Draft* draft) const override {
    if (!IsThere(*draft)) {
      InsertIntoBody(TextFor(*draft), place_, &draft->body);
    }
  }

 private:
  const std::string& TextFor(const Draft& draft) const {
    if (text_.by_language().size() == 1) {
      return text_.by_language().begin()->second;
    }
    std::string words;
    for (const NamedText& named : BodyTexts(draft)) {
      words += named.text + '\n';
    }
    return text_.In(LanguageOf(TrimSpace(words).empty() ? draft.subject : words));
  }

  // In whatever language: the mail's own may look different with the text in it.
  bool IsThere(const Draft& draft) const {
    return std::any_of(text_.by_language().begin(), text_.by_language().end(),
                       [&](const auto& one) { return BodyHolds(draft.body, one.second); });
  }

  BodyPlace place_;
  LocalizedText text_;
};

bool IsUnfit(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

// With '\n' and without blanks around it.
LocalizedText Cleaned(const LocalizedText& text) {
  std::map<std::string, std::string> cleaned;
  for (const auto& [language, words] : text.by_language()) {
    std::string one(TrimSpace(words));
    std::erase(one, '\r');
    cleaned.emplace(language, std::move(one));
  }
  return LocalizedText(std::move(cleaned));
}

}  // namespace

MakeResult Make(const Json& params, const Policy& /*policy*/) {
  ObjectReader reader(params, {"at", "text"});
  const BodyPlace place = reader.OneOf("at", {"start", "end"}) == "start" ? BodyPlace::kStart : BodyPlace::kEnd;
  LocalizedText text = Cleaned(LocalizedParam(&reader, "text"));
  for (const auto& [language, words] : text.by_language()) {
    if (words.size() > kMaxTextBytes || std::any_of(words.begin(), words.end(), IsUnfit)) {
      reader.Refuse("text", "\"text\" does not fit into a mail",
                    "write at most 4096 bytes of plain text without control characters");
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(std::make_unique<AddText>(place, std::move(text)));
}

}  // namespace lastlook::effects::add_text
