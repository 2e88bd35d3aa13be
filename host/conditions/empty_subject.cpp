// SPDX-License-Identifier: MPL-2.0
// A subject that says nothing: empty, only "Re:", or "no subject". In a reply or a forwarded mail a subject that came
// so with the original is not the sender's slip, and only one that is wholly empty counts.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/text_places.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::empty_subject {
namespace {

// Folded, as is what they are compared with.
constexpr std::array<std::string_view, 12> kPrefixes = {
    "re:", "fw:", "fwd:", "aw:", "sv:", "wg:", "返信:", "転送:", "答复:", "回复:", "转发:", "回覆:"};
constexpr std::array<std::string_view, 15> kNoSubject = {"無題",       "件名なし", "件名無し", "無し",   "なし",
                                                         "無標題",     "无标题",   "无主题",   "無主題", "没有主题",
                                                         "no subject", "untitled", "no title", "(none)", "subject"};

std::string_view TrimFolded(std::string_view text) {
  return TrimSpace(text);  // folding makes ASCII blanks of wide ones
}

class EmptySubject : public Condition {
 public:
  ConditionResult Evaluate(const MailView& mail) const override {
    const FoldedNamedText& subject = mail.subject();
    std::string_view rest = TrimFolded(subject.folded.text);
    const bool is_blank = rest.empty();
    if (!is_blank && !IsWritten(mail)) {
      return {};
    }
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view prefix : kPrefixes) {
        if (rest.starts_with(prefix)) {
          rest = TrimFolded(rest.substr(prefix.size()));
          again = true;
        }
      }
    }
    rest = WithoutBrackets(rest);
    const bool says_nothing = rest.empty() || std::find(kNoSubject.begin(), kNoSubject.end(), rest) != kNoSubject.end();
    if (!says_nothing) {
      return {};
    }
    ConditionResult result;
    result.truth = Truth::kTrue;
    const auto end = static_cast<std::uint32_t>(Utf16Length(subject.named.text));
    result.evidence.Add({"subject",
                         subject.named.text,
                         0,
                         end,
                         is_blank ? "empty" : "says_nothing",
                         {{"subject", subject.named.text}}});
    return result;
  }

 private:
  // Whether the words of the subject are the sender's. Where nobody knows how the mail came to be, they are.
  static bool IsWritten(const MailView& mail) { return !mail.draft().compose.kind || IsOwnSubject(mail); }

  static std::string_view WithoutBrackets(std::string_view text) {
    constexpr std::string_view kDashes = "-_.*";
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"(", ")"},
                                      {"[", "]"},
                                      {"<", ">"},
                                      {"【", "】"},
                                      {"「", "」"}}) {
      if (text.size() >= open.size() + close.size() && text.starts_with(open) && text.ends_with(close)) {
        text = TrimFolded(text.substr(open.size(), text.size() - open.size() - close.size()));
      }
    }
    return text.find_first_not_of(kDashes) == std::string_view::npos ? std::string_view() : text;
  }
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  const ObjectReader reader(json, {}, EmptyObject::kAllowed);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<EmptySubject>());
}

}  // namespace lastlook::conditions::empty_subject
