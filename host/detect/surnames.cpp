// SPDX-License-Identifier: MPL-2.0
#include "detect/surnames.h"

#include <algorithm>
#include <unordered_map>

#include "detect/utf8.h"
#include "surnames_text.h"

namespace lastlook::detect {
namespace {

// With these most surnames begin, and with those they end; from the list itself.
constexpr std::u32string_view kFirst =
    U"青赤秋浅朝安荒有粟飯池石磯板市稲今岩上植内梅浦江遠大岡奥小尾織笠片勝金上亀河川神菊岸北木桐草久窪熊倉栗黒桑小近坂"
    U"桜笹佐沢塩重"
    U"篠柴島下白新菅杉鈴須瀬関高滝竹武谷千塚辻津土角寺戸徳富友豊鳥中長永名成西丹沼根野橋羽花浜早林原春東樋日平広深福藤"
    U"船古星細堀本前牧増"
    U"松丸三水溝宮村室森守八安柳矢山湯横吉米若脇鷲和渡";
constexpr std::u32string_view kLast =
    U"田山川村井本野木原島嶋崎﨑橋沢澤藤谷口内岡部辺邊坂瀬松森林池石水津塚浦倉尾屋場宮条城里代間見越下上中戸根浜岸垣賀"
    U"沼丸江永吉";

using Surnames = std::unordered_map<std::string_view, std::string_view>;  // with their readings

struct Names {
  Surnames ja;
  Surnames zh;
  Surnames ko;
};

std::string_view NextWord(std::string_view* text, char behind) {
  const std::size_t end = std::min(text->find(behind), text->size());
  const std::string_view word = text->substr(0, end);
  text->remove_prefix(std::min(text->size(), end + 1));
  return word;
}

const Names& Read() {
  static const Names kNames = [] {
    Names names;
    names.ja.reserve(16384);
    Surnames* section = nullptr;
    std::string_view text = generated::k_surnames_text;
    while (!text.empty()) {
      std::string_view line = NextWord(&text, '\n');
      if (line.starts_with("[")) {
        section = line == "[ja]" ? &names.ja : line == "[zh]" ? &names.zh : &names.ko;
      } else if (line.starts_with("#") || line.empty() || section == nullptr) {
        continue;
      } else if (section == &names.ja) {
        const std::string_view surname = NextWord(&line, ' ');
        section->emplace(surname, line);
      } else {
        while (!line.empty()) {
          section->emplace(NextWord(&line, ' '), std::string_view());
        }
      }
    }
    return names;
  }();
  return kNames;
}

std::size_t Longest(const Surnames& names, std::string_view text, std::size_t most) {
  std::size_t longest = 0;
  std::size_t at = 0;
  for (std::size_t characters = 0; characters < most && at < text.size(); ++characters) {
    at += DecodeAt(text, at).bytes;
    if (names.contains(text.substr(0, at))) {
      longest = at;
    }
  }
  return longest;
}

}  // namespace

std::size_t JapaneseSurname(std::string_view text, bool composed) {
  const std::size_t listed = Longest(Read().ja, text, 5);
  if (!composed || listed >= 6 || text.size() < 6) {
    return listed;
  }
  const CodePoint first = DecodeAt(text, 0);
  const CodePoint second = DecodeAt(text, first.bytes);
  const bool fits =
      kFirst.find(first.value) != std::u32string_view::npos && kLast.find(second.value) != std::u32string_view::npos;
  return fits ? 6 : listed;
}

std::vector<std::string_view> ReadingsOfSurname(std::string_view surname) {
  std::vector<std::string_view> readings;
  if (const auto found = Read().ja.find(surname); found != Read().ja.end()) {
    for (std::string_view rest = found->second; !rest.empty();) {
      readings.push_back(NextWord(&rest, ' '));
    }
  }
  return readings;
}

std::size_t ChineseSurname(std::string_view text) {
  return Longest(Read().zh, text, 2);
}

std::size_t KoreanSurname(std::string_view text) {
  return Longest(Read().ko, text, 1);
}

}  // namespace lastlook::detect
