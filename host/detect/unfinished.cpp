// SPDX-License-Identifier: MPL-2.0
#include "detect/unfinished.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "detect/greeting.h"

namespace lastlook::detect {
namespace {

using std::string_view;

string_view Trim(string_view text) {
  constexpr string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == string_view::npos ? string_view() : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool EndsWithAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.ends_with(word); });
}

constexpr std::array<string_view, 26> kOpenJapanese = {
    "、",     "について", "に関して",     "および",   "及び",   "または", "又は",     "ので",     "ために",
    "ですが", "ますが",   "ましたが",     "けれども", "として", "により", "によって", "に対して", "したがって",
    "なお",   "また",     "つきましては", "を",       "が、",   "は、",   "のため",   "ながら"};
constexpr std::array<string_view, 5> kOpenChinese = {"因为", "但是", "以及", "如果", "关于"};
constexpr std::array<string_view, 6> kBrackets = {"(", "「", "『", "【", "[", "《"};
constexpr std::array<string_view, 34> kOpenEnglish = {
    "the",     "a",    "an",   "and", "or",     "but",   "to",   "of",     "for",   "with", "at",  "by",
    "because", "that", "if",   "is",  "are",    "was",   "were", "will",   "would", "we",   "our", "your",
    "my",      "this", "from", "as",  "should", "which", "when", "please", "i",     "than"};
constexpr std::array<string_view, 10> kNobody = {"dear ,",     "dear,", "hi ,", "hello ,", "dear mr. ,",
                                                 "dear ms. ,", "様",    "さん", "先生",    "尊敬的:"};

// "お見積書の": behind a kanji or katakana の joins a noun to what should follow; behind hiragana it may end a sentence
// ("どうするの").
bool EndsWithNounAndNo(string_view line) {
  constexpr string_view kNo = "の";
  constexpr std::size_t kBytes = 3;  // of a kana or a kanji in UTF-8
  if (!line.ends_with(kNo) || line.size() < kNo.size() + kBytes) {
    return false;
  }
  const string_view before = line.substr(line.size() - kNo.size() - kBytes, kBytes);
  return before >= "ァ" && before <= "鿿";  // Katakana to CJK Unified Ideographs; between them stand no hiragana
}

bool EndsOpen(string_view line) {
  if (EndsWithAny(line, kOpenJapanese) || EndsWithAny(line, kOpenChinese) || EndsWithAny(line, kBrackets)) {
    return true;
  }
  if (line.ends_with(',')) {
    // "Best regards,", "Kate," are closings; a Chinese line that ends so goes on.
    const bool is_wide = line.size() > 1 && static_cast<unsigned char>(line[line.size() - 2]) >= 0x80;
    return is_wide || (line.find(' ') != string_view::npos && line.size() > 30);
  }
  // Japanese particles that leave the clause open; a line of two or three characters may be a name.
  if (line.size() >= 15 && (line.ends_with("が") || line.ends_with("は")) && !line.ends_with("こんにちは") &&
      !line.ends_with("こんばんは")) {
    return true;
  }
  if (line.size() >= 15 && EndsWithNounAndNo(line)) {
    return true;
  }
  const std::size_t blank = line.rfind(' ');
  const string_view last = blank == string_view::npos ? string_view() : line.substr(blank + 1);
  return std::find(kOpenEnglish.begin(), kOpenEnglish.end(), last) != kOpenEnglish.end() && !last.empty();
}

// "Thank you, received." is all that some mails say; "Thanks," says nothing.
bool ThanksForSomething(string_view line) {
  constexpr std::size_t kMoreThanThanks = 16;
  return line.starts_with("thank") && line.size() >= kMoreThanThanks && (line.ends_with('.') || line.ends_with('!'));
}

}  // namespace

std::optional<UnfinishedPlace> FindUnfinished(string_view folded) {
  std::size_t said = 0;
  std::size_t greeted = 0;
  string_view last;
  string_view first_greeting;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find('\n', begin), folded.size());
    const string_view line = Trim(folded.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) {
      continue;
    }
    const auto at = static_cast<std::size_t>(line.data() - folded.data());
    if (said == 0 && std::find(kNobody.begin(), kNobody.end(), line) != kNobody.end()) {
      return UnfinishedPlace{Unfinished::kNobodyGreeted, at, at + line.size()};
    }
    if (said < 2 && IsSalutation(line)) {
      ++greeted;
      first_greeting = first_greeting.empty() ? line : first_greeting;
    } else if (!IsClosing(line) || ThanksForSomething(line)) {
      ++said;
    }
    last = line;
  }
  if (last.empty()) {
    return std::nullopt;
  }
  const auto place = [folded](Unfinished kind, string_view line) {
    const auto at = static_cast<std::size_t>(line.data() - folded.data());
    return UnfinishedPlace{kind, at, at + line.size()};
  };
  if (said == 0 && greeted > 0) {
    return place(Unfinished::kGreetingAlone, first_greeting);
  }
  if (said > 0 && !IsClosing(last) && EndsOpen(last)) {
    return place(Unfinished::kOpenClause, last);
  }
  return std::nullopt;
}

}  // namespace lastlook::detect
