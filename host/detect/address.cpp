// SPDX-License-Identifier: MPL-2.0
// Japanese addresses: prefecture, municipality and a block number. Behind a label or a postal code the prefecture may
// be missing; a prefecture alone is never an address.
#include <array>

#include "detect/finders.h"
#include "detect/text_edges.h"
#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

constexpr int kScore = 76;

constexpr std::array<std::string_view, 47> kPrefectures = {
    "北海道", "青森県", "岩手県", "宮城県",   "秋田県", "山形県",   "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",   "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県",   "滋賀県", "京都府",   "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県",   "山口県", "徳島県",   "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県",   "宮崎県", "鹿児島県", "沖縄県"};

constexpr std::u32string_view kKanjiDigits = U"〇一二三四五六七八九十百";

bool IsPlaceCharacter(char32_t c) {
  return (c >= 0x4E00 && c < 0xA000) || (c >= 0x3041 && c <= 0x30FC) || c == 0x3005 || c == 0x3006;
}

// The block number at `at`: "1-7-1", "一丁目7番1号", "3丁目2-5", "12番地の3", "100"; where it ends, or `at` if there is
// none.
std::size_t BlockNumberEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  std::size_t numbers = 0;
  bool unit = false;
  std::size_t place = at;
  while (place < text.size() && numbers < 6) {
    std::size_t number = place;
    while (number < text.size() && IsDigit(text[number]) && number - place < 5) {
      ++number;
    }
    if (number < text.size() && IsDigit(text[number])) {
      break;  // too long for a block
    }
    if (number == place) {
      for (CodePoint c = {}; number < text.size(); number += c.bytes) {
        c = DecodeAt(text, number);
        if (kKanjiDigits.find(c.value) == std::u32string_view::npos || number - place > 12) {
          break;
        }
      }
      // Kanji numerals are numbers of a block only before its unit: 三重県四日市市.
      bool before_unit = false;
      for (const std::string_view unit_word : {"丁目", "番", "号"}) {
        before_unit = before_unit || text.substr(number).starts_with(unit_word);
      }
      if (number == place || !before_unit) {
        break;
      }
    }
    ++numbers;
    place = number;
    end = place;
    bool goes_on = false;
    for (const std::string_view word : {"丁目", "番地", "番町", "番", "号室", "号", "条", "線", "地割"}) {
      if (text.substr(place).starts_with(word)) {
        place += word.size();
        end = place;
        unit = true;
        goes_on = true;
        // "北5条西6丁目": Sapporo counts its streets both ways.
        for (const std::string_view side : {"東", "西", "南", "北"}) {
          if (word == "条" && text.substr(place).starts_with(side)) {
            place += side.size();
          }
        }
        break;
      }
    }
    for (const std::string_view word : {"-", "の", "ー", "−", "‐", "─", "ノ"}) {
      if (text.substr(place).starts_with(word)) {
        place += word.size();
        goes_on = true;
        break;
      }
    }
    if (!goes_on) {
      break;
    }
  }
  if (numbers == 0) {
    return at;
  }
  // "千代田区1" says no block yet; two numbers or a unit do.
  return numbers >= 2 || unit || end - at >= 2 ? end : at;
}

// Whether a municipality and a block number follow the prefecture that ends at `at`: where the address ends, or 0.
std::size_t AddressEnd(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostCharacters = 34;
  bool municipality = false;
  std::size_t characters = 0;
  for (std::size_t place = at; place < text.size() && characters < kMostCharacters; ++characters) {
    const CodePoint c = DecodeAt(text, place);
    if (municipality && (IsDigit(text[place]) || kKanjiDigits.find(c.value) != std::u32string_view::npos)) {
      const std::size_t end = BlockNumberEnd(text, place);
      if (end > place) {
        // "5月", "10時", "3名": a number of something else.
        for (const std::string_view unit :
             {"月", "日", "年", "時", "分", "名", "人", "件", "円", "万", "社", "店", "か所", "箇所", "%", ":", ","}) {
          if (text.substr(end).starts_with(unit) && unit != ",") {
            return 0;
          }
        }
        return end;
      }
      if (IsDigit(text[place])) {
        return 0;
      }
    }
    if (c.value == U' ') {  // one blank between the parts
      if (place + 1 < text.size() && text[place + 1] == ' ') {
        return 0;
      }
      ++place;
      continue;
    }
    if (!IsPlaceCharacter(c.value)) {
      return 0;
    }
    // What running text has behind a place, and an address has not.
    for (const std::string_view word : {"では", "です", "から", "にて", "まで", "では", "および", "及び", "など",
                                        "における", "において", "に住", "へ"}) {
      if (text.substr(place).starts_with(word)) {
        return 0;
      }
    }
    municipality = municipality || (characters > 0 && (c.value == U'市' || c.value == U'区' || c.value == U'町' ||
                                                       c.value == U'村' || c.value == U'郡'));
    place += c.bytes;
  }
  return 0;
}

void Add(std::string_view text, std::size_t begin, std::size_t end, Candidates* out) {
  std::string normalized;
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] != ' ') {
      normalized += text[i];
    }
  }
  Candidate found{DataType::kAddress, begin, end, std::move(normalized), kScore, kScore};
  found.settled = true;
  out->push_back(std::move(found));
}

// The prefecture that ends behind `suffix`, or "".
std::string_view PrefectureEndingAt(std::string_view text, std::size_t end) {
  for (const std::string_view prefecture : kPrefectures) {
    if (end >= prefecture.size() && text.substr(end - prefecture.size(), prefecture.size()) == prefecture) {
      return prefecture;
    }
  }
  return {};
}

// Behind "住所：" or "〒100-0014": the prefecture may be missing.
void BehindLabel(std::string_view text, std::size_t at, Candidates* out) {
  const std::size_t limit = std::min(text.size(), at + 24);
  while (at < limit && (std::string_view(" :=|\t\n\r\",").find(text[at]) != std::string_view::npos ||
                        text.substr(at).starts_with("は"))) {
    at += text[at] < 0 ? 3 : 1;
  }
  if (text.substr(at).starts_with("〒")) {
    at += 3;
  }
  while (at < text.size() && text[at] == ' ') {
    ++at;
  }
  // The postal code.
  std::size_t code = at;
  while (code < text.size() && code - at < 8 && (IsDigit(text[code]) || text[code] == '-')) {
    ++code;
  }
  if (code - at == 7 || code - at == 8) {
    at = code;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      ++at;
    }
  }
  if (const std::size_t end = AddressEnd(text, at)) {
    Add(text, at, end, out);
  }
}

}  // namespace

void FindAddress(std::string_view text, std::size_t at, Candidates* out) {
  const std::string_view here = text.substr(at);
  if (here.starts_with("〒")) {
    BehindLabel(text, at, out);
    return;
  }
  if (here.starts_with("住")) {
    for (const std::size_t back : {2U, 1U, 0U}) {
      const std::size_t begin = CharactersBefore(text, at, back);
      const Label* label = LabelAt(text, begin);
      if (label != nullptr && (label->says & MaskOf(DataType::kAddress)) != 0 && begin + label->text.size() > at) {
        BehindLabel(text, begin + label->text.size(), out);
        return;
      }
    }
    return;
  }
  // At 県 the name has gone before; the others begin here.
  const std::size_t behind = at + (here.starts_with("県") ? 3 : 9);
  const std::string_view prefecture = PrefectureEndingAt(text, behind);
  if (prefecture.empty()) {
    return;
  }
  if (const std::size_t end = AddressEnd(text, behind)) {
    Add(text, behind - prefecture.size(), end, out);
  }
}

}  // namespace lastlook::detect
