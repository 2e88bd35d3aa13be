// SPDX-License-Identifier: MPL-2.0
// Asking many people in one visible mail to delete the last one shows all of them each other's addresses once more.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "conditions/support/text_places.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::mass_recall {
namespace {

constexpr std::int64_t kUsualVisible = 5;
constexpr std::int64_t kVisibleAfterIncident = 2;
constexpr std::int64_t kUsualIncidentMinutes = 24 * 60;
constexpr std::int64_t kMost = 1'000'000'000;

// What calls a mail back. Outlook writes the English ones itself.
constexpr std::string_view kRecallWords[] = {"誤送信",
                                             "誤って送信",
                                             "誤って送付",
                                             "誤って配信",
                                             "誤配信",
                                             "メール削除のお願い",
                                             "メールの削除",
                                             "メールを削除",
                                             "破棄のお願い",
                                             "would like to recall the message",
                                             "message recall",
                                             "recall:",
                                             "sent in error",
                                             "sent by mistake",
                                             "sent to you by mistake",
                                             "delete my previous",
                                             "delete the previous",
                                             "误发",
                                             "发错",
                                             "撤回邮件",
                                             "删除上一封",
                                             "删除之前的邮件"};
// Apologies are daily bread; in the subject and after an incident they mean the incident.
constexpr std::string_view kApologies[] = {"お詫び", "おわび", "apolog", "致歉", "道歉"};

struct Place {
  const FoldedNamedText* text = nullptr;
  std::size_t at = 0;
  std::size_t length = 0;
};

class MassRecall : public Condition {
 public:
  MassRecall(std::vector<std::string> words, std::optional<std::int64_t> min, std::int64_t incident_minutes)
      : words_(std::move(words)), min_(min), incident_minutes_(incident_minutes) {
    for (const std::string_view word : kApologies) {
      apologies_.push_back(Fold(word));
    }
  }

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& recent = mail.context().recent;
    const bool incident = recent && recent->incident_minutes_ago && *recent->incident_minutes_ago <= incident_minutes_;
    const auto visible = VisibleOutsiders(mail);
    const auto count = static_cast<std::int64_t>(visible.size());
    if (count < min_.value_or(incident ? kVisibleAfterIncident : kUsualVisible)) {
      return {};
    }
    const auto place = FindWord(mail, incident);
    if (!place) {
      return {};
    }
    ConditionResult result;
    result.truth = Truth::kTrue;
    result.arguments = {{"count", std::to_string(count)}};
    const FoldedText& folded = place->text->folded;
    const std::uint32_t begin = folded.OriginalBegin(place->at);
    const std::uint32_t end = folded.OriginalEnd(place->at + place->length);
    const std::string excerpt = Utf16Slice(place->text->named.text, begin, end);
    result.evidence.Add({place->text->named.where, excerpt, begin, end, "word", {{"word", excerpt}}});
    for (const std::size_t i : visible) {
      result.evidence.AddRecipient(mail, i, "visible", [] { return TextArguments(); });
    }
    return result;
  }

 private:
  static std::vector<std::size_t> VisibleOutsiders(const MailView& mail) {
    const KeySet own = OwnKeys(mail);
    RecipientSet shown(mail.size(), true);
    shown.Remove(mail.OfField(RecipientField::kBcc));
    shown.Remove(mail.inside());
    RecipientSet seen(mail.size());
    std::vector<std::size_t> visible;
    shown.ForEach([&](std::size_t i) {
      const std::uint32_t number = mail.recipient_numbers()[i];
      if (!seen.Has(number) && !own.contains(mail.recipient_keys()[i])) {
        seen.Insert(number);
        visible.push_back(i);
      }
    });
    return visible;
  }

  // In what the sender wrote: an answer to a recall quotes its words.
  std::optional<Place> FindWord(const MailView& mail, bool incident) const {
    std::optional<Place> place;
    if (IsOwnSubject(mail)) {
      const TextStretch subject{&mail.subject(), 0, mail.subject().folded.text.size()};
      place = FindIn(subject, words_);
      if (!place && incident) {
        place = FindIn(subject, apologies_);
      }
    }
    for (const TextStretch& text : OwnText(mail)) {
      place = place ? place : FindIn(text, words_);
    }
    return place;
  }

  static std::optional<Place> FindIn(const TextStretch& text, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      if (const std::size_t at = text.View().find(word); at != std::string_view::npos) {
        return Place{text.text, text.begin + at, word.size()};
      }
    }
    return std::nullopt;
  }

  std::vector<std::string> words_;  // folded
  std::vector<std::string> apologies_;
  std::optional<std::int64_t> min_;
  std::int64_t incident_minutes_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"words", "min", "incident_minutes"}, EmptyObject::kAllowed);
  std::vector<std::string> words;
  const auto given = reader.Strings("words");
  for (const std::string& word :
       given.value_or(std::vector<std::string>(std::begin(kRecallWords), std::end(kRecallWords)))) {
    words.push_back(Fold(word));
    if (TrimSpace(words.back()).empty()) {
      reader.Refuse("words", "a word is empty, and would be found in every mail", "leave it out");
    }
  }
  const auto min = reader.Whole("min", 1, kMost);
  const auto incident_minutes = reader.Whole("incident_minutes", 1, kMost);
  if (reader.error()) {
    return *reader.error();
  }
  static_cast<void>(policy);
  return std::unique_ptr<Condition>(
      std::make_unique<MassRecall>(std::move(words), min, incident_minutes.value_or(kUsualIncidentMinutes)));
}

}  // namespace lastlook::conditions::mass_recall
