// SPDX-License-Identifier: MPL-2.0
#include "detect/placeholder.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "detect/byte_sieve.h"
#include "detect/word_finder.h"

namespace lastlook::detect {
namespace {

using std::string_view;

constexpr std::size_t kLongestField = 60;  // bytes between the brackets

// Said alone, whatever stands around.
constexpr std::array<string_view, 45> kWords = {
    "lorem ipsum", "[todo]",       "[tbd]",       "[tbc]",        "[fixme]",   "[name]",   "[company]", "[date]",
    "[your name]", "[first name]", "[last name]", "[insert",      "todo:",     "fixme:",   "(tbd)",     "(tbc)",
    "[会社名]",    "[氏名]",       "[名前]",      "[日付]",       "[担当者",   "[住所]",   "[金額]",    "<会社名>",
    "<氏名>",      "<名前>",       "<担当者名>",  "【要確認】",   "(要確認)",  "[要確認]", "※要確認",   "【要修正】",
    "(要修正)",    "【確認中】",   "(後で記入)",  "(あとで記入)", "【todo】",  "【仮】",   "[姓名]",    "[公司名称]",
    "[日期]",      "(待补充)",     "(待确认)",    "【待确认】",   "【待补充】"};

// Two or three of them stand for what is not written yet.
constexpr std::array<string_view, 7> kSigns = {"○", "〇", "◯", "△", "×", "●", "▲"};
// What follows a sign that also serves as an ornament.
constexpr std::array<string_view, 22> kAfterName = {"様",   "さん", "さま", "殿", "御中", "先生", "株式会社", "(株)",
                                                    "会社", "商事", "部",   "課", "円",   "年",   "月",       "日",
                                                    "時",   "名",   "件",   "市", "県",   "公司"};

std::size_t LengthOfCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool StartsWithAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.starts_with(word); });
}

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
}

// The end of `open` … `close` at `at`, with something between them on the same line.
std::optional<std::size_t> Bracketed(string_view text, std::size_t at, string_view open, string_view close) {
  if (!text.substr(at).starts_with(open)) {
    return std::nullopt;
  }
  const string_view inner = text.substr(at + open.size(), kLongestField + close.size());
  const std::size_t end = inner.find(close);
  const bool holds = end != string_view::npos && end > 0 && inner.front() != ' ' &&
                     inner.substr(0, end).find_first_of("\n{<") == string_view::npos;
  return holds ? std::optional(at + open.size() + end + close.size()) : std::nullopt;
}

// "%NAME%", but neither "50% or 60%" nor the "%E3%81" of an address.
std::optional<std::size_t> Percent(string_view text, std::size_t at) {
  std::size_t end = at + 1;
  bool has_letter = false;
  while (end < text.size() && end - at <= kLongestField && IsNameByte(text[end])) {
    has_letter = has_letter || text[end] > '9';
    ++end;
  }
  const bool before = at > 0 && IsNameByte(text[at - 1]);
  return end < text.size() && text[end] == '%' && end - at >= 4 && has_letter && !before ? std::optional(end + 1)
                                                                                         : std::nullopt;
}

// "xx様", "xxx", "xxxx円": alone among letters.
std::optional<std::size_t> Crosses(string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] == 'x') {
    ++end;
  }
  const bool alone =
      (at == 0 || !(IsNameByte(text[at - 1]) || string_view("./@:-").find(text[at - 1]) != string_view::npos)) &&
      (end == text.size() || !(IsNameByte(text[end]) || string_view("./@-").find(text[end]) != string_view::npos));
  const bool is_long = end - at >= 3 && end - at <= 8;
  const bool is_named = end - at == 2 && StartsWithAny(text.substr(end), kAfterName);
  return alone && (is_long || is_named) ? std::optional(end) : std::nullopt;
}

bool IsKanjiNumeral(string_view character) {
  static constexpr std::array<string_view, 10> kNumerals = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  return std::find(kNumerals.begin(), kNumerals.end(), character) != kNumerals.end();
}

std::optional<std::size_t> Signs(string_view text, std::size_t at) {
  const auto* sign = std::find_if(kSigns.begin(), kSigns.end(),
                                  [rest = text.substr(at)](string_view known) { return rest.starts_with(known); });
  if (sign == kSigns.end()) {
    return std::nullopt;
  }
  std::size_t end = at;
  while (text.substr(end).starts_with(*sign)) {
    end += sign->size();
  }
  const std::size_t times = (end - at) / sign->size();
  if (times < 2 || times > 4) {
    return std::nullopt;
  }
  const bool after_numeral = at >= 3 && (IsKanjiNumeral(text.substr(at - 3, 3)));
  if (*sign == "〇" && (after_numeral || IsKanjiNumeral(text.substr(end, 3)))) {
    return std::nullopt;  // 二〇〇八年
  }
  const bool is_ornament = *sign == "●" || *sign == "▲";
  const bool is_judgement = *sign == "×" && (end == text.size() || text[end] == '\n');
  if (is_judgement || (is_ornament && !StartsWithAny(text.substr(end), kAfterName))) {
    return std::nullopt;
  }
  return end;
}

// Where a field, a row of crosses or of signs may begin.
const ByteSieve& FieldSieve() {
  static const ByteSieve sieve = [] {
    std::vector<string_view> begins = {"{{", "${", "<<", "%", "xx"};
    begins.insert(begins.end(), kSigns.begin(), kSigns.end());
    return ByteSieve(begins);
  }();
  return sieve;
}

std::optional<std::size_t> FieldAt(string_view text, std::size_t at) {
  switch (text[at]) {
    case '{':
      return Bracketed(text, at, "{{", "}}");
    case '$':
      return Bracketed(text, at, "${", "}");
    case '<':
      return Bracketed(text, at, "<<", ">>");
    case '%':
      return Percent(text, at);
    case 'x':
      return at == 0 || text[at - 1] != 'x' ? Crosses(text, at) : std::nullopt;
    default:
      return Signs(text, at);
  }
}

// Behind the place; a row of signs that is no field is passed over whole.
std::size_t BehindRow(string_view text, std::size_t at) {
  const string_view sign = text.substr(at, LengthOfCharacter(text[at]));
  if (std::find(kSigns.begin(), kSigns.end(), sign) == kSigns.end()) {
    return at + 1;
  }
  std::size_t next = at + sign.size();
  while (text.substr(next).starts_with(sign)) {
    next += sign.size();
  }
  return next;
}

}  // namespace

std::vector<Placeholder> FindPlaceholders(string_view folded) {
  static const WordFinder words{std::span<const string_view>(kWords)};
  std::vector<Placeholder> found;
  words.ForEach(folded, [&](std::size_t index, std::size_t at) { found.push_back({at, at + words.LengthOf(index)}); });
  SieveRow marks;
  FieldSieve().Mark(folded, &marks);
  ForEachMark(marks, 0, [&](std::size_t at) {
    const std::optional<std::size_t> end = FieldAt(folded, at);
    if (end) {
      found.push_back({at, *end});
    }
    return end ? *end : BehindRow(folded, at);
  });
  std::sort(found.begin(), found.end(), [](const Placeholder& a, const Placeholder& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::size_t covered = 0;
  std::erase_if(found, [&covered](const Placeholder& place) {
    const bool overlaps = place.begin < covered;
    covered = std::max(covered, place.end);
    return overlaps;
  });
  return found;
}

}  // namespace lastlook::detect
