// SPDX-License-Identifier: MPL-2.0
#include "detect/name_list.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include "detect/surnames.h"
#include "detect/text_edges.h"
#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kLeastNames = 5;       // fewer may be chance
constexpr std::size_t kLeastSpelled = 3;     // where each has its surname listed and a blank behind it
constexpr std::size_t kLeastBeginnings = 3;  // "方案一", "方案二" … are no people
// Of ten lines of a list seven have a name; the rest are headings, companies, names no list of surnames knows.
constexpr std::size_t kOfTen = 7;
constexpr std::size_t kMostMisses = 2;  // one after the other
constexpr std::size_t kMostFields = 8;  // of a line, that are looked at
// After so many lines without a name only every 2nd, 4th … 32nd is looked at, until one has a name again.
constexpr std::size_t kPatience = 8;
constexpr std::size_t kLongestStride = 32;

// What a surname and one of these is: a company, an office, a word.
constexpr auto kNoGiven = std::to_array<std::string_view>(
    {"銀行", "興行", "急行", "旅行", "公園", "学園", "農園", "庭園", "中央", "会長", "社長", "部長", "課長",
     "係長", "店長", "室長", "所長", "校長", "院長", "次長", "班長", "園長", "先生", "学生", "未定", "予定",
     "検定", "製造", "酒造", "通信", "東京", "全国", "平成", "令和", "明治", "大正", "北陸", "山陽", "東海",
     "地方", "自治", "天然", "行政", "財政", "専用", "国内", "室内", "市内", "県内", "案内", "以内", "年間",
     "期間", "土曜", "日曜", "平均", "標準", "新規", "公正", "修正", "改正", "補正", "年度", "今年", "昨年",
     "来年", "工芸", "園芸", "公平", "書記", "日記", "登記", "暗記", "都心", "中心", "一式", "正式", "公式",
     "株式", "合計", "会計", "時計", "統計", "設計", "機能", "可能", "芸能", "有利", "権利", "便利"});

constexpr auto kBehindName =
    std::to_array<std::string_view>({"（", "：", "／", "様", "さん", "氏", "殿", "君", "、", "・", "，"});

bool IsKanji(char32_t c) {
  return (c >= 0x4E00 && c < 0xA000) || c == 0x3005;
}
bool IsHiragana(char32_t c) {
  return c >= 0x3041 && c <= 0x3096;
}
bool IsKatakanaLetter(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}

// One blank, of any width, or the border of two columns.
std::size_t GapAt(std::string_view line, std::size_t at) {
  if (at >= line.size()) {
    return 0;
  }
  if (line[at] == ' ' || line[at] == ',' || line[at] == '\t') {
    return 1;
  }
  return line.substr(at).starts_with("　") ? 3 : 0;
}

bool EndsField(std::string_view line, std::size_t at) {
  if (at >= line.size() || GapAt(line, at) > 0) {
    return true;
  }
  const std::string_view rest = line.substr(at);
  return std::string_view("\r\";|:(/<").find(rest.front()) != std::string_view::npos ||
         std::any_of(kBehindName.begin(), kBehindName.end(),
                     [rest](std::string_view behind) { return rest.starts_with(behind); });
}

// Where characters of one kind, at most `most`, end.
template <typename Kind>
std::size_t RunEnd(std::string_view line, std::size_t at, std::size_t most, Kind kind, std::size_t* count) {
  *count = 0;
  while (at < line.size() && *count < most) {
    const CodePoint c = DecodeAt(line, at);
    if (!kind(c.value)) {
      break;
    }
    at += c.bytes;
    ++*count;
  }
  return at;
}

// "佐藤 花子", "佐藤花子", "佐藤,花子", "佐藤 はな": where it ends, or `at`. `weak` where the given name is none by its
// end.
std::size_t JapaneseNameEnd(std::string_view line, std::size_t at, bool* weak) {
  const std::size_t surname = JapaneseSurname(line.substr(at, 32), true);
  if (surname == 0) {
    return at;
  }
  const std::size_t gap = GapAt(line, at + surname);
  const std::size_t given = at + surname + gap;
  std::size_t count = 0;
  std::size_t end = RunEnd(line, given, 3, IsKanji, &count);
  if (count > 0) {
    const std::string_view kanji = line.substr(given, end - given);
    const bool long_enough = gap > 0 || surname + kanji.size() >= 9;
    *weak = !EndsGivenName(DecodeAt(line, end - 3).value);
    return long_enough && (gap > 0 || !*weak) && EndsField(line, end) &&
                   std::find(kNoGiven.begin(), kNoGiven.end(), kanji) == kNoGiven.end()
               ? end
               : at;
  }
  end = RunEnd(line, given, 5, IsHiragana, &count);
  if (count < 2) {
    end = RunEnd(line, given, 5, IsKatakanaLetter, &count);
  }
  return gap > 0 && count >= 2 && EndsField(line, end) ? end : at;
}

// "サトウ ハナコ"
std::size_t KatakanaNameEnd(std::string_view line, std::size_t at) {
  std::size_t count = 0;
  const std::size_t surname_end = RunEnd(line, at, 7, IsKatakanaLetter, &count);
  const std::size_t gap = GapAt(line, surname_end);
  if (count < 2 || gap == 0 || !IsSurnameInKatakana(line.substr(at, surname_end - at))) {
    return at;
  }
  const std::size_t end = RunEnd(line, surname_end + gap, 6, IsKatakanaLetter, &count);
  return count >= 2 && EndsField(line, end) ? end : at;
}

// "王小明", "欧阳娜"
std::size_t ChineseNameEnd(std::string_view line, std::size_t at) {
  const std::size_t surname = ChineseSurname(line.substr(at, 16));
  std::size_t count = 0;
  const std::size_t end = RunEnd(line, at + surname, 3, IsKanji, &count);
  return surname > 0 && count == 2 && EndsField(line, end) ? end : at;
}

// "Taro Yamada", "YAMADA Taro", "Yamada, Taro", "Mary J. Smith": two or three words with capitals, one of them known.
std::size_t LatinNameEnd(std::string_view line, std::size_t at) {
  std::size_t words = 0;
  std::size_t end = at;
  bool known = false;
  for (std::size_t place = at; words < 4 && place < line.size() && IsUpper(line[place]);) {
    std::size_t word_end = place;
    std::string lower;
    while (word_end < line.size() && lower.size() < 16 &&
           (IsAsciiLetter(line[word_end]) || line[word_end] == '-' || line[word_end] == '\'')) {
      lower += LowerAscii(line[word_end++]);
    }
    const bool initial = lower.size() == 1 && word_end < line.size() && line[word_end] == '.';
    known = known || IsNameInLatin(lower);
    ++words;
    end = word_end += initial ? 1 : 0;
    place = word_end;
    if (place < line.size() && line[place] == ',' && words == 1) {
      ++place;
    }
    if (place < line.size() && (line[place] == ' ' || (line[place] == '\t' && words == 1))) {
      ++place;
    } else if (place == word_end) {
      break;
    }
  }
  return known && words >= 2 && words <= 3 && EndsField(line, end) ? end : at;
}

std::size_t NameEnd(std::string_view line, std::size_t at, bool* weak) {
  const auto byte = static_cast<unsigned char>(line[at]);
  if (byte >= 0xE4 && byte <= 0xE9) {
    const std::size_t japanese = JapaneseNameEnd(line, at, weak);
    *weak = *weak && japanese > at;
    return japanese > at ? japanese : ChineseNameEnd(line, at);
  }
  return byte == 0xE3 ? KatakanaNameEnd(line, at) : IsUpper(line[at]) ? LatinNameEnd(line, at) : at;
}

// Signs and numbers before the first field: "1. ", "・", "(3)", "> ", "①".
std::size_t FirstField(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if (byte < 0x80 && !IsAsciiLetter(line[at])) {
      ++at;
    } else if (byte == 0xE2 || line.substr(at).starts_with("　") || line.substr(at).starts_with("・") ||
               line.substr(at).starts_with("．") || line.substr(at).starts_with("）")) {
      at += std::min<std::size_t>(3, line.size() - at);
    } else {
      break;
    }
  }
  return at;
}

std::string Normalized(std::string_view name) {
  if (IsAsciiLetter(name.front())) {
    return std::string(name);
  }
  std::string normalized;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t gap = GapAt(name, at);
    const std::size_t bytes = gap > 0 ? gap : DecodeAt(name, at).bytes;
    normalized += gap > 0 ? std::string_view() : name.substr(at, bytes);
    at += bytes;
  }
  return normalized;
}

}  // namespace

void NameListReader::Enter(const FoldedChunk& chunk) {
  chunk_ = &chunk;
  passed_.clear();
}

void NameListReader::Read(std::size_t begin, std::size_t end) {
  const std::string_view text = chunk_->text();
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\r' || text[end - 1] == '\t')) {
    --end;
  }
  const bool empty = begin == end;
  const bool sentence = !empty && EndsSentence(text.substr(begin, end - begin));
  if (stride_ > 1 && passed_.size() + 1 < stride_) {
    passed_.push_back({begin, end});
    return;
  }
  if (empty || sentence) {
    names_.clear();
    Take(empty);
    return;
  }
  if (ReadNames(begin, end)) {
    if (stride_ > 1) {
      // The list may have begun on the lines that were passed over.
      ReadPassed();
      names_.clear();
      ReadNames(begin, end);
    }
    without_ = 0;
    stride_ = 1;
  } else {
    ++without_;
    stride_ = without_ < kPatience ? 1 : std::min(kLongestStride, without_ / kPatience * 2);
  }
  passed_.clear();
  Take(false);
}

void NameListReader::PassLongLine() {
  names_.clear();
  Take(false);
}

std::vector<ListedName> NameListReader::Finish() {
  Close();
  std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return std::move(found_);
}

void NameListReader::ReadPassed() {
  for (const Line& line : passed_) {
    ReadNames(line.begin, line.end);
    Take(line.begin == line.end);
  }
}

// Fills names_ with the names in a line.
bool NameListReader::ReadNames(std::size_t begin, std::size_t end) {
  names_.clear();
  if (end - begin > kLongestLine) {
    return false;
  }
  const std::string_view line = chunk_->text().substr(begin, end - begin);
  std::size_t at = FirstField(line);
  for (std::size_t field = 0; field < kMostFields && at < line.size(); ++field) {
    bool weak = false;
    const std::size_t name_end = NameEnd(line, at, &weak);
    if (name_end > at) {
      const std::size_t surname = JapaneseSurname(line.substr(at, 32), false);
      const bool spelled = surname >= 3 && at + surname < name_end && GapAt(line, at + surname) > 0;
      ListedName name{chunk_->OriginalBegin(begin + at), chunk_->OriginalEnd(begin + name_end),
                      Normalized(line.substr(at, name_end - at))};
      names_.push_back({field, std::move(name), DecodeAt(line, at).value, weak, spelled});
      at = name_end;
    }
    // The next field.
    while (at < line.size() && GapAt(line, at) == 0 && line[at] != '"' && line[at] != '|') {
      at += DecodeAt(line, at).bytes;
    }
    at += FirstField(line.substr(at));
  }
  // The original may be longer than what it was folded to, and chunks end where they end.
  if (!names_.empty() && chunk_->OriginalEnd(end) - chunk_->OriginalBegin(begin) > kLongestLine) {
    names_.clear();
  }
  return !names_.empty();
}

// The line whose names are in names_ is the next of the list.
void NameListReader::Take(bool empty) {
  if (lines_.empty() && names_.empty()) {
    return;
  }
  if (empty) {
    if (++empty_ > 1) {
      Close();
    }
    return;
  }
  empty_ = 0;
  if (names_.empty() && ++misses_ > kMostMisses) {
    Close();
    return;
  }
  misses_ = names_.empty() ? misses_ : 0;
  lines_.push_back(std::move(names_));
  names_.clear();
}

void NameListReader::Close() {
  while (!lines_.empty() && lines_.back().empty()) {
    lines_.pop_back();
  }
  if (lines_.size() >= kLeastSpelled) {
    for (std::size_t field = 0; field < kMostFields; ++field) {
      TakeField(field);
    }
  }
  lines_.clear();
  misses_ = empty_ = 0;
}

void NameListReader::TakeField(std::size_t field) {
  std::vector<ListedName> names;
  std::set<std::string> different;
  std::set<char32_t> beginnings;
  std::size_t weak = 0;
  std::size_t spelled = 0;
  for (auto& line : lines_) {
    const auto name =
        std::find_if(line.begin(), line.end(), [field](const NameOfLine& one) { return one.field == field; });
    if (name != line.end()) {
      different.insert(name->name.normalized);
      beginnings.insert(name->beginning);
      names.push_back(name->name);
      weak += name->weak ? 1 : 0;
      spelled += name->spelled ? 1 : 0;
    }
  }
  const std::size_t least = spelled == lines_.size() ? kLeastSpelled : kLeastNames;
  if (different.size() >= least && beginnings.size() >= kLeastBeginnings && weak * 2 <= names.size() &&
      names.size() * 10 >= lines_.size() * kOfTen) {
    std::move(names.begin(), names.end(), std::back_inserter(found_));
  }
}

}  // namespace lastlook::detect
