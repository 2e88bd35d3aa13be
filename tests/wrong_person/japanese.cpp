// SPDX-License-Identifier: MPL-2.0
#include "japanese.h"

namespace lastlook::wrong_person {

const std::array<JapaneseName, 30> kJapaneseSurnames = {{
    {"佐藤", "さとう", "Sato"},
    {"伊藤", "いとう", "Ito"},
    {"加藤", "かとう", "Kato"},
    {"鈴木", "すずき", "Suzuki"},
    {"高橋", "たかはし", "Takahashi"},
    {"田中", "たなか", "Tanaka"},
    {"渡辺", "わたなべ", "Watanabe"},
    {"小林", "こばやし", "Kobayashi"},
    {"佐々木", "ささき", "Sasaki"},
    {"斎藤", "さいとう", "Saito"},
    {"清水", "しみず", "Shimizu"},
    {"森", "もり", "Mori"},
    {"阿部", "あべ", "Abe"},
    {"後藤", "ごとう", "Goto"},
    {"遠藤", "えんどう", "Endo"},
    {"太田", "おおた", "Ota"},
    {"近藤", "こんどう", "Kondo"},
    {"松本", "まつもと", "Matsumoto"},
    {"長谷川", "はせがわ", "Hasegawa"},
    {"大野", "おおの", "Ohno"},
    {"藤井", "ふじい", "Fujii"},
    {"中島", "なかじま", "Nakajima"},
    {"土屋", "つちや", "Tsuchiya"},
    {"菊地", "きくち", "Kikuchi"},
    // Rare ones.
    {"東海林", "しょうじ", "Shoji"},
    {"小鳥遊", "たかなし", "Takanashi"},
    {"五百旗頭", "いおきべ", "Iokibe"},
    {"勅使河原", "てしがわら", "Teshigawara"},
    {"日下部", "くさかべ", "Kusakabe"},
    {"服巻", "はらまき", "Haramaki"},
}};

const std::array<JapaneseName, 24> kJapaneseFirstNames = {{
    {"太郎", "たろう", "Taro"},     {"花子", "はなこ", "Hanako"},
    {"一郎", "いちろう", "Ichiro"}, {"健", "けん", "Ken"},
    {"美咲", "みさき", "Misaki"},   {"翔太", "しょうた", "Shota"},
    {"陽子", "ようこ", "Yoko"},     {"大輔", "だいすけ", "Daisuke"},
    {"恵", "めぐみ", "Megumi"},     {"直樹", "なおき", "Naoki"},
    {"由美", "ゆみ", "Yumi"},       {"誠", "まこと", "Makoto"},
    {"明美", "あけみ", "Akemi"},    {"浩", "ひろし", "Hiroshi"},
    {"真理", "まり", "Mari"},       {"拓也", "たくや", "Takuya"},
    {"愛", "あい", "Ai"},           {"亮", "りょう", "Ryo"},
    {"智子", "ともこ", "Tomoko"},   {"学", "まなぶ", "Manabu"},
    {"綾", "あや", "Aya"},          {"隆", "たかし", "Takashi"},
    {"久美子", "くみこ", "Kumiko"}, {"修", "おさむ", "Osamu"},
}};

const JapaneseName* SurnameOf(std::string_view name) {
  for (const JapaneseName& surname : kJapaneseSurnames) {
    const bool latin =
        name == surname.romaji || name.starts_with(std::string_view(surname.romaji)) || name.ends_with(surname.romaji);
    if (name.starts_with(surname.kanji) || name.starts_with(surname.kana)) {
      return &surname;
    }
    if (latin) {
      // A whole word: Sato is no Satomi.
      const std::size_t at = name.find(surname.romaji);
      const std::size_t end = at + surname.romaji.size();
      if ((at == 0 || name[at - 1] == ' ') && (end == name.size() || name[end] == ' ')) {
        return &surname;
      }
    }
  }
  return nullptr;
}

}  // namespace lastlook::wrong_person
