// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/pattern_cost.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text_fold.h"

namespace lastlook {
namespace {

// After something else, so many of nearly any character make RE2 keep a set of counters that no longer fits its cache:
// measured with RE2 2022-12-01 on 300 KB, e.{0,10}zz takes 0.08 ms/KB, e.{0,15}zz 0.4, x.{0,100}y 1.5; else 0.002.
constexpr int kMostCounted = 15;

// Ordinary mails; a pattern that is found in all of them is found in yours.
constexpr std::string_view kOrdinary[] = {"Hello, thank you for your mail. See you on Monday at 10:00.",
                                          "お世話になっております。資料をお送りします。10時に伺います。",
                                          "您好，请查收附件。周一上午10点见。"};

enum class Breadth { kNarrow, kWide, kAny };  // of what an atom matches; kWide is nearly any character

struct Quantifier {
  bool there = false;
  bool unbounded = false;
  int most = 1;  // of a bounded one
};

// Walks over a pattern that RE2 accepted; without recursion, since brackets may be as deep as it is long.
class Walker {
 public:
  explicit Walker(std::string_view pattern) : pattern_(pattern) {}

  void Walk() {
    groups_.emplace_back();
    while (at_ < pattern_.size()) {
      const char c = pattern_[at_];
      if (c == '(') {
        Open();
      } else if (c == ')') {
        Close();
      } else if (c == '|') {
        ++at_;
        groups_.back().EndBranch();
      } else {
        Quantified(Atom(), false);
      }
    }
  }

  bool nested() const { return nested_; }
  bool counted() const { return counted_; }
  bool leading() const { return leading_; }

 private:
  struct Group {
    int atoms = 0;                  // of the branch
    bool last_unbounded = false;    // its last atom is repeated without bound
    bool branch_is_repeat = false;  // a branch that is one such atom and nothing else

    void EndBranch() {
      branch_is_repeat = branch_is_repeat || (atoms == 1 && last_unbounded);
      atoms = 0;
      last_unbounded = false;
    }
  };

  void Open() {
    if (pattern_.substr(at_).starts_with("(?")) {
      // "(?i)" sets flags and is nothing to match; "(?:", "(?i:" and "(?P<name>" begin a group.
      const std::size_t end = pattern_.find_first_of(":)>", at_);
      at_ = end == std::string_view::npos ? pattern_.size() : end + 1;
      if (end == std::string_view::npos || pattern_[end] == ')') {
        return;
      }
    } else {
      ++at_;
    }
    groups_.emplace_back();
  }

  void Close() {
    ++at_;
    if (groups_.size() < 2) {
      return;
    }
    groups_.back().EndBranch();
    const bool repeat = groups_.back().branch_is_repeat;
    groups_.pop_back();
    Quantified(Breadth::kNarrow, repeat);
  }

  // Passes one character, escape or class.
  Breadth Atom() {
    const char c = pattern_[at_];
    if (c == '\\') {
      return Escape();
    }
    if (c == '[') {
      return Class();
    }
    ++at_;
    while (at_ < pattern_.size() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0U) == 0x80U) {
      ++at_;  // the rest of a character
    }
    return c == '.' ? Breadth::kAny : Breadth::kNarrow;
  }

  Breadth Escape() {
    const char kind = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
    at_ = std::min(at_ + 2, pattern_.size());
    if (kind == 'Q') {
      const std::size_t end = pattern_.find("\\E", at_);
      at_ = end == std::string_view::npos ? pattern_.size() : end + 2;
    } else if ((kind == 'p' || kind == 'P' || kind == 'x') && at_ < pattern_.size() && pattern_[at_] == '{') {
      const std::size_t end = pattern_.find('}', at_);
      at_ = end == std::string_view::npos ? pattern_.size() : end + 1;
    }
    const bool wide = kind == 'w' || kind == 'W' || kind == 'S' || kind == 'D';
    return kind == 'C' ? Breadth::kAny : wide ? Breadth::kWide : Breadth::kNarrow;
  }

  Breadth Class() {
    const std::size_t begin = ++at_;
    const bool negated = at_ < pattern_.size() && pattern_[at_] == '^';
    Breadth breadth = negated ? Breadth::kWide : Breadth::kNarrow;
    at_ += negated ? 1 : 0;
    for (bool first = true; at_ < pattern_.size() && (first || pattern_[at_] != ']'); first = false) {
      if (pattern_.substr(at_).starts_with("[:")) {
        const std::size_t end = pattern_.find(":]", at_);
        at_ = end == std::string_view::npos ? pattern_.size() : end + 2;
      } else if (pattern_[at_] == '\\') {
        breadth = std::max(breadth, Escape());
      } else {
        ++at_;
      }
    }
    const std::string_view inside = pattern_.substr(begin, at_ - begin);
    for (const auto& [one, other] : {std::pair{"\\s", "\\S"}, std::pair{"\\w", "\\W"}, std::pair{"\\d", "\\D"}}) {
      if (inside.find(one) != std::string_view::npos && inside.find(other) != std::string_view::npos) {
        breadth = Breadth::kAny;  // "[\s\S]"
      }
    }
    at_ = std::min(at_ + 1, pattern_.size());
    return breadth;
  }

  Quantifier ReadQuantifier() {
    Quantifier quantifier;
    const char c = at_ < pattern_.size() ? pattern_[at_] : '\0';
    if (c == '*' || c == '+' || c == '?') {
      quantifier = {true, c != '?', 1};
      ++at_;
    } else if (c == '{') {
      const std::size_t end = pattern_.find('}', at_);
      const std::string_view inside = end == std::string_view::npos ? "" : pattern_.substr(at_ + 1, end - at_ - 1);
      if (inside.empty() || inside.find_first_not_of("0123456789,") != std::string_view::npos) {
        return quantifier;  // a bracket that stands for itself
      }
      quantifier.there = true;
      quantifier.unbounded = inside.back() == ',';
      const std::size_t comma = inside.find(',');
      const std::string_view most =
          comma == std::string_view::npos || quantifier.unbounded ? inside.substr(0, comma) : inside.substr(comma + 1);
      quantifier.most = 0;
      for (const char digit : most) {
        quantifier.most = std::min(quantifier.most * 10 + (digit - '0'), 1'000'000);
      }
      at_ = end + 1;
    }
    if (quantifier.there && at_ < pattern_.size() && pattern_[at_] == '?') {
      ++at_;  // as few as possible
    }
    return quantifier;
  }

  // What stands behind an atom or a group, and what the two are together.
  void Quantified(Breadth breadth, bool holds_only_a_repeat) {
    const Quantifier quantifier = ReadQuantifier();
    leading_ = leading_ || (breadth == Breadth::kAny && quantifier.unbounded && !passed_);
    counted_ =
        counted_ || (breadth != Breadth::kNarrow && passed_ && quantifier.there && quantifier.most > kMostCounted);
    nested_ = nested_ || (holds_only_a_repeat && quantifier.unbounded);
    Group& group = groups_.back();
    ++group.atoms;
    group.last_unbounded = quantifier.unbounded || (holds_only_a_repeat && !quantifier.there);
    passed_ = true;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::vector<Group> groups_;
  bool passed_ = false;  // something to match stands before
  bool nested_ = false;
  bool counted_ = false;
  bool leading_ = false;
};

bool IsFoundIn(const TextPattern& pattern, std::string_view text) {
  const std::string folded = Fold(text);
  return pattern.Find(folded, 0, folded.size()).has_value();
}

}  // namespace

std::vector<PatternRemark> RemarksOn(const TextPattern& pattern) {
  const std::string name = "the pattern \"" + pattern.written() + "\" ";
  if (std::all_of(std::begin(kOrdinary), std::end(kOrdinary),
                  [&](std::string_view text) { return IsFoundIn(pattern, text); })) {
    return {{true, name + "is found in nearly every mail", "say more of what is looked for"}};
  }
  Walker walker(pattern.written());
  walker.Walk();
  std::vector<PatternRemark> remarks;
  if (walker.nested()) {
    remarks.push_back(
        {false, name + "repeats what is already repeated without end", "one \"+\" is enough: \"a+\", not \"(a+)+\""});
  }
  if (walker.counted()) {
    remarks.push_back({false,
                       name + "counts more than " + std::to_string(kMostCounted) +
                           " of nearly any character behind something else, which takes a hundred times as long",
                       "for words that stand near each other there is \"near\"; else count fewer, or write \"*\""});
  }
  if (walker.leading()) {
    remarks.push_back(
        {false, name + "begins with any number of any characters, which finds nothing more and shows whole lines",
         "leave out the beginning: a pattern is looked for everywhere"});
  }
  return remarks;
}

}  // namespace lastlook
