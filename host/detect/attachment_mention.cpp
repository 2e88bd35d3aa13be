// SPDX-License-Identifier: MPL-2.0
#include "detect/attachment_mention.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detect/sentences.h"
#include "detect/word_finder.h"

namespace lastlook::detect {
namespace {

using std::string_view;

// What a piece of a sentence says.
enum class Sign : unsigned char {
  kAttached,  // says outright that the sender attached something: "添付いたします", "please find attached"
  kSending,   // the sender sends: "お送りします"; needs a thing that can be a file
  kReceive,   // "ご査収": said of what comes along
  kNoun,      // names the attachment: "添付の", "the attached", "附件"; something else may be said of it
  kThing,     // what a file can be: "見積書", "report"
  kLook,      // "ご確認", "ご覧"
  kThanksOrTrouble,  // thanks for it, has received it, cannot open it
  kAsked,            // asks the other for it, or says it is not there
  kElsewhere,        // sent another day or another way
  kDoubt,            // asks whether, or says if
};

struct Entry {
  std::string text;
  Sign sign;
};

constexpr std::array<string_view, 6> kAttachStems = {"添付", "添附", "同封", "別添", "お付け", "貼付"};
constexpr std::array<string_view, 18> kSendStems = {"送付", "お送り", "送信",   "提出",   "共有",   "転送",
                                                    "返送", "再送",   "お届け", "ご提出", "ご送付", "ご案内",
                                                    "提示", "ご提示", "送ら",   "送り",   "発送",   "お渡し"};
constexpr std::array<string_view, 18> kOwnEndings = {
    "します",       "致します",   "いたします",   "しました",         "いたしました", "致しました",
    "しております", "しています", "しておきます", "しておきました",   "させていただ", "させて頂",
    "申し上げ",     "ます",       "ました",       "いたしております", "いたしたく",   "したく"};
constexpr std::array<string_view, 24> kAskedEndings = {
    "してください", "して下さい", "ください", "下さい",   "していただ", "して頂",       "いただ", "頂",
    "をお願い",     "お願い",     "してもら", "して欲し", "してほし",   "の上",         "のうえ", "してご返",
    "願います",     "願えま",     "してくれ", "は可能",   "が必要",     "していただけ", "を依頼", "のお願い"};
constexpr std::array<string_view, 22> kMissingEndings = {
    "不要",         "は不要",         "なし",           "無し",           "は無し",       "はなし",
    "はありません", "はございません", "していません",   "しておりません", "できません",   "できず",
    "しません",     "せずに",         "しないで",       "がない",         "がありません", "がございません",
    "が無",         "をお忘れ",       "されていません", "を忘れ"};
constexpr std::array<string_view, 4> kDoubtEndings = {"しますか", "しましょうか", "ましょうか", "しましたでしょうか"};

void AddComposites(std::vector<Entry>* entries) {
  const auto add = [entries](string_view stem, const auto& endings, Sign sign) {
    for (const string_view ending : endings) {
      entries->push_back({std::string(stem) + std::string(ending), sign});
    }
  };
  for (const string_view stem : kAttachStems) {
    add(stem, kOwnEndings, Sign::kAttached);
    add(stem, kAskedEndings, Sign::kAsked);
    add(stem, kMissingEndings, Sign::kAsked);
    add(stem, kDoubtEndings, Sign::kDoubt);
    for (const string_view ending : {"です", "となります", "になります", "にて", "まで", "してお送り", "し、お送り"}) {
      entries->push_back({std::string(stem) + std::string(ending), Sign::kAttached});
    }
    for (const string_view ending : {"の", "ファイル", "資料", "書類", "をご", "データ", "図", "表"}) {
      entries->push_back({std::string(stem) + std::string(ending), Sign::kNoun});
    }
  }
  // "別紙のとおり", "別紙1をご覧", "添付2の通り"
  for (const string_view sheet : {"別紙", "別添", "添付"}) {
    for (const string_view number : {"", "1", "2", "3", "4", "5", "一", "二", "三", "①", "②", "③", "(1)", "(2)"}) {
      for (const string_view ending : {"のとおり", "の通り", "をご", "参照", "をご参照"}) {
        if (sheet == "別紙" || !number.empty() || ending == "のとおり" || ending == "の通り") {
          entries->push_back({std::string(sheet) + std::string(number) + std::string(ending), Sign::kAttached});
        }
      }
    }
  }
  for (const string_view stem : kSendStems) {
    add(stem, kOwnEndings, Sign::kSending);
    if (stem != "返送") {  // what is asked back was sent along: "添付の申請書にご記入のうえ、ご返送ください"
      add(stem, kAskedEndings, Sign::kAsked);
    }
    add(stem, kMissingEndings, Sign::kAsked);
    add(stem, kDoubtEndings, Sign::kDoubt);
    entries->push_back({std::string(stem) + "済み", Sign::kElsewhere});
    for (const string_view when :
         {"先日",   "前回",     "昨日",   "先ほど", "先程",           "先週",      "以前",   "明日",
          "来週",   "週明けに", "までに", "中に",   "明日には",       "日に",      "曜に",   "曜日に",
          ")に",    "末に",     "頃に",   "ごろに", "これまでどおり", "後日",      "後ほど", "のちほど",
          "追って", "郵送で",   "先に",   "別途",   "別便で",         "別メールで"}) {
      entries->push_back({std::string(when) + std::string(stem), Sign::kElsewhere});
    }
  }
}

constexpr auto kThings =
    std::to_array<string_view>({"資料",           "見積",         "請求書",         "契約書",
                                "契約案",         "議事録",       "報告書",         "報告",
                                "企画書",         "提案書",       "書類",           "ファイル",
                                "図面",           "写真",         "画像",           "スクリーンショット",
                                "スケジュール表", "カタログ",     "パンフレット",   "申込書",
                                "履歴書",         "経歴書",       "納品書",         "発注書",
                                "注文書",         "仕様書",       "一覧",           "リスト",
                                "データ",         "マニュアル",   "スライド",       "原稿",
                                "案内状",         "名簿",         "計画書",         "稟議書",
                                "領収書",         "証明書",       "地図",           "レポート",
                                "明細",           "様式",         "雛形",           "ひな形",
                                "テンプレート",   "ドラフト",     "素案",           "覚書",
                                "日程表",         "スケジュール", "予定表",         "回答書",
                                "検収書",         "説明書",       "案内図",         "図書",
                                "エクセル",       "ワード",       "パワーポイント", "pdf",
                                "excel",          "動画",         "コピー",         "控え",
                                "report",         "file",         "document",       "invoice",
                                "contract",       "quotation",    "quote",          "slides",
                                "deck",           "spreadsheet",  "draft",          "minutes",
                                "photo",          "picture",      "drawing",        "resume",
                                "form",           "proposal",     "presentation",   "agenda",
                                "brochure",       "copy",         "price list",     "certificate",
                                "文件",           "资料",         "报告",           "合同",
                                "报价单",         "发票",         "表格",           "名单",
                                "方案",           "图纸",         "照片",           "書を",
                                "案を",           "一覧表",       "比較表",         "料金表",
                                "価格表",         "座席表",       "工程表",         "集計表",
                                "招待状",         "案内文",       "規約",           "稿を",
                                "letter",         "schedule",     "notice",         "list",
                                "scan",           "screenshot",   "简历",           "产品目录",
                                "目录",           "清单",         "扫描件",         "数据",
                                "纪要",           "通知书",       "申请表",         "图片"});

struct Phrase {
  string_view text;
  Sign sign;
};

constexpr auto kPhrases = std::to_array<Phrase>({
    // Japanese
    {"添付が漏れて", Sign::kAttached},
    {"付けておき", Sign::kSending},
    {"付けました", Sign::kSending},
    {"つけました", Sign::kSending},
    {"つけておき", Sign::kSending},
    {"版を再送", Sign::kReceive},
    {"添付漏れ", Sign::kNoun},
    {"査収", Sign::kReceive},
    {"ご検収", Sign::kReceive},
    {"ご確認", Sign::kLook},
    {"ご覧", Sign::kLook},
    {"ご参照", Sign::kLook},
    {"参照", Sign::kLook},
    {"ご一読", Sign::kLook},
    {"ご高覧", Sign::kLook},
    {"お目通し", Sign::kLook},
    {"ご検討", Sign::kLook},
    {"ご記入", Sign::kLook},
    {"ご利用", Sign::kLook},
    {"お納め", Sign::kLook},
    {"ありがとう", Sign::kThanksOrTrouble},
    {"有難う", Sign::kThanksOrTrouble},
    {"感謝", Sign::kThanksOrTrouble},
    {"御礼", Sign::kThanksOrTrouble},
    {"お礼", Sign::kThanksOrTrouble},
    {"受領", Sign::kThanksOrTrouble},
    {"受け取", Sign::kThanksOrTrouble},
    {"拝受", Sign::kThanksOrTrouble},
    {"拝見", Sign::kThanksOrTrouble},
    {"届き", Sign::kThanksOrTrouble},
    {"届い", Sign::kThanksOrTrouble},
    {"開け", Sign::kThanksOrTrouble},
    {"開か", Sign::kThanksOrTrouble},
    {"開き", Sign::kThanksOrTrouble},
    {"文字化け", Sign::kThanksOrTrouble},
    {"見当たら", Sign::kThanksOrTrouble},
    {"承知", Sign::kThanksOrTrouble},
    {"了解", Sign::kThanksOrTrouble},
    {"かしこまり", Sign::kThanksOrTrouble},
    {"確認しました", Sign::kThanksOrTrouble},
    {"確認いたしました", Sign::kThanksOrTrouble},
    {"確認致しました", Sign::kThanksOrTrouble},
    {"されてい", Sign::kThanksOrTrouble},
    {"いただいた", Sign::kThanksOrTrouble},
    {"頂いた", Sign::kThanksOrTrouble},
    {"ご覧になりました", Sign::kDoubt},
    {"共有フォルダ", Sign::kElsewhere},
    {"紙の請求", Sign::kElsewhere},
    {"紙の契約", Sign::kElsewhere},
    {"紙媒体", Sign::kElsewhere},
    {"for attaching", Sign::kAsked},
    {"フォルダに", Sign::kElsewhere},
    {"フォルダー", Sign::kElsewhere},
    {"サーバ", Sign::kElsewhere},
    {"アップロード", Sign::kElsewhere},
    {"上書き", Sign::kElsewhere},
    {"郵送", Sign::kElsewhere},
    {"宅配", Sign::kElsewhere},
    {"宅急便", Sign::kElsewhere},
    {"郵便", Sign::kElsewhere},
    {"fax", Sign::kElsewhere},
    {"ファックス", Sign::kElsewhere},
    {"持参", Sign::kElsewhere},
    {"手渡し", Sign::kElsewhere},
    {"後日", Sign::kElsewhere},
    {"本日中に", Sign::kElsewhere},
    {"今日中に", Sign::kElsewhere},
    {"今週中に", Sign::kElsewhere},
    {"後ほど", Sign::kElsewhere},
    {"のちほど", Sign::kElsewhere},
    {"追って", Sign::kElsewhere},
    {"次第、", Sign::kElsewhere},
    {"次第お", Sign::kElsewhere},
    {"次第送", Sign::kElsewhere},
    {"次第ご", Sign::kElsewhere},
    {"別便", Sign::kElsewhere},
    {"別メール", Sign::kElsewhere},
    {"予定です", Sign::kElsewhere},
    {"する予定", Sign::kElsewhere},
    {"済みです", Sign::kElsewhere},
    {"済みとなって", Sign::kElsewhere},
    {"送らせていただ", Sign::kSending},
    {"送らせて頂", Sign::kSending},
    {"ましたら", Sign::kDoubt},
    {"でしたら", Sign::kDoubt},
    {"であれば", Sign::kDoubt},
    {"場合は", Sign::kDoubt},
    {"の場合", Sign::kDoubt},
    {"url", Sign::kElsewhere},
    {"リンク", Sign::kElsewhere},
    {"をいただけ", Sign::kAsked},
    {"を頂け", Sign::kAsked},
    {"送っていただ", Sign::kAsked},
    {"送って頂", Sign::kAsked},
    {"送ってください", Sign::kAsked},
    {"送って下さい", Sign::kAsked},
    {"送ってもら", Sign::kAsked},
    {"送ってくれ", Sign::kAsked},
    // English
    {"i attach", Sign::kAttached},
    {"i've attached", Sign::kAttached},
    {"i have attached", Sign::kAttached},
    {"i am attaching", Sign::kAttached},
    {"i'm attaching", Sign::kAttached},
    {"we attach", Sign::kAttached},
    {"we've attached", Sign::kAttached},
    {"we have attached", Sign::kAttached},
    {"we are attaching", Sign::kAttached},
    {"attaching", Sign::kAttached},
    {"please find", Sign::kAttached},
    {"find attached", Sign::kAttached},
    {"find enclosed", Sign::kAttached},
    {"pfa", Sign::kAttached},
    {"attached please", Sign::kAttached},
    {"attached is", Sign::kAttached},
    {"attached are", Sign::kAttached},
    {"attached you", Sign::kAttached},
    {"attached herewith", Sign::kAttached},
    {"attached for your", Sign::kAttached},
    {"attached below", Sign::kAttached},
    {"attached now", Sign::kAttached},
    {"attached to this", Sign::kAttached},
    {"attached to the mail", Sign::kAttached},
    {"attached to the e-mail", Sign::kAttached},
    {"attached to the email", Sign::kAttached},
    {"i forgot to attach", Sign::kAttached},
    {"forgot the attachment", Sign::kAttached},
    {"see attached", Sign::kAttached},
    {"see attachment", Sign::kAttached},
    {"as attached", Sign::kAttached},
    {"as an attachment", Sign::kAttached},
    {"in the attachment", Sign::kAttached},
    {"in attachment", Sign::kAttached},
    {"to the attachment", Sign::kAttached},
    {"i enclose", Sign::kAttached},
    {"we enclose", Sign::kAttached},
    {"i've enclosed", Sign::kAttached},
    {"i have enclosed", Sign::kAttached},
    {"enclosed please", Sign::kAttached},
    {"enclosed is", Sign::kAttached},
    {"enclosed are", Sign::kAttached},
    {"enclosed you", Sign::kAttached},
    {"is attached", Sign::kAttached},
    {"are attached", Sign::kAttached},
    {"the attached", Sign::kNoun},
    {"per the attached", Sign::kAttached},
    {"the attached file contains", Sign::kAttached},
    {"the attached shows", Sign::kAttached},
    {"very attached", Sign::kAsked},
    {"the enclosed", Sign::kNoun},
    {"attachment", Sign::kNoun},
    {"attached", Sign::kNoun},
    {"review", Sign::kLook},
    {"check", Sign::kLook},
    {"find", Sign::kLook},
    {"sign", Sign::kLook},
    {"see", Sign::kLook},
    {"look at", Sign::kLook},
    {"refer to", Sign::kLook},
    {"i am sending", Sign::kSending},
    {"i'm sending", Sign::kSending},
    {"resending", Sign::kSending},
    {"re-sending", Sign::kSending},
    {"sending again", Sign::kSending},
    {"we are sending", Sign::kSending},
    {"sending you", Sign::kSending},
    {"i am forwarding", Sign::kSending},
    {"i'm forwarding", Sign::kSending},
    {"i send you", Sign::kSending},
    {"here is the", Sign::kSending},
    {"here are the", Sign::kSending},
    {"here's the", Sign::kSending},
    {"here is my", Sign::kSending},
    {"here is our", Sign::kSending},
    {"thanks for", Sign::kThanksOrTrouble},
    {"thank you for", Sign::kThanksOrTrouble},
    {"received", Sign::kThanksOrTrouble},
    {"not open", Sign::kThanksOrTrouble},
    {"n't open", Sign::kThanksOrTrouble},
    {"unable to open", Sign::kThanksOrTrouble},
    {"you attached", Sign::kThanksOrTrouble},
    {"you sent", Sign::kThanksOrTrouble},
    {"your attach", Sign::kThanksOrTrouble},
    {"no attachment", Sign::kAsked},
    {"any attachment", Sign::kAsked},
    {"don't see", Sign::kAsked},
    {"do not see", Sign::kAsked},
    {"can't see", Sign::kAsked},
    {"cannot see", Sign::kAsked},
    {"didn't see", Sign::kAsked},
    {"can't find", Sign::kAsked},
    {"cannot find", Sign::kAsked},
    {"couldn't find", Sign::kAsked},
    {"without attachment", Sign::kAsked},
    {"not attached", Sign::kAsked},
    {"n't attached", Sign::kAsked},
    {"please attach", Sign::kAsked},
    {"please send", Sign::kAsked},
    {"please resend", Sign::kAsked},
    {"you attach", Sign::kAsked},
    {"need to attach", Sign::kAsked},
    {"how to attach", Sign::kAsked},
    {"if attached", Sign::kDoubt},
    {"should i attach", Sign::kDoubt},
    {"shall i attach", Sign::kDoubt},
    {"can i attach", Sign::kDoubt},
    {"may i attach", Sign::kDoubt},
    {"could i attach", Sign::kDoubt},
    {"must i attach", Sign::kDoubt},
    {"do i attach", Sign::kDoubt},
    {"if i attach", Sign::kDoubt},
    {"when i attach", Sign::kDoubt},
    {"before i attach", Sign::kDoubt},
    {"once i attach", Sign::kDoubt},
    {"until i attach", Sign::kDoubt},
    {"attached to the", Sign::kAsked},
    {"attached to a", Sign::kAsked},
    {"attached to her", Sign::kAsked},
    {"attached to his", Sign::kAsked},
    {"by post", Sign::kElsewhere},
    {"tomorrow", Sign::kElsewhere},
    {"later", Sign::kElsewhere},
    {"yesterday", Sign::kElsewhere},
    {"last week", Sign::kElsewhere},
    {"link", Sign::kElsewhere},
    // Chinese
    {"见附件", Sign::kAttached},
    {"見附件", Sign::kAttached},
    {"附上", Sign::kAttached},
    {"随附", Sign::kAttached},
    {"隨附", Sign::kAttached},
    {"随附件发", Sign::kAttached},
    {"附件如下", Sign::kAttached},
    {"如附件", Sign::kAttached},
    {"附件所示", Sign::kAttached},
    {"作为附件发", Sign::kAttached},
    {"附件发给我", Sign::kAsked},
    {"附件发我", Sign::kAsked},
    {"附件发来", Sign::kAsked},
    {"附件发过来", Sign::kAsked},
    {"查收", Sign::kReceive},
    {"附件", Sign::kNoun},
    {"附檔", Sign::kNoun},
    {"请查看附件", Sign::kAttached},
    {"请查阅附件", Sign::kAttached},
    {"请参阅附件", Sign::kAttached},
    {"请看附件", Sign::kAttached},
    {"请查阅", Sign::kLook},
    {"请查看", Sign::kLook},
    {"请参阅", Sign::kLook},
    {"请审阅", Sign::kLook},
    {"发送给您", Sign::kSending},
    {"发给您", Sign::kSending},
    {"发给你", Sign::kSending},
    {"发上", Sign::kSending},
    {"奉上", Sign::kSending},
    {"呈上", Sign::kSending},
});

// Words of Chinese that say it is not so; apart, because there are other rules for where they stand.
constexpr std::array<string_view, 36> kChineseRefusals = {
    "没有附件", "没有看到附件", "没看到附件",   "无附件", "无需附",     "不用附",   "不需要附",     "请在申请时附",
    "请附上",   "需附上",       "须附上",       "要附上", "附件已收到", "附件收到", "收到您的附件", "收到附件",
    "打不开",   "无法打开",     "无法作为附件", "能否",   "能不能",     "麻烦您",   "请把",         "请将",
    "稍后",     "明天",         "下周",         "回头",   "之前",       "上次",     "昨天",         "另行",
    "邮寄",     "快递",         "看过",         "太大"};
constexpr std::array<string_view, 6> kChineseThanks = {"谢谢您", "感谢您", "谢谢你", "感谢你", "已收到", "收到了"};

class Signs {
 public:
  Signs() : entries_(Entries()), finder_(Texts(entries_)) {}

  const WordFinder& finder() const { return finder_; }
  const Entry& At(std::size_t index) const { return entries_[index]; }

 private:
  static std::vector<Entry> Entries() {
    std::vector<Entry> entries;
    AddComposites(&entries);
    for (const string_view thing : kThings) {
      entries.push_back({std::string(thing), Sign::kThing});
    }
    for (const Phrase& phrase : kPhrases) {
      entries.push_back({std::string(phrase.text), phrase.sign});
    }
    for (const string_view word : kChineseRefusals) {
      entries.push_back({std::string(word), Sign::kAsked});
    }
    for (const string_view word : kChineseThanks) {
      entries.push_back({std::string(word), Sign::kThanksOrTrouble});
    }
    std::erase_if(entries, [](const Entry& entry) { return entry.text.empty(); });
    return entries;
  }
  static std::vector<std::string> Texts(const std::vector<Entry>& entries) {
    std::vector<std::string> texts;
    texts.reserve(entries.size());
    for (const Entry& entry : entries) {
      texts.push_back(entry.text);
    }
    return texts;
  }

  std::vector<Entry> entries_;
  WordFinder finder_;
};

const Signs& AllSigns() {
  static const Signs signs;
  return signs;
}

struct Found {
  std::size_t begin;
  std::size_t end;
  Sign sign;
};

bool IsAsciiLetter(char c) {
  return c >= 'a' && c <= 'z';
}

// The name of a file with an extension of documents, not part of an address on the web.
bool HasFileName(string_view sentence) {
  static constexpr std::array<string_view, 24> kExtensions = {
      "pdf", "docx", "doc",  "xlsx", "xls", "pptx", "ppt", "csv", "zip", "txt",  "jpg", "jpeg",
      "png", "xlsm", "docm", "rtf",  "odt", "ods",  "dwg", "jtd", "tif", "tiff", "mp4", "7z"};
  for (std::size_t dot = sentence.find('.'); dot != string_view::npos; dot = sentence.find('.', dot + 1)) {
    const string_view rest = sentence.substr(dot + 1);
    const auto* extension = std::find_if(kExtensions.begin(), kExtensions.end(), [rest](string_view known) {
      return rest.starts_with(known) &&
             (rest.size() == known.size() ||
              (!IsAsciiLetter(rest[known.size()]) && rest[known.size()] != '/' && rest[known.size()] != '.'));
    });
    if (extension == kExtensions.end() || dot == 0) {
      continue;
    }
    const std::size_t before = sentence.find_last_of(" \t<(\"'", dot - 1);
    const string_view token = sentence.substr(before == string_view::npos ? 0 : before + 1, dot);
    const char last = sentence[dot - 1];
    if (token.substr(0, dot - (before == string_view::npos ? 0 : before + 1)).find('/') == string_view::npos &&
        last != ' ' && last != '*') {
      return true;
    }
  }
  return false;
}

// How many files the sentence names: "3点", "二通", "two files". 0 where it does not say.
unsigned FilesNamed(string_view sentence) {
  static constexpr std::array<string_view, 12> kUnits = {"点",           "通",           "ファイル",  "種類",
                                                         "つのファイル", "件のファイル", "枚の写真",  " files",
                                                         " documents",   " attachments", " drawings", "个文件"};
  static constexpr std::array<string_view, 20> kNumbers = {"一",   "二",  "三",    "四",    "五",   "六",    "七",
                                                           "八",   "九",  "十",    "one",   "two",  "three", "four",
                                                           "five", "six", "seven", "eight", "nine", "ten"};
  for (const string_view unit : kUnits) {
    for (std::size_t at = sentence.find(unit); at != string_view::npos; at = sentence.find(unit, at + 1)) {
      const string_view before = sentence.substr(0, at);
      std::size_t digits = 0;
      while (digits < before.size() && digits < 3 && before[before.size() - 1 - digits] >= '0' &&
             before[before.size() - 1 - digits] <= '9') {
        ++digits;
      }
      const bool is_part = digits < before.size() &&
                           (before[before.size() - 1 - digits] == '.' || before[before.size() - 1 - digits] == '-');
      if (digits > 0 && digits <= 2 && !is_part) {
        unsigned number = 0;
        for (const char c : before.substr(before.size() - digits)) {
          number = number * 10 + static_cast<unsigned>(c - '0');
        }
        return number;
      }
      for (std::size_t i = 0; i < kNumbers.size(); ++i) {
        const bool stands_alone =
            before.size() == kNumbers[i].size() || kNumbers[i][0] < 'a' || kNumbers[i][0] > 'z' ||
            !IsAsciiLetter(before[before.size() - std::min(before.size(), kNumbers[i].size() + 1)]);
        if (before.ends_with(kNumbers[i]) && stands_alone) {
          return static_cast<unsigned>(i % 10 + 1);
        }
      }
    }
  }
  return 0;
}

class SentenceReader {
 public:
  // Whether the sentence says that something comes along. `found` are its signs, in order.
  bool SaysAttached(const std::vector<Found>& found, string_view sentence, bool is_question, bool thing_before) {
    bool attached = false;
    bool sending = false;
    bool receive = false;
    bool noun = false;
    bool thing = thing_before;
    bool look = false;
    bool asked = false;
    bool elsewhere = false;
    bool doubt = is_question;
    bool trouble_after = false;
    bool trouble_before = false;
    for (const Found& piece : found) {
      switch (piece.sign) {
        case Sign::kAttached:
          attached = attached || !IsDenied(found, piece);
          break;
        case Sign::kSending:
          sending = sending || !IsDenied(found, piece);
          break;
        case Sign::kReceive:
          receive = true;
          break;
        case Sign::kNoun:
          noun = noun || !IsDenied(found, piece);
          break;
        case Sign::kThing:
          thing = true;
          break;
        case Sign::kLook:
          look = true;
          break;
        case Sign::kThanksOrTrouble:
          (noun || sending || attached ? trouble_after : trouble_before) = true;
          break;
        case Sign::kAsked:
          asked = true;
          break;
        case Sign::kElsewhere:
          elsewhere = true;
          break;
        case Sign::kDoubt:
          doubt = true;
          break;
      }
    }
    if (attached) {
      return true;
    }
    if (elsewhere || asked) {
      return false;
    }
    if (receive || (sending && thing && !doubt) || (sending && noun && !doubt && !trouble_after && !trouble_before)) {
      return true;
    }
    const bool trouble = trouble_after || trouble_before;
    if (noun && look && !trouble) {
      return true;
    }
    return (noun && IsAboutNoun(sentence) && !trouble && !doubt) || (HasFileName(sentence) && !trouble && !doubt);
  }

 private:
  // Something that undoes it begins where it begins, covers it, or overlaps it.
  static bool IsDenied(const std::vector<Found>& found, const Found& piece) {
    return std::any_of(found.begin(), found.end(), [&](const Found& other) {
      const bool undoes = other.sign == Sign::kAsked || other.sign == Sign::kDoubt || other.sign == Sign::kElsewhere;
      const bool is_same_place =
          other.begin <= piece.begin && other.end >= piece.end && (other.end > piece.end || other.begin < piece.begin);
      const bool reaches_in =
          (undoes || other.sign == Sign::kThanksOrTrouble) && other.begin < piece.begin && other.end > piece.begin;
      const bool overlaps_longer = other.begin < piece.end && other.end > piece.end && other.begin >= piece.begin;
      return reaches_in || (undoes && (is_same_place || overlaps_longer));
    });
  }

  // What a sentence says of the attachment itself. Chinese: "附件是…", "在附件里", "附件中…".
  static bool IsAboutNoun(string_view sentence) {
    static constexpr std::array<string_view, 9> kAbout = {"附件是", "附件为", "附件中", "附件里", "附件内",
                                                          "在附件", "附檔",   "附件請", "附件请"};
    // English: "The enclosed spreadsheet lists …" at the beginning of a sentence.
    while (sentence.starts_with(' ') || sentence.starts_with('\n')) {
      sentence.remove_prefix(1);
    }
    // "Two photos attached."
    string_view words = sentence;
    while (words.ends_with(' ') || words.ends_with('\n')) {
      words.remove_suffix(1);
    }
    const auto counts = std::count(words.begin(), words.end(), ' ');
    return sentence.starts_with("the enclosed ") || sentence.starts_with("the attached ") ||
           (words.ends_with(" attached") && counts <= 4) ||
           std::any_of(kAbout.begin(), kAbout.end(),
                       [&](string_view about) { return sentence.find(about) != string_view::npos; });
  }
};

}  // namespace

std::vector<AttachmentMention> FindAttachmentMentions(string_view folded) {
  std::vector<Found> all;
  const Signs& signs = AllSigns();
  signs.finder().ForEach(folded, [&](std::size_t index, std::size_t at) {
    const Entry& entry = signs.At(index);
    const std::size_t end = at + entry.text.size();
    // English words may go on: "photo" in "photos", "attach" not in "reattach".
    const bool begins_word =
        at == 0 || !IsAsciiLetter(folded[at]) || !IsAsciiLetter(folded[at - 1]) || entry.text[0] == 'n';
    const bool ends_word = end == folded.size() || !IsAsciiLetter(folded[end - 1]) || !IsAsciiLetter(folded[end]) ||
                           entry.sign == Sign::kThing || entry.text == "attachment" || entry.text == "your attach" ||
                           entry.text == "no attachment";
    if (begins_word && ends_word) {
      all.push_back({at, end, entry.sign});
    }
  });
  std::vector<AttachmentMention> mentions;
  SentenceReader reader;
  std::size_t next = 0;
  bool thing_before = false;
  std::vector<Found> found;
  ForEachSentence(folded, [&](std::size_t begin, std::size_t end) {
    found.clear();
    bool has_thing = false;
    while (next < all.size() && all[next].begin < end) {
      if (all[next].begin >= begin) {
        found.push_back(all[next]);
        has_thing = has_thing || all[next].sign == Sign::kThing;
      }
      ++next;
    }
    const string_view sentence = folded.substr(begin, end - begin);
    if (found.empty() && sentence.find('.') == string_view::npos) {
      thing_before = false;
      return;
    }
    const bool is_question = SentenceMark(folded, end) == '?' || sentence.ends_with("か") || sentence.ends_with("吗");
    if (reader.SaysAttached(found, sentence, is_question, thing_before)) {
      mentions.push_back({begin, end, FilesNamed(sentence)});
    }
    thing_before = has_thing;
  });
  return mentions;
}

bool LinksToFileStore(string_view folded) {
  static constexpr std::array<string_view, 33> kStores = {
      "drive.google.com/",  "docs.google.com/", "dropbox.com/",
      "box.com/",           "sharepoint.com/",  "1drv.ms/",
      "onedrive.live.com/", "firestorage.jp/",  "gigafile.nu/",
      "wetransfer.com/",    "we.tl/",           "xfs.jp/",
      "pan.baidu.com/",     "weiyun.com/",      "icloud.com/",
      "mega.nz/",           "data-cloud.jp/",   "datadeliver.net/",
      "filesend.to/",       "bizstorage.jp/",   "directcloud.jp/",
      "fileforce.jp/",      "sendgb.com/",      "smash.com/",
      "pan.quark.cn/",      "aliyundrive.com/", "alipan.com/",
      "cloud.189.cn/",      "share.box.com/",   "kdrive.infomaniak.com/",
      "共有フォルダ",       "共有フォルダー",   "file://"};
  static const WordFinder finder{std::span<const string_view>(kStores)};
  bool found = false;
  finder.ForEach(folded, [&](std::size_t index, std::size_t at) {
    const bool is_host = kStores[index].ends_with('/') && kStores[index] != "file://";
    found = found || !is_host || at == 0 || folded[at - 1] == '/' || folded[at - 1] == '.';
  });
  return found;
}

}  // namespace lastlook::detect
