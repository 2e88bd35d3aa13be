// SPDX-License-Identifier: MPL-2.0
// Words in the subject and the body, compared folded (full width, half width and case fall together).
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::text {
namespace {

struct Word {
  std::string written;
  std::string folded;
};

struct Params {
  bool in_subject = false;
  bool in_body = false;
  bool has_any_of = false;
  std::vector<Word> any_of;  // may be empty: an empty list
  std::vector<Word> all_of;
  std::size_t min = 1;  // occurrences of words of any_of
};

bool IsAsciiWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// An ASCII word stands alone among ASCII letters and digits; beside Japanese it may stand without a space.
bool StandsAlone(std::string_view text, std::size_t at, std::string_view word) {
  const std::size_t end = at + word.size();
  const bool joined_before = at > 0 && IsAsciiWordByte(word.front()) && IsAsciiWordByte(text[at - 1]);
  const bool joined_after = end < text.size() && IsAsciiWordByte(word.back()) && IsAsciiWordByte(text[end]);
  return !joined_before && !joined_after;
}

class Text : public Condition {
 public:
  explicit Text(Params params) : params_(std::move(params)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    std::vector<const FoldedNamedText*> texts;
    if (params_.in_subject) {
      texts.push_back(&mail.subject());
    }
    if (params_.in_body) {
      for (const FoldedNamedText& body : mail.body()) {
        texts.push_back(&body);
      }
    }
    ConditionResult result;
    for (const Word& word : params_.all_of) {
      if (Find(texts, word, &result.evidence) == 0) {
        return {};
      }
    }
    std::size_t found = 0;
    std::set<std::string> words;
    for (const Word& word : params_.any_of) {
      const std::size_t times = Find(texts, word, &result.evidence);
      found += times;
      if (times > 0) {
        words.insert(word.written);
      }
    }
    if (params_.has_any_of && found < params_.min) {
      return {};
    }
    std::string listed;
    for (const std::string& word : words) {
      listed += (listed.empty() ? "" : ", ") + word;
    }
    result.arguments = {{"count", std::to_string(result.evidence.total())}, {"words", listed}};
    result.truth = Truth::kTrue;
    return result;
  }

 private:
  // How often the word occurs. What the HTML says beyond the plain text counts; what it says again does not.
  static std::size_t Find(const std::vector<const FoldedNamedText*>& texts, const Word& word, EvidenceList* evidence) {
    std::size_t times = 0;
    bool in_plain_text = false;
    for (const FoldedNamedText* text : texts) {
      if (text->named.where == "body.html" && in_plain_text) {
        continue;
      }
      const std::size_t here = FindIn(*text, word, evidence);
      in_plain_text = in_plain_text || (text->named.where == "body.text" && here > 0);
      times += here;
    }
    return times;
  }

  static std::size_t FindIn(const FoldedNamedText& text, const Word& word, EvidenceList* evidence) {
    const std::string& folded = text.folded.text;
    std::size_t times = 0;
    for (std::size_t at = folded.find(word.folded); at != std::string::npos;
         at = folded.find(word.folded, at + word.folded.size())) {
      if (!StandsAlone(folded, at, word.folded)) {
        continue;
      }
      ++times;
      const std::uint32_t start = text.folded.OriginalBegin(at);
      const std::uint32_t end = text.folded.OriginalEnd(at + word.folded.size());
      // Slicing the original is linear, so it is done only for what is kept.
      std::string excerpt =
          evidence->kept().size() < kMaxEvidence ? Utf16Slice(text.named.text, start, end) : std::string();
      evidence->Add({text.named.where, std::move(excerpt), start, end, "word", {{"word", word.written}}});
    }
    return times;
  }

  Params params_;
};

// A string names a list; an array holds the words themselves.
std::vector<Word> ReadWords(ObjectReader* reader, const std::string& key, const Policy& policy) {
  std::vector<std::string> written;
  const Json* value = reader->Find(key);
  if (value != nullptr && value->is_string()) {
    const std::string name = value->get<std::string>();
    const auto list = policy.lists.find(name);
    if (list == policy.lists.end()) {
      std::vector<std::string> names;
      for (const auto& [known, entries] : policy.lists) {
        names.push_back(known);
      }
      reader->Refuse(key, "there is no list \"" + name + "\"",
                     "for one word write [\"" + name + "\"]; " + SuggestName(name, names));
      return {};
    }
    written = list->second.entries;
  } else {
    written = reader->Strings(key).value_or(std::vector<std::string>());
  }
  std::vector<Word> words;
  for (const std::string& word : written) {
    std::string folded = Fold(TrimSpace(word));
    if (folded.empty()) {
      reader->Refuse(key, "an empty word would be found everywhere", "take it out");
      continue;
    }
    words.push_back({word, std::move(folded)});
  }
  return words;
}

}  // namespace

MakeResult Make(const Json& json, const Policy& policy) {
  ObjectReader reader(json, {"in", "any_of", "all_of", "min"});
  Params params;
  const std::vector<std::string> places = {"subject", "body"};
  for (const std::string& place : reader.Strings("in").value_or(places)) {
    if (std::find(places.begin(), places.end(), place) == places.end()) {
      reader.Refuse("in", "\"" + place + "\" is no place to look for words", SuggestName(place, places));
    }
    params.in_subject = params.in_subject || place == "subject";
    params.in_body = params.in_body || place == "body";
  }
  params.any_of = ReadWords(&reader, "any_of", policy);
  params.all_of = ReadWords(&reader, "all_of", policy);
  if (const auto min = reader.Whole("min", 1, 1'000'000)) {
    params.min = static_cast<std::size_t>(*min);
  }
  params.has_any_of = reader.Find("any_of") != nullptr;
  if (!params.has_any_of && reader.Find("all_of") == nullptr) {
    reader.Refuse(PolicyError("this names no words", "give \"any_of\" or \"all_of\""));
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Text>(std::move(params)));
}

}  // namespace lastlook::conditions::text
