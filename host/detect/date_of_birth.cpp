// SPDX-License-Identifier: MPL-2.0
// Dates of birth: a date behind "生年月日", "DOB", "born", or before "生", "生まれ", "出生".
#include "detect/finders.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

constexpr int kScore = 80;
constexpr TypeMask kType = MaskOf(DataType::kDateOfBirth);

void Add(std::size_t begin, const WrittenDate& date, Candidates* out) {
  Candidate found{DataType::kDateOfBirth, begin, date.end, date.Iso(), kScore, kScore};
  found.settled = true;
  out->push_back(std::move(found));
}

// What may stand between a label and its date.
std::size_t SkipFiller(std::string_view text, std::size_t at) {
  constexpr std::string_view kWords[] = {"は",  "が",   "を",  "：",  "の", "西暦", "和暦", "生年月日", "→",  "…",
                                         "為",  "为",   "是",  "는",  "은", "；",   "、",   "』",       "」", "】",
                                         "is ", "was ", "on ", "of ", "│",  "（",   "）",   "]",        ")",  "・"};
  const std::size_t limit = std::min(text.size(), at + 40);
  std::size_t breaks = 0;
  while (at < limit) {
    const char c = text[at];
    if (c == '\n' && ++breaks > 1) {
      break;
    }
    if (c == ' ' || c == '\t' || c == ':' || c == '=' || c == '|' || c == '\n' || c == '\r' || c == '"' || c == '*' ||
        c == '-' || c == ',' || c == '>' || c == '.' || c == ']' || c == '\'' || c == ')') {
      ++at;
      continue;
    }
    if (c == '(' || c == '[') {  // "(YYYY/MM/DD)", "（西暦）"
      const std::size_t close = text.find(c == '(' ? ')' : ']', at);
      if (close == std::string_view::npos || close - at > 30) {
        break;
      }
      // A date may stand in the brackets itself.
      if (ReadDate(text, at + 1)) {
        return at + 1;
      }
      at = close + 1;
      continue;
    }
    bool skipped = false;
    for (const std::string_view word : kWords) {
      if (text.substr(at).starts_with(word)) {
        // "西暦1985年" is read as one.
        if (word == "西暦" && ReadDate(text, at)) {
          return at;
        }
        at += word.size();
        skipped = true;
        break;
      }
    }
    if (!skipped) {
      break;
    }
  }
  return at;
}

void BehindLabel(std::string_view text, std::size_t label_end, Candidates* out) {
  const std::size_t at = SkipFiller(text, label_end);
  if (at > 0 && at < text.size() && IsDigit(text[at]) && IsDigit(text[at - 1])) {
    return;
  }
  if (const auto date = ReadDate(text, at)) {
    Add(at, *date, out);
  }
}

// "S60.4.12生", "1985年4月12日生まれ", "1990-01-01出生"
void BeforeWord(std::string_view text, std::size_t word, Candidates* out) {
  std::size_t end = word;
  while (end > 0 && text[end - 1] == ' ') {
    --end;
  }
  if (end == 0 || !(IsDigit(text[end - 1]) || CharacterBefore(text, end) == "日" ||
                    CharacterBefore(text, end) == "일" || CharacterBefore(text, end) == "号")) {
    return;
  }
  std::size_t at = CharactersBefore(text, end, 24);
  for (; at < end; at += CharacterAt(text, at).size()) {
    if (at > 0 && IsDigit(text[at]) && IsDigit(text[at - 1])) {
      continue;
    }
    const auto date = ReadDate(text, at);
    if (date && date->end == end) {
      Add(at, *date, out);
      return;
    }
  }
}

}  // namespace

void FindDateOfBirth(std::string_view text, std::size_t at, Candidates* out) {
  // The label that holds this place; it may begin some characters before ("お誕生日", "date of birth").
  const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
  for (std::size_t back = ascii ? 8 : 4; back + 1 > 0; --back) {
    const std::size_t begin = CharactersBefore(text, at, back);
    const Label* label = LabelAt(text, begin);
    if (label != nullptr && (label->says & kType) != 0 && begin + label->text.size() > at) {
      BehindLabel(text, begin + label->text.size(), out);
      if (label->text == "生まれ" || label->text == "出生" || label->text == "생") {
        BeforeWord(text, begin, out);
      }
      return;
    }
  }
}

void FindDateBefore(std::string_view text, std::size_t at, Candidates* out) {
  BeforeWord(text, at, out);
}

std::optional<Candidate> DateOfBirthInCell(std::string_view cell) {
  const auto date = ReadDate(cell, 0);
  if (!date) {
    return std::nullopt;
  }
  const std::string_view rest = cell.substr(date->end);
  if (!rest.empty() && !rest.starts_with("生") && !rest.starts_with(" ") && !rest.starts_with("(")) {
    return std::nullopt;
  }
  Candidate found{DataType::kDateOfBirth, 0, date->end, date->Iso(), kScore, kScore};
  found.settled = true;
  return found;
}

}  // namespace lastlook::detect
