// SPDX-License-Identifier: MPL-2.0
// Words and patterns in the subject, the body and the names of files, compared folded (full width, half width and case
// fall together).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/text_pattern.h"
#include "conditions/support/text_places.h"
#include "detect/word_finder.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::text {
namespace {

constexpr std::size_t kMostPatterns = 100;
constexpr std::int64_t kMostDistance = 10'000;

// What a word was named for.
enum class Role { kAnyOf, kAllOf, kNear, kNearOf };

struct Word {
  std::string written;
  std::string folded;
  Role role = Role::kAnyOf;
};

struct Params {
  TextPlaces places;
  std::vector<Word> words;
  std::vector<TextPattern> patterns;
  bool counts = false;  // any_of or patterns are given; an empty list of words counts nothing
  std::size_t min = 1;  // occurrences of any_of and patterns
  std::size_t max = SIZE_MAX;
  std::size_t all_of = 0;               // how many words every one of which must occur
  std::optional<std::uint32_t> within;  // characters between a near word and one it is near to
};

// The words of one text that lie near each other, met in order.
class NearPairs {
 public:
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t word = 0;
  };

  explicit NearPairs(std::uint32_t within) : within_(within) {}

  // The earlier partner of `place`, if it is near enough.
  std::optional<Place> Meet(const FoldedText& text, bool is_first_kind, const Place& place) {
    const std::optional<Place>& other = last_[is_first_kind ? 1 : 0];
    std::optional<Place> partner;
    if (other && other->begin != place.begin) {
      const std::uint32_t from = text.OriginalEnd(other->end);
      const std::uint32_t to = text.OriginalBegin(place.begin);
      if (to <= from || to - from <= within_) {
        partner = other;
      }
    }
    std::optional<Place>& mine = last_[is_first_kind ? 0 : 1];
    if (!mine || mine->end < place.end) {
      mine = place;
    }
    return partner;
  }

  void NextText() { last_[0] = last_[1] = std::nullopt; }

 private:
  std::uint32_t within_;
  std::optional<Place> last_[2];  // of each kind the one that ends last
};

// Of one evaluation.
class Search {
 public:
  Search(const Params& params, const detect::WordFinder& finder)
      : params_(params),
        finder_(finder),
        met_(params.words.size()),
        met_in_plain_(params.words.size()),
        last_end_(params.words.size()) {}

  ConditionResult Run(const MailView& mail) {
    mail_ = &mail;
    for (const TextStretch& stretch : params_.places.Of(mail)) {
      FindWords(stretch);
      FindPatterns(stretch);
    }
    std::size_t all_of_met = 0;
    for (std::size_t i = 0; i < params_.words.size(); ++i) {
      all_of_met += params_.words[i].role == Role::kAllOf && met_[i] ? 1 : 0;
    }
    if (all_of_met < params_.all_of || (params_.within && !near_met_) ||
        (params_.counts && (found_ < params_.min || found_ > params_.max))) {
      return {};
    }
    ConditionResult result;
    std::string listed;
    for (const std::string& word : found_words_) {
      listed += (listed.empty() ? "" : ", ") + word;
    }
    result.arguments = {{"count", std::to_string(evidence_.total())}, {"words", listed}};
    result.evidence = std::move(evidence_);
    result.truth = Truth::kTrue;
    return result;
  }

 private:
  // What the HTML says beyond the plain text counts; what it says again does not.
  void FindWords(const TextStretch& stretch) {
    const bool is_plain = stretch.text->named.where == "body.text";
    const bool is_html = stretch.text->named.where == "body.html";
    const std::string& folded = stretch.text->folded.text;
    std::fill(last_end_.begin(), last_end_.end(), 0);
    std::optional<NearPairs> pairs;
    if (params_.within) {
      pairs.emplace(*params_.within);
    }
    finder_.ForEach(stretch.View(), [&](std::size_t index, std::size_t at) {
      const Word& word = params_.words[index];
      const std::size_t begin = stretch.begin + at;
      const std::size_t end = begin + word.folded.size();
      if (at < last_end_[index] || (is_html && met_in_plain_[index]) || !detect::StandsAlone(folded, begin, end)) {
        return;
      }
      last_end_[index] = at + word.folded.size();
      met_[index] = true;
      met_in_plain_[index] = met_in_plain_[index] || is_plain;
      if (word.role == Role::kAnyOf || word.role == Role::kAllOf) {
        found_ += word.role == Role::kAnyOf ? 1 : 0;
        found_words_.insert(word.written);
        AddTextEvidence(*stretch.text, begin, end, "word", {{"word", word.written}}, &evidence_, mail_);
        return;
      }
      const auto partner = pairs->Meet(stretch.text->folded, word.role == Role::kNear, {begin, end, index});
      if (partner) {
        near_met_ = true;
        const std::string& other = params_.words[partner->word].written;
        found_words_.insert({word.written, other});
        AddTextEvidence(*stretch.text, partner->begin, std::max(end, partner->end), "near",
                        {{"word", word.written}, {"other", other}}, &evidence_, mail_);
      }
    });
  }

  void FindPatterns(const TextStretch& stretch) {
    for (std::size_t i = 0; i < params_.patterns.size(); ++i) {
      const bool is_html = stretch.text->named.where == "body.html";
      if (is_html && plain_patterns_.contains(i)) {
        continue;
      }
      params_.patterns[i].ForEach(stretch.text->folded.text, stretch.begin, stretch.end, [&](const auto& match) {
        ++found_;
        if (stretch.text->named.where == "body.text") {
          plain_patterns_.insert(i);
        }
        if (!evidence_.full()) {
          found_words_.insert(
              stretch.text->folded.text.substr(match.begin, std::min(match.end - match.begin, std::size_t{100})));
        }
        AddTextEvidence(*stretch.text, match.begin, match.end, "pattern", {{"pattern", params_.patterns[i].written()}},
                        &evidence_, mail_);
      });
    }
  }

  const Params& params_;
  const detect::WordFinder& finder_;
  const MailView* mail_ = nullptr;
  EvidenceList evidence_;
  std::size_t found_ = 0;
  bool near_met_ = false;
  std::set<std::string> found_words_;
  std::set<std::size_t> plain_patterns_;
  std::vector<bool> met_;
  std::vector<bool> met_in_plain_;
  std::vector<std::size_t> last_end_;  // of each word in the stretch, so that it does not overlap itself
};

class Text : public Condition {
 public:
  explicit Text(Params params) : params_(std::move(params)), finder_(FoldedWords(params_)) {}

  ConditionResult Evaluate(const MailView& mail) const override { return Search(params_, finder_).Run(mail); }

 private:
  static detect::WordFinder FoldedWords(const Params& params) {
    std::vector<std::string> folded;
    for (const Word& word : params.words) {
      folded.push_back(word.folded);
    }
    return detect::WordFinder(folded);
  }

  Params params_;
  detect::WordFinder finder_;
};

// A string names a list; an array holds the words themselves. Returns how many there are.
std::size_t ReadWords(ObjectReader* reader, const std::string& key, const Policy& policy, Role role,
                      std::vector<Word>* words) {
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
      return 0;
    }
    written = list->second.entries;
  } else {
    written = reader->Strings(key).value_or(std::vector<std::string>());
  }
  std::set<std::string> seen;
  for (const std::string& word : written) {
    std::string folded = Fold(TrimSpace(word));
    if (folded.empty()) {
      reader->Refuse(key, "an empty word would be found everywhere", "take it out");
      continue;
    }
    if (seen.insert(folded).second) {
      words->push_back({word, std::move(folded), role});
    }
  }
  return seen.size();
}

void ReadPatterns(ObjectReader* reader, std::vector<TextPattern>* patterns) {
  const auto written = reader->Strings("patterns").value_or(std::vector<std::string>());
  if (written.size() > kMostPatterns) {
    reader->Refuse("patterns", "these are " + std::to_string(written.size()) + " patterns",
                   "at most " + std::to_string(kMostPatterns) + " are allowed in one condition");
    return;
  }
  const bool is_array = reader->Find("patterns") != nullptr && reader->Find("patterns")->is_array();
  for (std::size_t i = 0; i < written.size(); ++i) {
    Result<TextPattern> pattern = TextPattern::Compile(written[i]);
    if (!pattern) {
      Error error = std::move(pattern).error();
      error.pointer = PointerStep("patterns") + (is_array ? PointerStep(i) : "");
      reader->Refuse(std::move(error));
      return;
    }
    patterns->push_back(std::move(pattern).value());
  }
}

void ReadNear(ObjectReader* outer, const Policy& policy, Params* params) {
  constexpr std::uint32_t kUsualDistance = 40;
  const Json* json = outer->Find("near");
  if (json == nullptr) {
    return;
  }
  ObjectReader reader(*json, {"words", "of", "within"});
  for (const auto& [key, role] : {std::pair{"words", Role::kNear}, {"of", Role::kNearOf}}) {
    if (!reader.error() && reader.Find(key) == nullptr) {
      reader.Refuse(PolicyError(std::string("\"near\" has no \"") + key + "\"",
                                R"(write { "words": ["A"], "of": ["B"], "within": 30 })"));
    }
    ReadWords(&reader, key, policy, role, &params->words);
  }
  params->within = kUsualDistance;
  if (const auto within = reader.Whole("within", 0, kMostDistance)) {
    params->within = static_cast<std::uint32_t>(*within);
  }
  if (reader.error()) {
    outer->Refuse(Error(*reader.error()).Under(PointerStep("near")));
  }
}

void ReadCounts(ObjectReader* reader, Params* params) {
  const auto min = reader->Whole("min", 0, 1'000'000);
  const auto max = reader->Whole("max", 0, 1'000'000);
  params->max = static_cast<std::size_t>(max.value_or(INT64_MAX));
  params->min = static_cast<std::size_t>(min.value_or(max ? 0 : 1));
  if (params->min > params->max) {
    reader->Refuse("min", "\"min\" is greater than \"max\", so this can never be true", "swap them");
  }
  if (!params->patterns.empty() && params->min > TextPattern::kMostMatches) {
    reader->Refuse("min", "of a pattern no more than " + std::to_string(TextPattern::kMostMatches) + " are counted",
                   "ask for fewer");
  }
}

}  // namespace

MakeResult Make(const Json& json, const Policy& policy) {
  ObjectReader reader(json, {"in", "any_of", "all_of", "patterns", "near", "min", "max"});
  Params params;
  TextPlaces usual;
  usual.subject = usual.body = true;
  params.places = TextPlaces::Read(&reader, usual);
  ReadWords(&reader, "any_of", policy, Role::kAnyOf, &params.words);
  params.all_of = ReadWords(&reader, "all_of", policy, Role::kAllOf, &params.words);
  ReadPatterns(&reader, &params.patterns);
  ReadNear(&reader, policy, &params);
  ReadCounts(&reader, &params);
  params.counts = reader.Find("any_of") != nullptr || reader.Find("patterns") != nullptr;
  if (!params.counts && reader.Find("all_of") == nullptr && reader.Find("near") == nullptr) {
    reader.Refuse(PolicyError("this names no words", "give \"any_of\", \"all_of\", \"patterns\" or \"near\""));
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Text>(std::move(params)));
}

}  // namespace lastlook::conditions::text
