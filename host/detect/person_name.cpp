// SPDX-License-Identifier: MPL-2.0
// Names of people: what stands behind "氏名：", and surnames in front of 様, さん, 氏, 殿, 先生. Never a title alone, a
// company ("山田商事様"), or a word that only ends so (仕様, 皆様, 同氏).
#include <algorithm>
#include <array>

#include "detect/finders.h"
#include "detect/surnames.h"
#include "detect/text_edges.h"
#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

constexpr int kByLabel = 76;
constexpr int kByTitle = 70;
constexpr int kFullNameByTitle = 76;

bool IsKanji(char32_t c) {
  return (c >= 0x4E00 && c < 0xA000) || (c >= 0x3400 && c < 0x4DC0) || c == 0x3005 || c == 0x30F6 || c == 0x30B1 ||
         (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x30000);
}
bool IsHiragana(char32_t c) {
  return c >= 0x3041 && c <= 0x3096;
}
bool IsKatakanaLetter(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}
bool IsHangul(char32_t c) {
  return c >= 0xAC00 && c < 0xD7B0;
}

template <typename List>
bool EndsWithAny(std::string_view text, const List& words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return text.ends_with(word); });
}
template <typename List>
bool StartsWithAny(std::string_view text, const List& words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return text.starts_with(word); });
}
template <typename List>
bool HoldsAny(std::string_view text, const List& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// What makes an organisation, a place or a thing of what looks like a name.
constexpr auto kNoPerson = std::to_array<std::string_view>({"商事",
                                                            "工業",
                                                            "産業",
                                                            "製作",
                                                            "銀行",
                                                            "商店",
                                                            "建設",
                                                            "電機",
                                                            "電気",
                                                            "電器",
                                                            "物産",
                                                            "運輸",
                                                            "不動産",
                                                            "会社",
                                                            "大学",
                                                            "病院",
                                                            "組合",
                                                            "事務所",
                                                            "製薬",
                                                            "食品",
                                                            "証券",
                                                            "保険",
                                                            "鉄道",
                                                            "自動車",
                                                            "技研",
                                                            "製鉄",
                                                            "製鋼",
                                                            "化学",
                                                            "通信",
                                                            "放送",
                                                            "新聞",
                                                            "出版",
                                                            "印刷",
                                                            "薬局",
                                                            "医院",
                                                            "歯科",
                                                            "クリニック",
                                                            "学校",
                                                            "学園",
                                                            "高校",
                                                            "小学",
                                                            "中学",
                                                            "幼稚園",
                                                            "保育",
                                                            "協会",
                                                            "連合",
                                                            "連盟",
                                                            "機構",
                                                            "財団",
                                                            "社団",
                                                            "法人",
                                                            "市役所",
                                                            "区役所",
                                                            "役場",
                                                            "県庁",
                                                            "支店",
                                                            "支社",
                                                            "営業",
                                                            "本社",
                                                            "本店",
                                                            "工場",
                                                            "工務店",
                                                            "製パン",
                                                            "乳業",
                                                            "製菓",
                                                            "酒造",
                                                            "醸造",
                                                            "水産",
                                                            "農園",
                                                            "農場",
                                                            "牧場",
                                                            "旅館",
                                                            "ホテル",
                                                            "製造",
                                                            "電子",
                                                            "電工",
                                                            "電力",
                                                            "電鉄",
                                                            "重工",
                                                            "精機",
                                                            "精工",
                                                            "機械",
                                                            "製紙",
                                                            "物流",
                                                            "運送",
                                                            "倉庫",
                                                            "石油",
                                                            "航空",
                                                            "観光",
                                                            "交通",
                                                            "旅行",
                                                            "住宅",
                                                            "建築",
                                                            "建材",
                                                            "土木",
                                                            "測量",
                                                            "塗装",
                                                            "設備",
                                                            "金属",
                                                            "鉄工",
                                                            "工作所",
                                                            "研究所",
                                                            "興業",
                                                            "商会",
                                                            "事業",
                                                            "本部",
                                                            "支部",
                                                            "委員",
                                                            "教室",
                                                            "書店",
                                                            "書房",
                                                            "農協",
                                                            "生協",
                                                            "信金",
                                                            "損保",
                                                            "生命",
                                                            "介護",
                                                            "福祉",
                                                            "医療",
                                                            "薬品",
                                                            "サポート",
                                                            "デスク",
                                                            "ショップ",
                                                            "ストア",
                                                            "スタッフ",
                                                            "チーム",
                                                            "フーズ",
                                                            "スタジオ",
                                                            "開発",
                                                            "企画",
                                                            "技術",
                                                            "設計",
                                                            "サービス",
                                                            "システム",
                                                            "ソフト",
                                                            "グループ",
                                                            "ホールディングス",
                                                            "センター",
                                                            "御中",
                                                            "各位",
                                                            "担当",
                                                            "部署",
                                                            "番号",
                                                            "未定",
                                                            "同上",
                                                            "不明",
                                                            "変更",
                                                            "記入",
                                                            "確認",
                                                            "必須",
                                                            "入力",
                                                            "任意",
                                                            "氏名",
                                                            "名前",
                                                            "住所",
                                                            "電話",
                                                            "一覧",
                                                            "名簿",
                                                            "情報",
                                                            "以下",
                                                            "下記",
                                                            "上記",
                                                            "別紙",
                                                            "管理",
                                                            "漢字",
                                                            "フリガナ",
                                                            "カナ",
                                                            "ふりがな",
                                                            "姓名",
                                                            "様式",
                                                            "仕様",
                                                            "契約",
                                                            "利用",
                                                            "商品",
                                                            "製品",
                                                            "名称",
                                                            "匿名",
                                                            "該当",
                                                            "予定",
                                                            "なし",
                                                            "未記入",
                                                            "株式",
                                                            "有限",
                                                            "合同",
                                                            "团队",
                                                            "公司",
                                                            "部门",
                                                            "银行",
                                                            "大学",
                                                            "学院",
                                                            "中心",
                                                            "先生",
                                                            "女士",
                                                            "小姐",
                                                            "项目",
                                                            "文件",
                                                            "数据",
                                                            "信息",
                                                            "信託",
                                                            "組"});
// The same at the end of it only; they are in names as well.
constexpr auto kCompanyEnds = std::to_array<std::string_view>({"ビル", "ホーム", "ハウス", "ガス", "建機", "商運"});
constexpr auto kHouses = std::to_array<std::string_view>({"屋", "堂", "園", "組", "庵", "亭", "荘", "店", "社", "会"});
// A department, place or particle that may stand right in front of a surname.
constexpr auto kBeforeName = std::to_array<std::string_view>(
    {"部", "課", "室", "係", "店", "社", "所", "会", "局", "院", "科", "校", "園", "館", "組",
     "当", "者", "中", "付", "内", "外", "故", "長", "任", "師", "士", "員", "の", "は", "が",
     "を", "に", "と", "で", "も", "や", "へ", "て", "た", "い", "る", "し", "か", "ら", "り",
     "ー", "ン", "ス", "ト", "ル", "方", "親", "弟", "兄", "姉", "妹", "父", "母", "客", "人"});
constexpr auto kTitlesInside = std::to_array<std::string_view>(
    {"社長",   "部長", "課長",   "係長",   "室長",         "所長",     "店長",   "支店長", "次長", "主任",   "専務",
     "常務",   "会長", "取締役", "教授",   "准教授",       "院長",     "理事長", "理事",   "監督", "議員",   "弁護士",
     "税理士", "医師", "副社長", "本部長", "マネージャー", "リーダー", "代表",   "主査",   "参事", "工場長", "校長"});

struct Title {
  std::string_view text;
  std::array<std::string_view, 6> not_before;  // it is another word when one of these follows
};
constexpr Title kTitles[] = {
    {"様", {"式", "々", "子", "相", "態"}},
    {"さま", {"ざ", "よ"}},
    {"さん", {"ぽ"}},
    {"氏", {"名", "族", "神", "家", "子"}},
    {"殿", {"堂", "下"}},
    {"先生", {}},
    {"くん", {"れ", "だ"}},
    {"ちゃん", {"と", "こ"}},
    {"君", {"主", "臨"}},
    {"先輩", {}},
    {"女史", {}},
};

void Add(std::string_view text, std::size_t begin, std::size_t end, int score, Candidates* out) {
  std::string normalized;
  bool latin = false;
  for (std::size_t i = begin; i < end; ++i) {
    latin = latin || IsAsciiLetter(text[i]);
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (latin || text[i] != ' ') {
      normalized += text[i];
    }
  }
  Candidate found{DataType::kPersonName, begin, end, std::move(normalized), score, score};
  found.settled = true;
  out->push_back(std::move(found));
}

// The run of characters a name may hold that ends at `end`, with at most one blank inside.
std::size_t RunBegin(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  std::size_t characters = 0;
  bool blank = false;
  while (begin > 0 && characters < 10) {
    const std::string_view character = CharacterBefore(text, begin);
    const char32_t c = DecodeAt(character, 0).value;
    if (c == U' ' && !blank && characters > 0 && begin > 1 && text[begin - 2] != ' ' && text[begin - 2] != '\n') {
      const char32_t before = DecodeAt(CharacterBefore(text, begin - 1), 0).value;
      if (!IsKanji(before) && !IsKatakanaLetter(before) && !IsHiragana(before)) {
        break;
      }
      blank = true;
      --begin;
      continue;
    }
    if (!IsKanji(c) && !IsHiragana(c) && !IsKatakanaLetter(c)) {
      break;
    }
    begin -= character.size();
    ++characters;
  }
  return begin;
}

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// A given name: up to four kanji, or up to five kana.
bool IsGivenName(std::string_view given) {
  if (!given.empty() && given.front() == ' ') {
    given.remove_prefix(1);
  }
  std::size_t kanji = 0;
  std::size_t hiragana = 0;
  std::size_t katakana = 0;
  for (std::size_t at = 0; at < given.size();) {
    const CodePoint c = DecodeAt(given, at);
    kanji += IsKanji(c.value) ? 1 : 0;
    hiragana += IsHiragana(c.value) ? 1 : 0;
    katakana += IsKatakanaLetter(c.value) && !IsKanji(c.value) ? 1 : 0;
    if (!IsKanji(c.value) && !IsHiragana(c.value) && !IsKatakanaLetter(c.value)) {
      return false;
    }
    at += c.bytes;
  }
  const std::size_t all = kanji + hiragana + katakana;
  return all <= 5 && kanji <= 3 && !(hiragana > 0 && katakana > 0);
}

// "高島屋", "鹿島組": a surname, and a house that is called so.
bool IsHouse(std::string_view run) {
  // Trades that are surnames, too: "花屋様" is where flowers are bought.
  constexpr auto kShops =
      std::to_array<std::string_view>({"花屋", "本屋", "酒屋", "魚屋", "肉屋", "米屋", "茶屋", "薬屋", "床屋", "靴屋",
                                       "宿屋", "質屋", "菓子屋", "八百屋", "電器屋"});
  if (std::find(kShops.begin(), kShops.end(), run) != kShops.end()) {
    return true;
  }
  const std::size_t surname = JapaneseSurname(run, false);
  return surname > 0 && std::find(kHouses.begin(), kHouses.end(), run.substr(surname)) != kHouses.end();
}

// A Japanese name that is the whole of `run`, or "": surname, perhaps a blank, perhaps a given name, perhaps an office.
std::string_view WholeName(std::string_view run, bool composed) {
  std::string_view name = run;
  for (const std::string_view office : kTitlesInside) {
    if (name.size() > office.size() + 3 && name.ends_with(office)) {
      name.remove_suffix(office.size());
      break;
    }
  }
  while (name.ends_with(' ')) {
    name.remove_suffix(1);
  }
  const std::size_t surname = JapaneseSurname(name, composed);
  if (surname == 0) {
    return {};
  }
  const std::string_view given = name.substr(surname);
  if (given.empty() ? surname < 3 : !IsGivenName(given)) {
    return {};
  }
  return HoldsAny(name, kNoPerson) || EndsWithAny(name, kCompanyEnds) ? std::string_view() : name;
}

// "グエン ヴァン ミン", "マリア・ガルシア": two words or more of katakana that end at `end`; where they begin, or
// `end`.
std::size_t KatakanaNameBegin(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  std::size_t words = 0;
  std::size_t word_begin = end;
  std::size_t characters = 0;
  while (begin > 0 && words < 4) {
    const std::string_view character = CharacterBefore(text, begin);
    const char32_t c = DecodeAt(character, 0).value;
    if (IsKatakanaLetter(c) && characters < 9) {
      begin -= character.size();
      word_begin = begin;
      ++characters;
      continue;
    }
    if ((c != U' ' && c != U'・') || characters == 0 || characters > 8) {
      break;
    }
    begin -= character.size();
    ++words;
    characters = 0;
  }
  words += characters > 0 ? 1 : 0;
  const std::string_view name = text.substr(word_begin, end - word_begin);
  return words >= 2 && words <= 4 && characters <= 8 && !HoldsAny(name, kNoPerson) ? word_begin : end;
}

// A surname (and given name) that ends at `end`, right before a title.
void BeforeTitle(std::string_view text, std::size_t end, Candidates* out) {
  while (end > 0 && text[end - 1] == ' ') {
    --end;
    if (end > 0 && text[end - 1] == ' ') {
      return;
    }
  }
  const std::size_t from = RunBegin(text, end);
  if (const std::size_t begin = KatakanaNameBegin(text, end); begin < end) {
    Add(text, begin, end, kFullNameByTitle, out);
    return;
  }
  // The longest name first: every beginning in the run that is an edge.
  for (std::size_t begin = from; begin < end; begin += DecodeAt(text, begin).bytes) {
    const std::string_view run = text.substr(begin, end - begin);
    if (run.front() == ' ' || CountCharacters(run) > 9) {
      continue;
    }
    const bool edge = begin == from || text[begin - 1] == ' ';
    const std::string_view before = text.substr(0, begin);
    // Where more kanji stand before the run than were looked at, nothing is known about the edge.
    const bool listed = JapaneseSurname(run, false) == run.size() && CountCharacters(run) >= 2;  // "先日木村さんから"
    if (!edge && !listed && !EndsWithAny(before, kBeforeName)) {
      continue;
    }
    if (IsHouse(run)) {
      return;
    }
    std::string_view name = WholeName(run, true);
    if (name.empty()) {
      continue;
    }
    const bool only_surname = JapaneseSurname(name, true) == name.size();
    // One kanji before a title is too little to go by ("林様" is, "原さん" is, "東さん" may be a direction).
    if (CountCharacters(name) == 1 && !edge) {
      continue;
    }
    // "(株)山田様", "㈱佐藤様": a company.
    if (before.ends_with("(株)") || before.ends_with("㈱") || before.ends_with("(有)") || before.ends_with("㈲") ||
        before.ends_with("株式会社") || before.ends_with("有限会社") || before.ends_with("合同会社")) {
      return;
    }
    Add(text, begin, begin + name.size(), only_surname ? kByTitle : kFullNameByTitle, out);
    return;
  }
}

// Surnames that are better known as prefectures and cities: with no more than a branch, an office or an address behind
// them they are the place.
constexpr auto kPlaces = std::to_array<std::string_view>(
    {"秋田",   "宮城", "山形",   "福島", "茨城",   "千葉", "石川", "福井", "山梨", "長野", "静岡",   "愛知",
     "三重",   "滋賀", "大阪",   "兵庫", "奈良",   "鳥取", "島根", "岡山", "広島", "山口", "徳島",   "香川",
     "高知",   "福岡", "佐賀",   "長崎", "熊本",   "大分", "宮崎", "沖縄", "東京", "京都", "神奈川", "新潟",
     "富山",   "岐阜", "和歌山", "愛媛", "鹿児島", "群馬", "栃木", "埼玉", "川崎", "横浜", "神戸",   "松本",
     "高松",   "松山", "仙台",   "札幌", "大宮",   "浜松", "豊田", "豊橋", "岡崎", "姫路", "高崎",   "前橋",
     "宇都宮", "水戸", "盛岡",   "八戸", "金沢",   "津",   "大津", "倉敷", "福山", "下関", "久留米", "佐世保",
     "上野",   "品川", "渋谷",   "新宿", "目黒",   "中野", "青山", "銀座", "上田", "飯田"});

// A surname of two characters and more, or surname and given name, that ends at `end` and has an edge before it; where
// it begins, or `end`. Without a title behind it only what the list of surnames knows counts.
std::size_t ListedNameBegin(std::string_view text, std::size_t end, bool surname_is_enough) {
  const std::size_t from = RunBegin(text, end);
  for (std::size_t begin = from; begin < end; begin += DecodeAt(text, begin).bytes) {
    const std::string_view run = text.substr(begin, end - begin);
    const bool edge = begin == from || text[begin - 1] == ' ' || EndsWithAny(text.substr(0, begin), kBeforeName);
    if (run.front() == ' ' || !edge || CountCharacters(run) < 2 || IsHouse(run)) {
      continue;
    }
    const std::size_t surname = JapaneseSurname(run, false);
    if (surname == 0 || HoldsAny(run, kNoPerson) || EndsWithAny(run, kCompanyEnds)) {
      continue;
    }
    if (surname == run.size()) {
      if (surname_is_enough && std::find(kPlaces.begin(), kPlaces.end(), run) == kPlaces.end()) {
        return begin;
      }
      continue;
    }
    const std::string_view given = run.substr(surname);
    const CodePoint last = DecodeAt(run, run.size() - CharacterBefore(run, run.size()).size());
    if (IsGivenName(given) && surname >= 3 && (given.front() == ' ' || EndsGivenName(last.value))) {
      return begin;
    }
  }
  return end;
}

// "村井課長", "矢部部長", "桜井教授": an office behind a surname. Behind a place or a task it is the office of that
// ("大阪支店長", "総務部長"), so less passes than before 様.
void BeforeOffice(std::string_view text, std::size_t at, Candidates* out) {
  constexpr auto kOffices = std::to_array<std::string_view>(
      {"部長", "課長", "係長", "社長", "次長", "室長", "会長", "専務", "常務", "主任", "教授", "弁護士", "税理士"});
  for (const std::string_view office : kOffices) {
    const std::size_t last = CharacterBefore(office, office.size()).size();
    const std::size_t begin = at + last - std::min(at + last, office.size());
    if (!text.substr(begin).starts_with(office)) {
      continue;
    }
    const std::size_t name = ListedNameBegin(text, begin, true);
    if (name < begin && JapaneseSurname(text.substr(name, begin - name), false) == begin - name) {
      Add(text, name, begin, kByTitle, out);
    }
    return;
  }
}

// "担任の日下部（…", "弊社相原宛": who has a role. Not who speaks: "担当の柏木です".
void BehindRole(std::string_view text, std::size_t at, Candidates* out) {
  constexpr auto kRoles = std::to_array<std::string_view>(
      {"弊社", "当社", "担任", "後任", "前任", "担当", "主治医", "同僚", "部下", "上司"});
  constexpr auto kBehind = std::to_array<std::string_view>(
      {"が", "は", "の", "に", "を", "と", "へ", "も", "、", "(", "宛", "まで", "より", "から", "→", "・", "/"});
  const auto* const role = std::find_if(kRoles.begin(), kRoles.end(),
                                        [&](std::string_view word) { return text.substr(at).starts_with(word); });
  if (role == kRoles.end()) {
    return;
  }
  std::size_t begin = at + role->size();
  begin += text.substr(begin).starts_with("の") ? 3 : 0;
  const std::size_t surname = JapaneseSurname(text.substr(begin, 32), false);
  const std::string_view name = text.substr(begin, surname);
  if (surname < 6 || std::find(kPlaces.begin(), kPlaces.end(), name) != kPlaces.end() || HoldsAny(name, kNoPerson) ||
      !StartsWithAny(text.substr(begin + surname), kBehind)) {
    return;
  }
  Add(text, begin, begin + surname, kByTitle, out);
}

// "梅原様（S18.7.23）": a date behind a person that is too old to be anything but the birthday. Without brackets it is
// believed where a birthday was asked for before.
void BirthdayBehindTitle(std::string_view text, std::size_t at, Candidates* out) {
  constexpr int kRecent = 2010;
  const bool bracket = at < text.size() && text[at] == '(';
  if (bracket) {
    ++at;
  } else if (text.substr(at).starts_with("、")) {
    at += 3;
  } else {
    return;
  }
  const auto date = at < text.size() ? ReadDate(text, at) : std::nullopt;
  if (!date || date->year >= kRecent) {
    return;
  }
  const std::string_view rest = text.substr(date->end);
  const bool closed = bracket ? rest.starts_with(')') : rest.starts_with("です") || rest.starts_with("。");
  if (closed) {
    out->push_back({DataType::kDateOfBirth, at, date->end, date->Iso(), bracket ? 76 : 0, 76});
  }
}

// "性别：": a short word that a colon follows.
bool IsBeforeColon(std::string_view text, std::size_t at) {
  for (std::size_t characters = 0; characters < 7 && at < text.size(); ++characters) {
    if (text[at] == ':' || text.substr(at).starts_with("：")) {
      return characters > 0;
    }
    const CodePoint c = DecodeAt(text, at);
    if (!IsKanji(c.value) && !IsHiragana(c.value) && !IsKatakanaLetter(c.value) && !IsHangul(c.value)) {
      return false;
    }
    at += c.bytes;
  }
  return false;
}

// The name that begins at `at`, behind a label: where it ends, or `at`.
std::size_t NameEnd(std::string_view text, std::size_t at, bool needs_surname) {
  std::size_t end = at;
  std::size_t characters = 0;
  std::size_t kanji = 0;
  std::size_t hiragana = 0;
  std::size_t katakana = 0;
  std::size_t hangul = 0;
  std::size_t blank_at = 0;
  while (end < text.size() && characters < 14) {
    const CodePoint c = DecodeAt(text, end);
    const bool is_kanji = IsKanji(c.value) && c.value != 0x30B1;
    if (c.value == U' ' || c.value == U'・') {
      const std::size_t next = end + c.bytes;
      const CodePoint after = next < text.size() ? DecodeAt(text, next) : CodePoint{};
      const bool goes_on =
          IsKanji(after.value) || IsHiragana(after.value) || IsKatakanaLetter(after.value) || IsHangul(after.value);
      if (blank_at != 0 || characters == 0 || !goes_on) {
        break;
      }
      // The word behind a blank may be the next label ("氏名 山田太郎 年齢 30", "姓名：林晓雯　性别：女").
      if (LabelAt(text, next) != nullptr || IsBeforeColon(text, next) ||
          StartsWithAny(text.substr(next), std::to_array<std::string_view>(
                                               {"年齢", "性別", "様", "殿", "男", "女", "年", "歳", "남", "여"}))) {
        break;
      }
      blank_at = end;
      end = next;
      continue;
    }
    if (!is_kanji && !IsHiragana(c.value) && !IsKatakanaLetter(c.value) && !IsHangul(c.value)) {
      break;
    }
    kanji += is_kanji ? 1 : 0;
    hiragana += IsHiragana(c.value) ? 1 : 0;
    katakana += !is_kanji && IsKatakanaLetter(c.value) ? 1 : 0;
    hangul += IsHangul(c.value) ? 1 : 0;
    ++characters;
    end += c.bytes;
  }
  std::string_view run = text.substr(at, end - at);
  for (const std::string_view title : {"様", "さん", "さま", "殿", "氏", "先生", "님", "씨", "女士", "小姐", "君"}) {
    if (run.size() > title.size() + 3 && run.ends_with(title)) {
      run.remove_suffix(title.size());
      while (run.ends_with(' ')) {
        run.remove_suffix(1);
      }
      break;
    }
  }
  // What a sentence puts behind a name.
  for (const std::string_view ending : {"です", "でした", "となります", "になります", "と申します", "といいます",
                                        "でございます", "입니다", "にて", "から", "より"}) {
    if (run.size() > ending.size() + 3 && run.ends_with(ending)) {
      run.remove_suffix(ending.size());
      hiragana = 0;
      break;
    }
  }
  characters = CountCharacters(run);
  if (characters < 2 || HoldsAny(run, kNoPerson)) {
    return at;
  }
  if (hangul > 0) {
    return hangul <= 5 && kanji + hiragana + katakana == 0 && KoreanSurname(run) > 0 && characters >= 2 &&
                   characters <= 5
               ? at + run.size()
               : at;
  }
  if (katakana > 0 && kanji == 0 && hiragana == 0) {
    const bool two_words = blank_at != 0 || run.find("・") != std::string_view::npos;
    return (two_words && characters >= 4) || (!needs_surname && characters >= 3 && characters <= 10) ? at + run.size()
                                                                                                     : at;
  }
  if (hiragana > 0 && kanji == 0) {
    return blank_at != 0 && characters >= 4 ? at + run.size() : at;
  }
  const std::string_view name = WholeName(run, true);
  if (!name.empty() && CountCharacters(name) >= 2) {
    return at + name.size();
  }
  if (ChineseSurname(run) > 0 && hiragana + katakana == 0 && characters >= 2 && characters <= 4 && blank_at == 0) {
    return at + run.size();
  }
  // Surnames that no list has: two words of kanji, or a short run behind a label that says nothing but "name".
  const bool two_words = blank_at != 0 && hiragana <= 3;
  return !needs_surname && (two_words || (hiragana + katakana == 0 && characters >= 3)) && characters <= 7
             ? at + run.size()
             : at;
}

// "Taro Yamada", "YAMADA Taro", "Mary-Jane O'Neill": two to four words with capitals.
// Behind a title one word will do, and a comma ends it: "Dear Mr. Whitfield, …".
std::size_t LatinNameEnd(std::string_view text, std::size_t at, bool behind_title = false) {
  constexpr auto kAddressed = std::to_array<std::string_view>(
      {"president",  "chair", "chairman", "chairwoman", "chairperson", "speaker", "secretary", "minister",
       "ambassador", "mayor", "director", "manager",    "or",          "and",     "right",     "wrong",
       "big",        "who",   "no",       "yes",        "sir",         "madam"});
  constexpr auto kNoName = std::to_array<std::string_view>(
      {"the",    "and",        "of",       "please",   "company", "inc",      "ltd",     "llc",     "corp",
       "co",     "university", "bank",     "address",  "phone",   "email",    "date",    "number",  "id",
       "name",   "department", "dept",     "street",   "road",    "ave",      "order",   "invoice", "not",
       "new",    "null",       "none",     "tbd",      "unknown", "required", "file",    "project", "product",
       "server", "group",      "team",     "support",  "sales",   "customer", "service", "ssn",     "dob",
       "tel",    "card",       "passport", "account",  "mr",      "mrs",      "ms",      "dr",      "general",
       "office", "center",     "school",   "hospital", "hotel",   "systems",  "trading"});
  std::size_t end = at;
  std::size_t words = 0;
  std::size_t place = at;
  while (words < 4 && place < text.size() && IsUpper(text[place])) {
    std::size_t word_end = place;
    while (word_end < text.size() &&
           (IsAsciiLetter(text[word_end]) || text[word_end] == '\'' || text[word_end] == '-')) {
      ++word_end;
    }
    std::string lower(text.substr(place, word_end - place));
    std::transform(lower.begin(), lower.end(), lower.begin(), LowerAscii);
    if (std::find(kNoName.begin(), kNoName.end(), lower) != kNoName.end() || word_end - place > 20 ||
        (behind_title && std::find(kAddressed.begin(), kAddressed.end(), lower) != kAddressed.end()) ||
        (word_end < text.size() && (IsDigit(text[word_end]) || text[word_end] == '_' || text[word_end] == '@'))) {
      break;
    }
    // "T." between two names.
    if (word_end - place == 1 && word_end < text.size() && text[word_end] == '.') {
      ++word_end;
    }
    ++words;
    end = word_end;
    place = word_end;
    const bool comma = place < text.size() && text[place] == ',' && words == 1 && !behind_title;  // "Yamada, Taro"
    place += comma ? 1 : 0;
    if (place >= text.size() || text[place] != ' ') {
      break;
    }
    ++place;
  }
  return words >= 2 || (behind_title && words == 1 && end - at >= 3) ? end : at;
}

// "NGUYEN VAN MINH": two to four words of capitals that end at `end` and begin their line or its item; where they
// begin, or `end`.
std::size_t CapitalNameBegin(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  std::size_t words = 0;
  while (begin > 0 && words < 5) {
    std::size_t word = begin;
    while (word > 0 && IsUpper(text[word - 1])) {
      --word;
    }
    if (begin - word < 2 || begin - word > 16) {
      break;
    }
    ++words;
    begin = word;
    if (begin < 2 || text[begin - 1] != ' ' || !IsUpper(text[begin - 2])) {
      break;
    }
    --begin;
  }
  const std::string_view before = text.substr(0, begin);
  const bool opens = before.empty() || before.ends_with('\n') || before.ends_with(". ") || before.ends_with(") ") ||
                     before.ends_with("・") || before.ends_with("- ") || before.ends_with('\t') ||
                     before.ends_with(',');
  return opens && words >= 2 && words <= 4 ? begin : end;
}

void BehindLabel(std::string_view text, std::size_t label_begin, const Label& label, Candidates* out) {
  std::size_t at = label_begin + label.text.size();
  const bool latin_label = IsAsciiLetter(label.text.front());
  if (latin_label && label_begin > 1 && text[label_begin - 1] == ' ' && IsAsciiLetter(text[label_begin - 2])) {
    return;  // "file name", "user name"
  }
  if (label_begin > 0 &&
      (text[label_begin - 1] == '.' || text[label_begin - 1] == '@' || text[label_begin - 1] == '"')) {
    if (text[label_begin - 1] != '"') {
      return;
    }
  }
  // Brackets behind a label belong to it: "氏名（漢字）".
  for (const char open : {'(', '['}) {
    if (at < text.size() && text[at] == open) {
      const std::size_t close = text.find(open == '(' ? ')' : ']', at);
      if (close != std::string_view::npos && close - at < 30) {
        at = close + 1;
      }
    }
  }
  bool separated = false;
  bool line_break = false;
  const std::size_t limit = std::min(text.size(), at + 16);
  while (at < limit) {
    const char c = text[at];
    if (c == ':' || c == '=' || c == '|' || c == '\t' || c == '"' || c == '>') {
      separated = true;
      ++at;
    } else if (c == ' ' || c == '\r') {
      ++at;
    } else if (c == '\n' && !line_break) {
      line_break = true;
      ++at;
    } else if (text.substr(at).starts_with("：") || text.substr(at).starts_with("は") ||
               text.substr(at).starts_with("為") || text.substr(at).starts_with("是") ||
               text.substr(at).starts_with("为") || text.substr(at).starts_with("】") ||
               text.substr(at).starts_with("』") || text.substr(at).starts_with("」") ||
               text.substr(at).starts_with("、") || text.substr(at).starts_with("│")) {
      separated = separated || !text.substr(at).starts_with("、");
      at += 3;
    } else {
      break;
    }
  }
  const bool blank = at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n');
  if ((!separated && !blank) || at >= text.size()) {
    return;
  }
  // "担当者" and the like stand before companies and departments as well, and a blank says less than a colon.
  const bool strong = label.text.find("氏名") != std::string::npos || label.text == "お名前" || label.text == "姓名" ||
                      label.text == "患者名" || label.text.find("フリガナ") != std::string::npos ||
                      label.text.find("カナ") != std::string::npos || label.text.find("名義") != std::string::npos ||
                      label.text == "성명" || label.text == "이름";
  if (IsAsciiLetter(text[at])) {
    const std::size_t end = separated || (strong && !latin_label) ? LatinNameEnd(text, at) : at;
    if (end > at) {
      Add(text, at, end, kByLabel, out);
    }
    return;
  }
  const std::size_t end = LabelAt(text, at) != nullptr ? at : NameEnd(text, at, !strong || !separated);
  if (end > at) {
    Add(text, at, end, kByLabel, out);
  }
}

// "Mr. John Smith"
void BehindLatinTitle(std::string_view text, std::size_t at, Candidates* out) {
  if (at > 0 && IsWordByte(text[at - 1])) {
    return;
  }
  for (const std::string_view title : {"Mr.", "Mrs.", "Ms.", "Dr.", "Mr", "Mrs", "Ms", "Dr"}) {
    const std::size_t begin = at + title.size() + 1;
    if (text.substr(at).starts_with(title) && begin < text.size() && text[begin - 1] == ' ') {
      const std::size_t end = LatinNameEnd(text, begin, true);
      if (end > begin) {
        Add(text, begin, end, kFullNameByTitle, out);
      }
      return;
    }
  }
}

// "王小明先生", "李女士", "김민수 님"
void ChineseOrKoreanTitle(std::string_view text, std::size_t at, Candidates* out) {
  const std::string_view here = text.substr(at);
  const bool korean = here.starts_with("님") || here.starts_with("씨");
  if (!korean && !here.starts_with("先生") && !here.starts_with("女士") && !here.starts_with("小姐")) {
    return;
  }
  std::size_t end = at;
  if (korean && end > 0 && text[end - 1] == ' ') {
    --end;
  }
  // Two or three characters with an edge before them.
  for (const std::size_t characters : {4U, 3U, 2U}) {
    const std::size_t begin = CharactersBefore(text, end, characters);
    const std::string_view name = text.substr(begin, end - begin);
    if (CountCharacters(name) != characters || name.find_first_of(" \n\t:,") != std::string_view::npos) {
      continue;
    }
    const char32_t before = begin > 0 ? DecodeAt(CharacterBefore(text, begin), 0).value : U' ';
    bool all = true;
    for (std::size_t i = 0; i < name.size(); i += DecodeAt(name, i).bytes) {
      const char32_t c = DecodeAt(name, i).value;
      all = all && (korean ? IsHangul(c) : IsKanji(c));
    }
    // "请联系李建国先生": a verb or preposition ends before the name.
    constexpr std::u32string_view kBefore =
        U"系给給由向请請和与與及是为為到叫找问問跟让讓对對的人员員理师師任长長工户戶客";
    const bool edge =
        korean ? !IsHangul(before) : !IsKanji(before) || kBefore.find(before) != std::u32string_view::npos;
    const std::size_t surname = korean ? KoreanSurname(name) : ChineseSurname(name);
    if (all && edge && surname > 0 && surname < name.size() && !HoldsAny(name, kNoPerson) &&
        (korean ? characters == 3 : characters <= 3 || surname == 6)) {
      Add(text, begin, end, kFullNameByTitle, out);
      return;
    }
  }
}

}  // namespace

void FindNameBesideTitle(std::string_view text, std::size_t at, Candidates* out) {
  const std::string_view here = text.substr(at);
  if (IsAsciiLetter(here.front())) {
    BehindLatinTitle(text, at, out);
    return;
  }
  for (const Title& title : kTitles) {
    if (!here.starts_with(title.text)) {
      continue;
    }
    const std::string_view behind = here.substr(title.text.size());
    const bool other_word =
        std::any_of(title.not_before.begin(), title.not_before.end(),
                    [behind](std::string_view word) { return !word.empty() && behind.starts_with(word); });
    if (!other_word) {
      const std::size_t before = out->size();
      BeforeTitle(text, at, out);
      if (out->size() > before) {
        BirthdayBehindTitle(text, at + title.text.size(), out);
      }
    }
    break;
  }
  if (here.starts_with("宛") && !here.starts_with("宛先") && !here.starts_with("宛名")) {
    if (const std::size_t begin = ListedNameBegin(text, at, true); begin < at) {
      Add(text, begin, at, kByTitle, out);
    }
  }
  ChineseOrKoreanTitle(text, at, out);
}

void FindNameBesideOffice(std::string_view text, std::size_t at, Candidates* out) {
  BeforeOffice(text, at, out);
  BehindRole(text, at, out);
}

void FindNameBefore(std::string_view text, const Candidate& datum, Candidates* out) {
  constexpr TypeMask kOwn = MaskOf(DataType::kMyNumber) | MaskOf(DataType::kDriverLicense) |
                            MaskOf(DataType::kPensionNumber) | MaskOf(DataType::kPassport) |
                            MaskOf(DataType::kResidenceCard) | MaskOf(DataType::kDateOfBirth) |
                            MaskOf(DataType::kEmailAddress);
  const bool mobile = datum.type == DataType::kPhoneNumber && datum.normalized.size() == 11 &&
                      (datum.normalized.starts_with("090") || datum.normalized.starts_with("080") ||
                       datum.normalized.starts_with("070"));
  const bool own = mobile || (MaskOf(datum.type) & kOwn) != 0;
  if (!own && datum.type != DataType::kPhoneNumber && datum.type != DataType::kAddress) {
    return;
  }
  // "ISHIKAWA DAISUKE  TK1234567": as it stands in a passport.
  if (datum.type == DataType::kPassport || datum.type == DataType::kResidenceCard) {
    std::size_t end = datum.begin;
    while (end > 0 && text[end - 1] == ' ') {
      --end;
    }
    const std::size_t begin = end < datum.begin ? CapitalNameBegin(text, end) : end;
    if (begin < end) {
      Add(text, begin, end, kByLabel, out);
      return;
    }
  }
  // "志村（090-…", "長嶋 文雄（住所 岐阜県…", "遠山の携帯番号は 070-…": at most a word between.
  std::size_t at = datum.begin;
  for (std::size_t characters = 0; characters < 10 && at > 0; ++characters) {
    const std::string_view before = CharacterBefore(text, at);
    if (before == "\n" || before == "、" || before == "。" || before == ")" || IsDigit(before.front())) {
      return;
    }
    at -= before.size();
    if (before == "(" || (before == "の" && own)) {
      const std::size_t begin = ListedNameBegin(text, at, own);
      if (begin < at) {
        Add(text, begin, at, kByTitle, out);
      }
      return;
    }
  }
}

void FindNameBehindAddress(std::string_view text, std::size_t end, Candidates* out) {
  std::size_t at = end;
  while (at < text.size() && text[at] == ' ' && at - end < 4) {
    ++at;
  }
  const std::size_t surname = at > end ? JapaneseSurname(text.substr(at, 32), false) : 0;
  const std::size_t given = at + surname + 1;
  if (surname == 0 || given >= text.size() || text[given - 1] != ' ') {
    return;
  }
  std::size_t name_end = given;
  for (std::size_t kanji = 0; kanji < 3 && name_end < text.size() && IsKanji(DecodeAt(text, name_end).value); ++kanji) {
    name_end += DecodeAt(text, name_end).bytes;
  }
  const std::string_view behind = text.substr(name_end);
  const bool ends = behind.empty() || behind.front() == '\n' || behind.front() == '\r' || behind.starts_with("様") ||
                    behind.starts_with(" 様");
  if (name_end > given && ends && !HoldsAny(text.substr(at, name_end - at), kNoPerson)) {
    Add(text, at, name_end, kFullNameByTitle, out);
  }
}

void FindNameBehindLabel(std::string_view text, std::size_t at, Candidates* out) {
  // The label that holds this place may begin some characters before ("被保険者氏名", "account holder name").
  const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
  for (std::size_t back = ascii ? 12 : 7; back + 1 > 0; --back) {
    const std::size_t begin = CharactersBefore(text, at, back);
    const Label* label = LabelAt(text, begin);
    if (label != nullptr && (label->says & MaskOf(DataType::kPersonName)) != 0 && begin + label->text.size() > at) {
      BehindLabel(text, begin, *label, out);
      return;
    }
  }
}

std::optional<Candidate> PersonNameInCell(std::string_view cell) {
  if (cell.empty() || LabelAt(cell, 0) != nullptr) {
    return std::nullopt;
  }
  const std::size_t end = IsAsciiLetter(cell.front()) ? LatinNameEnd(cell, 0) : NameEnd(cell, 0, false);
  const std::string_view rest = cell.substr(end);
  if (end == 0 || (!rest.empty() && !rest.starts_with("様") && !rest.starts_with(" ") && !rest.starts_with("(") &&
                   !rest.starts_with("さん") && !rest.starts_with("殿"))) {
    return std::nullopt;
  }
  Candidates found;
  Add(cell, 0, end, kByLabel, &found);
  return found.front();
}

}  // namespace lastlook::detect
