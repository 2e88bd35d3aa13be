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
constexpr std::size_t kLongestLine = 600;
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

struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

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

struct NameOfLine {
  std::size_t field = 0;
  Place place;
  bool weak = false;
  bool spelled = false;  // a listed surname, a blank, a given name
};

class NameLists {
 public:
  explicit NameLists(std::string_view text) : text_(text) {}

  std::vector<ListedName> Run() {
    std::size_t stride = 1;
    std::size_t without = 0;  // lines since the last name
    std::size_t floor = 0;    // lines before this were looked at
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = LineEnd(at);
      const bool looked_at = stride == 1 || without % stride == 0;
      if (looked_at && ReadLine(at, end)) {
        if (stride > 1) {
          // The list may have begun on the lines that were passed over.
          lines_.clear();
          at = BeginOfList(at, floor);
          stride = 1;
          without = 0;
          continue;
        }
        without = 0;
      } else {
        ++without;
        stride = without < kPatience ? 1 : std::min(kLongestStride, without / kPatience * 2);
      }
      if (stride == 1) {
        Take(text_.substr(at, end - at).find_first_not_of(" \t\r") == std::string_view::npos);
        floor = end + 1;
      } else {
        Close();
        floor = looked_at ? end + 1 : floor;
      }
      at = end + 1;
    }
    Close();
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return std::move(found_);
  }

 private:
  std::size_t LineEnd(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

  std::size_t BeginOfList(std::size_t at, std::size_t floor) const {
    for (std::size_t lines = 0; lines < kLongestStride && at > floor; ++lines) {
      const std::size_t before = text_.rfind('\n', at - 2);
      at = at < 2 || before == std::string_view::npos ? 0 : before + 1;
    }
    return std::max(at, floor);
  }

  // Fills names_ with the names in a line.
  bool ReadLine(std::size_t begin, std::size_t end) {
    names_.clear();
    if (end - begin > kLongestLine) {
      return false;
    }
    const std::string_view line = text_.substr(begin, end - begin);
    std::size_t at = FirstField(line);
    for (std::size_t field = 0; field < kMostFields && at < line.size(); ++field) {
      bool weak = false;
      const std::size_t name_end = NameEnd(line, at, &weak);
      if (name_end > at) {
        const std::size_t surname = JapaneseSurname(line.substr(at, 32), false);
        const bool spelled = surname >= 3 && at + surname < name_end && GapAt(line, at + surname) > 0;
        names_.push_back({field, {begin + at, begin + name_end}, weak, spelled});
        at = name_end;
      }
      // The next field.
      while (at < line.size() && GapAt(line, at) == 0 && line[at] != '"' && line[at] != '|') {
        at += DecodeAt(line, at).bytes;
      }
      at += FirstField(line.substr(at));
    }
    return !names_.empty();
  }

  // The line that was read is the next of the list.
  void Take(bool empty) {
    if (empty) {
      if (++empty_ > 1) {
        Close();
      }
      return;
    }
    empty_ = 0;
    if (names_.empty() && (lines_.empty() || ++misses_ > kMostMisses)) {
      Close();
      return;
    }
    misses_ = names_.empty() ? misses_ : 0;
    lines_.push_back(names_);
  }

  void Close() {
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

  void TakeField(std::size_t field) {
    std::vector<ListedName> names;
    std::set<std::string> different;
    std::set<char32_t> beginnings;
    std::size_t weak = 0;
    std::size_t spelled = 0;
    for (const auto& line : lines_) {
      const auto name =
          std::find_if(line.begin(), line.end(), [field](const NameOfLine& one) { return one.field == field; });
      if (name != line.end()) {
        names.push_back({name->place.begin, name->place.end, Normalized(name->place)});
        different.insert(names.back().normalized);
        beginnings.insert(DecodeAt(text_, name->place.begin).value);
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

  std::string Normalized(const Place& place) const {
    const std::string_view name = text_.substr(place.begin, place.end - place.begin);
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

  std::string_view text_;
  std::vector<NameOfLine> names_;               // of the line that is read
  std::vector<std::vector<NameOfLine>> lines_;  // of the list
  std::size_t misses_ = 0;
  std::size_t empty_ = 0;
  std::vector<ListedName> found_;
};

}  // namespace

std::vector<ListedName> FindListedNames(std::string_view text) {
  return NameLists(text).Run();
}

}  // namespace lastlook::detect
