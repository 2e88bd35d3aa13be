// SPDX-License-Identifier: MPL-2.0
// A text as sentences, in Japanese, English and Chinese.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/byte_sieve.h"

namespace lastlook::detect {

// Calls use(begin, end) for each sentence, in order, without its end mark and without blanks around it. A line ends
// one, but not where an English sentence runs on in the next line. Linear time.
template <typename Use>
void ForEachSentence(std::string_view text, Use use);

// How the sentence that ends at byte `end` closes: '?' for a question mark, '.' for another mark, 0 for none.
inline char SentenceMark(std::string_view text, std::size_t end) {
  const std::string_view rest = text.substr(end);
  if (rest.starts_with('?')) {
    return '?';
  }
  return rest.starts_with('.') || rest.starts_with('!') || rest.starts_with("。") ? '.' : 0;
}

// ---- below: how it is done
// --------------------------------------------------------------------------------------------

// The bytes that end a sentence at `at`: 0 for none.
inline std::size_t SentenceEndAt(std::string_view text, std::size_t at) {
  const char c = text[at];
  const auto next = [&](std::size_t i) { return at + i < text.size() ? text[at + i] : '\n'; };
  const auto is_blank = [](char x) { return x == ' ' || x == '\n' || x == '\r' || x == '\t'; };
  const auto is_lower = [](char x) { return x >= 'a' && x <= 'z'; };
  if (c == '\n') {
    const char before = at > 0 ? (text[at - 1] == '\r' && at > 1 ? text[at - 2] : text[at - 1]) : '\n';
    const bool runs_on = (is_lower(before) || before == ',') && is_lower(next(1));
    return runs_on ? 0 : 1;
  }
  if (c == '!' || c == '?') {
    return 1;
  }
  if (c == '.') {
    return is_blank(next(1)) ? 1 : 0;  // not in "a.pdf", "3.5"
  }
  return text.substr(at).starts_with("。") ? 3 : 0;
}

// Where a sentence may end.
inline const ByteSieve& SentenceSieve() {
  static const ByteSieve sieve(ByteSieve::Buckets{{{"\n"}, {"!"}, {"?"}, {"."}, {"。"}}});
  return sieve;
}

template <typename Use>
void ForEachSentence(std::string_view text, Use use) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    const std::string_view sentence = text.substr(begin, end - begin);
    const std::size_t first = sentence.find_first_not_of(kBlanks);
    if (first != std::string_view::npos) {
      use(begin + first, begin + sentence.find_last_not_of(kBlanks) + 1);
    }
  };
  SieveRow marks;
  SentenceSieve().Mark(text, &marks);
  ForEachMark(marks, 0, [&](std::size_t at) {
    const std::size_t mark = SentenceEndAt(text, at);
    if (mark == 0) {
      return at + 1;
    }
    end_at(at);
    begin = at + mark;
    return begin;
  });
  if (begin < text.size()) {
    end_at(text.size());
  }
}

}  // namespace lastlook::detect
