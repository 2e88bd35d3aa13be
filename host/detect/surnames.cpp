// SPDX-License-Identifier: MPL-2.0
#include "detect/surnames.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "detect/romaji.h"
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

// Mandarin surnames in pinyin and English given names, as common knowledge.
constexpr std::string_view kLatinNames =
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng "
    "feng han cao zeng peng xiao cai pan tian dong yuan yu su ye wei lu jiang kim lee park choi jung kang nguyen tran "
    "pham "
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald "
    "steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas "
    "eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack "
    "dennis "
    "jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl keith roger "
    "arthur "
    "oliver harry leo oscar simon martin philip alan colin graham neil stuart mary patricia jennifer linda elizabeth "
    "barbara "
    "susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda "
    "dorothy "
    "melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole "
    "helen "
    "samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce "
    "virginia "
    "victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann "
    "sara "
    "madison frances kathryn janice jean alice judy sophia grace denise amber doris marilyn danielle beverly isabella "
    "charlotte lucy sophie chloe claire fiona jane kate louise";

struct Names {
  Surnames ja;
  Surnames zh;
  Surnames ko;
  std::unordered_set<char32_t> given_ends;
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
      if (line == "[given]") {
        section = nullptr;
        for (std::size_t at = 0; at < text.size(); at += DecodeAt(text, at).bytes) {
          names.given_ends.insert(DecodeAt(text, at).value);
        }
      } else if (line.starts_with("[")) {
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

// The readings of all surnames, for lists of names in kana and in Latin letters.
struct Readings {
  std::unordered_set<std::string_view> katakana;
  std::unordered_set<std::string> latin;  // PlainRomaji
};

const Readings& AllReadings() {
  static const Readings kReadings = [] {
    Readings all;
    for (const auto& entry : Read().ja) {
      for (std::string_view rest = entry.second; !rest.empty();) {
        const std::string_view reading = NextWord(&rest, ' ');
        all.katakana.insert(reading);
        all.latin.insert(RomajiOfKana(reading));
      }
    }
    for (std::string_view rest = kLatinNames; !rest.empty();) {
      all.latin.insert(PlainRomaji(std::string(NextWord(&rest, ' '))));
    }
    return all;
  }();
  return kReadings;
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

bool EndsGivenName(char32_t kanji) {
  return Read().given_ends.contains(kanji);
}

bool IsSurnameInKatakana(std::string_view word) {
  return AllReadings().katakana.contains(word);
}

bool IsNameInLatin(std::string_view lower_case) {
  return lower_case.size() >= 2 && AllReadings().latin.contains(PlainRomaji(std::string(lower_case)));
}

}  // namespace lastlook::detect
