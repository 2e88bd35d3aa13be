// SPDX-License-Identifier: MPL-2.0
#include "detect/greeting.h"

#include <algorithm>
#include <array>
#include <span>

#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

using std::string_view;

constexpr std::size_t kMostLines = 5;
constexpr std::size_t kLongestLine = 200;  // bytes; a longer one is no salutation

bool ContainsAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.find(word) != text.npos; });
}

bool StartsWithAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.starts_with(word); });
}

string_view Trim(string_view text) {
  constexpr string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == string_view::npos ? string_view() : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Words with "様" and "さん" in them that name nobody.
constexpr std::array<string_view, 36> kNobody = {
    "お疲れ様", "おつかれ様", "ご苦労様", "お世話様", "お客様",     "皆様",     "みな様",   "皆さん",   "みなさん",
    "皆さま",   "みなさま",   "奥様",     "仕様",     "同様",       "模様",     "様々",     "様式",     "様子",
    "神様",     "多様",       "お陰様",   "おかげ様", "ご馳走様",   "何様",     "左様",     "王様",     "ご担当者様",
    "担当者様", "ご担当様",   "関係者様", "お得意様", "お取引先様", "取引先様", "たくさん", "お父さん", "お母さん"};
constexpr std::array<string_view, 24> kEverybody = {
    "各位",     "皆様",     "皆さま",    "みなさま",       "みな様",     "皆さん",     "みなさん", "御中",
    "担当者様", "ご担当様", "関係者様",  "お客様",         "お取引先様", "取引先様",   "dear all", "dear team",
    "hi all",   "hi team",  "hello all", "hello everyone", "dear sir",   "dear madam", "to whom",  "各位同事"};
// Prose, not the line of an addressee.
constexpr std::array<string_view, 12> kProse = {"。",   "ます",   "です", "ました", "ください", "について",
                                                "ので", "ません", "では", "から",   "様に",     "様の"};

// Titles between a name and its honorific.
constexpr std::array<string_view, 24> kTitles = {
    "代表取締役社長", "代表取締役", "取締役",   "執行役員", "副社長", "社長", "会長",         "専務",
    "常務",           "本部長",     "事業部長", "部長代理", "部長",   "次長", "課長代理",     "課長",
    "係長",           "主任",       "室長",     "所長",     "支店長", "店長", "マネージャー", "リーダー"};
constexpr std::array<string_view, 6> kHonorifics = {"様", "さま", "さん", "先生", "殿", "氏"};

bool IsNameCharacter(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || c == 0x3005 || (c >= U'a' && c <= U'z') ||
         c == U'.' || c == U'-' || (c >= 0xC0 && c < 0x250) || (c >= 0xF900 && c < 0xFB00);
}

// The run of characters of names that ends at `end`, not reaching before `least`.
std::size_t NameBegin(string_view text, std::size_t end, std::size_t least) {
  std::size_t begin = end;
  while (begin > least) {
    std::size_t at = begin - 1;
    while (at > least && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
      --at;
    }
    if (!IsNameCharacter(DecodeAt(text, at).value)) {
      break;
    }
    begin = at;
  }
  return begin;
}

void ReadJapaneseLine(std::size_t line_begin, string_view line, Greeting* greeting) {
  const bool is_prose_line = ContainsAny(line, kProse);
  std::size_t least = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const auto* honorific = std::find_if(kHonorifics.begin(), kHonorifics.end(),
                                         [rest = line.substr(at)](string_view word) { return rest.starts_with(word); });
    if (honorific == kHonorifics.end()) {
      continue;
    }
    const std::size_t end = at + honorific->size();
    const string_view rest = line.substr(end);
    const string_view after = Trim(rest);
    const bool ends_name = after.empty() || after.starts_with("、") || after.starts_with(",") ||
                           after.starts_with("(") || after.starts_with("/") || after.starts_with("・") ||
                           after.starts_with("へ") || after.starts_with("cc") ||
                           (rest.starts_with(" ") && !is_prose_line);
    if (!ends_name) {
      continue;
    }
    if (ContainsAny(line.substr(0, end), kNobody) && std::any_of(kNobody.begin(), kNobody.end(), [&](string_view word) {
          return line.substr(0, end).ends_with(word);
        })) {
      least = end;
      continue;
    }
    // "山田部長様", "山田 太郎 様"
    std::size_t name_end = at;
    const auto trim_back = [&] {
      while (name_end > least && line[name_end - 1] == ' ') {
        --name_end;
      }
    };
    trim_back();
    for (const string_view title : kTitles) {
      if (line.substr(least, name_end - least).ends_with(title) && name_end - least > title.size()) {
        name_end -= title.size();
        trim_back();
        break;
      }
    }
    const std::size_t last = NameBegin(line, name_end, least);
    if (last == name_end) {
      least = end;
      continue;
    }
    Addressee who;
    who.names.emplace_back(line.substr(last, name_end - last));
    std::size_t first = last;
    std::size_t before = last;  // the end of the word in front
    while (before > least && line[before - 1] == ' ') {
      --before;
    }
    if (before < last && before > least) {  // a word in front: the surname, or the company
      first = NameBegin(line, before, least);
      if (first < before) {
        who.names.emplace_back(line.substr(first, before - first));
        who.names.push_back(who.names[1] + who.names[0]);
      }
    }
    constexpr std::size_t kLongestName = 48;
    if (who.names[0].size() <= kLongestName && !(is_prose_line && after.empty())) {
      constexpr std::size_t kLongestSurname = 9;  // bytes: three kanji; anything longer is a company
      who.begin = line_begin + (first < before && before - first <= kLongestSurname ? first : last);
      who.end = line_begin + end;
      greeting->people.push_back(std::move(who));
    }
    least = end;
  }
}

constexpr std::array<string_view, 12> kEnglish = {
    "dear ",          "hi ",        "hello ", "hey ",    "good morning ", "good afternoon ", "good evening ",
    "good morning, ", "greetings ", "hi, ",   "hello, ", "attn: "};
constexpr std::array<string_view, 14> kEnglishTitles = {"mr. ",       "mr ",   "mrs. ", "mrs ",  "ms. ",
                                                        "ms ",        "miss ", "dr. ",  "dr ",   "prof. ",
                                                        "professor ", "sir ",  "mx. ",  "madam "};
constexpr std::array<string_view, 27> kEnglishNobody = {
    "all",        "team",     "desk",  "everyone", "everybody", "sir",      "madam",  "sirs", "colleague",
    "colleagues", "customer", "there", "folks",    "guys",      "friends",  "friend", "both", "sir/madam",
    "hiring",     "support",  "sales", "members",  "customers", "partners", "again",  "from", "and"};

void ReadEnglishLine(std::size_t line_begin, string_view line, Greeting* greeting) {
  const auto* salutation =
      std::find_if(kEnglish.begin(), kEnglish.end(), [line](string_view word) { return line.starts_with(word); });
  if (salutation == kEnglish.end()) {
    return;
  }
  std::size_t begin = salutation->size();
  std::size_t end = begin;
  while (end < line.size() && string_view(",:!-;.").find(line[end]) == string_view::npos) {
    ++end;
  }
  if (end < line.size() && line[end] == '.') {  // "Dear Mr. Smith,"
    const std::size_t more = line.find_first_of(",:!", end);
    end = more == string_view::npos ? line.size() : more;
  }
  string_view names = Trim(line.substr(begin, end - begin));
  if (names.empty() || names.size() > 60 || (end == line.size() && std::count(names.begin(), names.end(), ' ') > 3)) {
    return;
  }
  while (!names.empty()) {
    const std::size_t split = names.find(" and ");
    string_view one = Trim(names.substr(0, split));
    for (const string_view title : kEnglishTitles) {
      if (one.starts_with(title)) {
        one = Trim(one.substr(title.size()));
        break;
      }
    }
    Addressee who;
    who.begin = line_begin + begin;
    who.end = line_begin + end;
    bool is_nobody = false;
    for (std::size_t at = 0; at < one.size();) {
      const std::size_t stop = std::min(one.find(' ', at), one.size());
      const string_view word = one.substr(at, stop - at);
      is_nobody = is_nobody || std::find(kEnglishNobody.begin(), kEnglishNobody.end(), word) != kEnglishNobody.end();
      if (word.size() > 1) {
        who.names.emplace_back(word);
      }
      at = stop + 1;
    }
    if (is_nobody) {
      greeting->everybody = true;
    } else if (!who.names.empty()) {
      greeting->people.push_back(std::move(who));
    }
    names = split == string_view::npos ? string_view() : names.substr(split + 5);
  }
}

// "尊敬的李先生：", "李经理，您好", "王女士："
void ReadChineseLine(std::size_t line_begin, string_view line, Greeting* greeting) {
  static constexpr std::array<string_view, 12> kTitlesZh = {"先生", "女士", "小姐", "经理", "總經理", "总经理",
                                                            "老师", "總監", "总监", "主任", "总",     "教授"};
  static constexpr std::array<string_view, 5> kOpenings = {"尊敬的", "敬爱的", "亲爱的", "敬启者", "尊敬的各位"};
  std::size_t begin = 0;
  bool is_formal = false;
  for (const string_view opening : kOpenings) {
    if (line.starts_with(opening)) {
      begin = opening.size();
      is_formal = true;
      break;
    }
  }
  for (const string_view title : kTitlesZh) {
    const std::size_t at = line.find(title, begin);
    if (at == string_view::npos || at == begin || at - begin > 12) {
      continue;
    }
    const string_view after = Trim(line.substr(at + title.size()));
    const bool closes = after.empty() ? is_formal
                                      : after.starts_with(":") || after.starts_with(",") || after.starts_with("您好") ||
                                            after.starts_with("你好") || after.starts_with("，");
    if (closes) {
      greeting->people.push_back(
          {line_begin + begin, line_begin + at + title.size(), {std::string(line.substr(begin, at - begin))}});
      return;
    }
  }
}

}  // namespace

Greeting FindGreeting(string_view folded) {
  Greeting greeting;
  std::size_t lines = 0;
  for (std::size_t begin = 0; begin < folded.size() && lines < kMostLines;) {
    const std::size_t end = std::min(folded.find('\n', begin), folded.size());
    const string_view whole = folded.substr(begin, end - begin);
    const string_view line = Trim(whole);
    const std::size_t line_begin = line.empty() ? begin : begin + static_cast<std::size_t>(line.data() - whole.data());
    begin = end + 1;
    if (line.empty()) {
      continue;
    }
    ++lines;
    if (line.size() > kLongestLine) {
      continue;
    }
    greeting.everybody = greeting.everybody || (ContainsAny(line, kEverybody) &&
                                                !ContainsAny(line, std::array<string_view, 2>{"ます", "です"}));
    const std::size_t before = greeting.people.size();
    ReadJapaneseLine(line_begin, line, &greeting);
    if (greeting.people.size() == before) {
      ReadEnglishLine(line_begin, line, &greeting);
    }
    if (greeting.people.size() == before) {
      ReadChineseLine(line_begin, line, &greeting);
    }
  }
  return greeting;
}

bool IsSalutation(string_view folded_line) {
  static constexpr std::array<string_view, 20> kPhrases = {"お世話になっております",
                                                           "お世話になります",
                                                           "いつもお世話になっております",
                                                           "お疲れ様です",
                                                           "お疲れさまです",
                                                           "おつかれさまです",
                                                           "こんにちは",
                                                           "拝啓",
                                                           "いつも大変お世話になっております",
                                                           "平素より",
                                                           "はじめまして",
                                                           "初めまして",
                                                           "您好",
                                                           "你好",
                                                           "大家好",
                                                           "hello",
                                                           "hi",
                                                           "good morning",
                                                           "good afternoon",
                                                           "i hope this"};
  const string_view line = Trim(folded_line);
  if (line.empty() || line.size() > kLongestLine) {
    return false;
  }
  if (StartsWithAny(line, kPhrases)) {
    // "こんにちは、資料の件です。" goes on.
    const std::size_t stop = line.find("。");
    return stop == string_view::npos ? line.size() <= 60 && line.find("、") == string_view::npos
                                     : stop + 3 >= line.size();
  }
  const Greeting greeting = FindGreeting(line);
  const bool is_line_of_names =
      !ContainsAny(line, kProse) && (line.find("、") == string_view::npos || line.size() < 60);
  return (!greeting.people.empty() || greeting.everybody) && is_line_of_names && line.size() <= 120;
}

bool IsClosing(string_view folded_line) {
  static constexpr std::array<string_view, 24> kPhrases = {
      "よろしくお願い",   "宜しくお願い", "何卒よろしく", "何卒宜しく", "どうぞよろしく", "引き続きよろしく",
      "今後ともよろしく", "以上",         "敬具",         "取り急ぎ",   "草々",           "best regards",
      "kind regards",     "regards",      "best",         "sincerely",  "yours",          "thanks",
      "thank you",        "cheers",       "此致",         "敬礼",       "谢谢",           "祝好"};
  const string_view line = Trim(folded_line);
  constexpr std::size_t kLongest = 90;
  return !line.empty() && line.size() <= kLongest && StartsWithAny(line, kPhrases);
}

}  // namespace lastlook::detect
