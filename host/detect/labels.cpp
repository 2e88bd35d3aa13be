// SPDX-License-Identifier: MPL-2.0
#include "detect/labels.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace lastlook::detect {
namespace {

// Lists of words, "|" between them. What the types are called in forms, letters, tables and mails; the Japanese ones
// begin with the published keyword lists of Microsoft Purview's sensitive information types.
struct Words {
  DataType type;
  std::string_view list;
};
constexpr Words kLabels[] = {
    {DataType::kMyNumber,
     "マイナンバー|マイナンバーカード|マイナンバーカード番号|個人番号|個人ナンバー|個人番号カード|共通番号|"
     "個人識別番号|個人識別ナンバー|"
     "通知カード|マイナ番号|社会保障・税番号|源泉徴収票|源泉徴収|扶養控除等申告書|扶養控除|本人確認書類|個人no|my "
     "number|mynumber|"
     "individual number|my no"},
    {DataType::kCorporateNumber,
     "法人番号|登録番号|インボイス登録番号|インボイス番号|適格請求書発行事業者|適格請求書発行事業者登録番号|"
     "事業者登録番号|"
     "corporate number|invoice registration|registration number|houjin bangou|法人no|法人編號|法人编号"},
    {DataType::kCreditCard,
     "カード番号|クレジットカード|クレジットカード番号|クレジット番号|クレジット|クレカ|クレカ番号|デビットカード|"
     "デビットカード番号|"
     "カードno|クレジットカード情報|カード情報|credit card|credit card number|creditcard|card number|card "
     "no|cardnumber|debit card|"
     "card|cc number|cc no|visa|mastercard|master card|amex|american express|jcb|diners|discover|payment card|"
     "信用卡|信用卡号|信用卡卡号|银行卡|银行卡号|卡号|銀聯|银联|信用卡號|卡號|신용카드|카드번호|카드 "
     "번호|신용카드번호"},
    {DataType::kDriverLicense,
     "運転免許|運転免許証|運転免許証番号|運転免許番号|運転免許証の番号|運転免許no|免許証番号|免許証no|免許証の番号|"
     "免許番号|免許証|"
     "運転経歴証明書|運転経歴証明書番号|免許no|driver's license|driver’s license|drivers license|driver "
     "license|driving license|"
     "driving licence|driver's licence|driver licence|license number|licence number|dl number|dl no|driver license "
     "number|"
     "driver's license number|driver's license no|driver license no"},
    {DataType::kPensionNumber,
     "基礎年金番号|基礎年金|年金番号|年金手帳|年金手帳番号|年金手帳記号番号|年金手帳の記号番号|基礎年金番号通知書|"
     "厚生年金番号|"
     "国民年金番号|基礎年金no|pension number|basic pension number|pension no|pension handbook"},
    {DataType::kInsurerNumber,
     "保険者番号|保険証|健康保険証|被保険者証|国民健康保険被保険者証|資格確認書|健康保険|国民健康保険|保険証番号|"
     "健康保険証番号|保険者no|"
     "保険者|後期高齢者医療|insurer number|insurer no|health insurance|health insurance card|insurer's number"},
    {DataType::kPassport,
     "旅券番号|旅券|旅券no|パスポート|パスポート番号|パスポートno|パスポートナンバー|passport|passport number|passport "
     "no|"
     "passport num|passport id|护照|护照号|护照号码|護照號碼|護照|여권번호|여권"},
    {DataType::kResidenceCard,
     "在留カード|在留カード番号|在留カードno|在留番号|在留カード等番号|特別永住者証明書|特別永住者証明書番号|"
     "外国人登録証明書|residence card|"
     "residence card number|residence card no|zairyu card|zairyu card number|special permanent "
     "resident|在留卡|在留卡号|在留卡号码|在留卡號碼|재류카드"},
    {DataType::kBankAccount,
     "口座番号|記号番号|記号|普通|当座|普通預金|当座預金|普通口座|当座口座|貯蓄預金|振込先|振込先口座|口座no|口座|"
     "預金口座|返金先|"
     "振込口座|お振込先|"
     "支払先口座|受取口座|給与振込口座|account number|account no|bank account|a/c no|acct "
     "no|acct|账号|帐号|賬號|银行账号|"
     "银行账户|계좌번호"},
    {DataType::kPhoneNumber,
     "電話|電話番号|お電話|お電話番号|電話no|携帯|携帯電話|携帯番号|携帯電話番号|連絡先|ご連絡先|緊急連絡先|"
     "連絡先電話番号|直通|代表|代表電話|"
     "自宅電話|勤務先電話|固定電話|ファックス|ファクス|ファックス番号|フリーダイヤル|スマホ|tel|tel "
     "no|telephone|telephone number|phone|phone number|"
     "phone no|mobile|mobile number|mobile no|mobile phone|cell|cell phone|cellphone|call|call me|called|called "
     "from|calling "
     "from|phoned|phoned from|rang from|text|text "
     "me|voicemail|voice mail|reach me|reach him|reach her|reach us|reach them|dial|ring me|fax|fax no|fax "
     "number|hotline|"
     "致电|来电|拨打|热线|服务热线|客服热线|客服电话|咨询电话|"
     "whatsapp|contact number|contact "
     "no|℡|☎|📞|☏|📱|ph|电话|电话号码|联系电话|手机|手机号|手机号码|手机号碼|联系方式|联系人电话|传真|座机|"
     "電話號碼|手機|手機號碼|聯絡電話|聯繫電話|微信|전화|전화번호|휴대폰|휴대전화|휴대폰번호|연락처|핸드폰|팩스"},
    {DataType::kEmailAddress,
     "メールアドレス|eメール|e mail|email|mail address|email address|邮箱|电子邮件|郵箱|이메일"},
    {DataType::kDateOfBirth,
     "生年月日|誕生日|誕生年月日|お誕生日|出生年月日|出生日期|出生年月|出生|出生日|生日|生まれ|誕生|dob|d.o.b|d.o.b.|"
     "date of birth|birth date|"
     "birthdate|birthday|birth day|born|born on|생년월일|생일|출생일"},
    {DataType::kAddress,
     "住所|ご住所|自宅住所|現住所|住所地|所在地|お届け先|お届け先住所|届け先|届け先住所|送付先|送付先住所|送り先|"
     "配送先|配送先住所|居住地|住民票住所|"
     "本籍|本籍地|連絡先住所|address|home address|mailing address|street address|shipping address|地址|住址"},
    {DataType::kPersonName,
     "氏名|お名前|名前|ご氏名|氏名（漢字）|氏名(漢字)|氏名(カナ)|氏名カナ|氏名フリガナ|氏名ふりがな|フリガナ|ふりがな|"
     "お名前（フリガナ）|お名前(フリガナ)|お名前(カナ)|"
     "カナ氏名|漢字氏名|姓名|患者名|患者氏名|患者様氏名|名義|名義人|口座名義|口座名義人|カード名義|候補者|候補者名|"
     "応募者|応募者名|応募者氏名|契約者名|契約者氏名|"
     "契約者|被保険者氏名|被保険者名|会員氏名|会員名|お客様名|お客様氏名|顧客名|申込者|申込者名|申込者氏名|申請者|"
     "申請者名|申請者氏名|受取人|受取人名|生徒名|"
     "生徒氏名|児童氏名|園児名|保護者|保護者名|保護者氏名|社員名|社員氏名|従業員名|従業員氏名|職員名|職員氏名|担当者名|"
     "担当者|代表者|代表者名|代表者氏名|本人氏名|"
     "世帯主|世帯主氏名|配偶者|配偶者氏名|宿泊者|宿泊者名|届出人|依頼人|相続人|担当|新担当|旧担当|前担当|後任|前任|"
     "主治医|"
     "被相続人|利用者名|利用者氏名|入居者|入居者名|"
     "name|full name|your name|first name|last name|patient|patient name|customer name|employee "
     "name|applicant|applicant name|"
     "candidate|candidate name|cardholder|cardholder name|account holder|account name|beneficiary|beneficiary "
     "name|guest name|"
     "student name|member name|passenger|passenger name|attendee|attendee name|participant|participant name|employee|"
     "visitor|visitor name|tenant|tenant name|contact name|contact "
     "person|payee|姓名|客户姓名|员工姓名|患者姓名|联系人|收件人|收货人|"
     "户名|开户名|持卡人|真实姓名|學生姓名|성명|이름|성함|고객명|환자명"},
    {DataType::kUsSsn,
     "ssn|ssn no|social security|social security number|social security no|social security #|soc sec|ss#|ss no|ssn "
     "number|us ssn|"
     "社会保障番号|社会保障号|社会安全号|社会安全号码"},
    {DataType::kKrRrn,
     "주민등록번호|주민번호|외국인등록번호|rrn|resident registration number|resident "
     "registration|住民登録番号|居民登录号|외국인번호"},
    {DataType::kCnResidentId,
     "身份证|身份证号|身份证号码|居民身份证|居民身份证号码|公民身份号码|公民身份证号|证件号|证件号码|身分証番号|身份證|"
     "身份證號|身份證字號|"
     "id card|id number|resident id|chinese id|身份证件号码"},
    {DataType::kIban, "iban|iban code|iban no"},
    {DataType::kSecret,
     "パスワード|ログインパスワード|初期パスワード|仮パスワード|解凍パスワード|展開パスワード|パスワードは以下|"
     "パスワード:|暗証|暗証番号|パスフレーズ|"
     "password|passwd|pwd|passphrase|pass|pw|passcode|api key|apikey|secret key|secretkey|secret access key|client "
     "secret|"
     "access token|auth token|secret|token|db password|admin password|root password|login password|private key|"
     "密码|口令|登录密码|初始密码|解压密码|密碼|登入密碼|비밀번호|암호|패스워드|초기 비밀번호"},
};

// Who does or has something, and how headers and labels call that person: "受講者", "受講者名", "受講者氏名".
constexpr std::string_view kPersonStems =
    "受講|受診|受検|受験|参加|出席|欠席|購入|予約|来訪|訪問|見学|面会|利用|使用|所有|運転|管理|作成|報告|記入|承認|"
    "相談|"
    "発表|講演|紹介|推薦|被験|被扶養|扶養|死亡|加入|解約|保証|連帯保証|責任|連絡|通報|差出|発送|受取|寄付|寄附|協力|"
    "実習|研修|依頼|搭乗|乗車|同行|同伴|同居|被災|罹患|接種";
constexpr std::string_view kPersonEndings = "者|者名|者氏名";

// Nouns that make another thing of a number when 番号, No, ID or コード follows; alone they do so right beside it.
constexpr std::string_view kOtherStems =
    "注文|ご注文|受注|発注|受付|伝票|送り状|お問い合わせ|お問合せ|お問合わせ|問い合わせ|問合せ|契約|ご契約|管理|会員|"
    "会社法人等|顧客|お客様|追跡|荷物|製造|"
    "請求|請求書|ご請求|見積|見積書|お見積|商品|製品|部品|品目|物品|取引|お取引|予約|ご予約|受験|社員|従業員|職員|学籍|"
    "生徒|案件|申込|申込み|お申込|申請|"
    "整理|処理|承認|決済|取引先|仕入先|店舗|機器|端末|資産|在庫|配送|出荷|入荷|納品|納品書|領収書|領収|証券|保険証券|"
    "診察券|診察|患者|カルテ|図面|文書|稟議|"
    "起案|チケット|資料|工事|物件|識別|機体|車台|車両|検査|試験|特許|出願|商標|認証|参照|ジョブ|バッチ|トラッキング|"
    "オーダー|シリアル|ロット|ポイントカード|"
    "会員カード|社員証|ミーティング|会議|ウェビナー|セッション|ユーザー|ユーザ|アカウント|ログ|レシート|くじ|宝くじ|"
    "当選|抽選|号機|設備|計器|メーター|お客さま|"
    "供給地点特定|検針|水栓|物流|貨物|コンテナ|船荷証券|免税|許可|認可|届出|指定|事業所|雇用保険|労働保険|書籍|雑誌|"
    "型式|受信|送信|通知|"
    "プロジェクト|タスク|課題|リリース|バージョン|ビルド|回線|加入者|振込依頼|照会|確認|応募|エントリー";
constexpr std::string_view kOtherEndings = "番号|no|no.|ナンバー|id|コード|#|№|ｎｏ|の番号";
constexpr std::string_view kOtherThings =
    "品番|型番|製番|機番|品コード|シリアル|シリアルナンバー|ロット|jan|janコード|isbn|issn|imei|imsi|iccid|meid|ean|"
    "upc|gtin|asin|sku|doi|jan code|"
    "バーコード|タイムスタンプ|エポック|uuid|guid|md5|sha1|sha 1|sha256|ハッシュ|ハッシュ値|チェックサム|mac "
    "address|macアドレス|ipアドレス|ip address|"
    "meeting id|ミーティングid|ウェビナーid|zoom id|webinar id|session id|user id|userid|request id|trace "
    "id|transaction id|txn id|job id|build id|"
    "order id|order no|order number|order #|order|po number|po no|p.o.|p.o. no|purchase order|tracking|tracking "
    "no|tracking number|tracking id|"
    "tracking #|invoice id|invoice no|invoice number|invoice #|ticket|ticket no|ticket number|ticket #|ticket id|part "
    "no|part number|part #|p/n|"
    "lot no|lot number|lot #|batch no|batch number|batch id|policy number|policy no|ref no|ref number|reference "
    "number|reference no|reference|"
    "ref.|ref|reference #|model no|model number|model|serial|serial no|serial number|serial #|s/n|case number|case "
    "no|case id|case #|booking number|"
    "booking no|booking reference|reservation number|reservation no|confirmation number|confirmation no|customer "
    "number|customer no|customer id|"
    "employee number|employee no|employee id|staff id|student number|student id|member number|member no|member "
    "id|membership number|membership no|"
    "shipment|shipment id|shipment no|waybill|air waybill|awb|awb no|container no|item number|item no|item id|article "
    "number|article no|"
    "product code|product id|product number|product no|catalog number|catalog no|asset tag|asset number|timestamp|unix "
    "time|epoch|epoch time|"
    "version|build|commit|revision|issue|pull request|document no|document number|document id|doc id|file id|device "
    "id|license key|activation code|"
    "conference id|dial in code|access code|gift card|loyalty card|membership card|contract number|contract "
    "no|contract id|quote number|quote no|"
    "quotation no|delivery note|receipt no|receipt number|account id|application number|application id|claim "
    "number|claim no|vin|"
    "订单|订单号|订单编号|快递|快递单号|运单|运单号|物流|物流单号|合同|合同号|合同编号|会议号|会议id|编号|单号|流水号|"
    "工号|学号|会员号|会员卡号|发票|发票号|发票号码|"
    "批号|批次号|型号|货号|序列号|案件编号|交易号|交易流水|凭证号|条形码|商品编号|产品编号|设备号|合约号|客户编号|"
    "員工編號|訂單|訂單編號|訂單號碼|發票號碼|追蹤號碼|"
    "部品表|部品一覧|部品リスト|パーツリスト|製品一覧|商品一覧|图号|料号|"
    "腾讯会议|取件码|统一社会信用代码|纳税人识别号|"
    "주문번호|주문 번호|송장번호|송장 "
    "번호|운송장|운송장번호|접수번호|회원번호|사번|계약번호|상품번호|모델|모델명|일련번호|예약번호|관리번호|"
    "사업자등록번호|문서번호|학번";
// Right beside the number only: these words are common in running text.
constexpr std::string_view kMaybeOtherThings =
    "po|invoice|part|lot|batch|case|item|booking|reservation|confirmation|receipt|contract|quote|claim|version|rev|"
    "号機|バージョン|"
    "合計|小計|金額|価格|単価|売上高|予算|total|amount|sum|price|seq";
constexpr std::string_view kSamples =
    "見本|記入例|入力例|記載例|記述例|サンプル|ダミー|ダミーデータ|テスト用|テストカード|架空|sample|dummy|test "
    "card|test number|test data|"
    "placeholder|fake|样本|样例|示例|测试|샘플|예시";
constexpr std::string_view kBankWords =
    "銀行|信金|信用金庫|信組|信用組合|農協|労金|労働金庫|漁協|支店|本店営業部|出張所|ゆうちょ|ゆうちょ銀行|郵便貯金|"
    "郵便局|金融機関|金融機関名|銀行名|支店名|支店コード|店番|"
    "振込|お振込|振込先|名義|口座名義|bank|branch|swift|bic|银行|开户行|支行|은행";

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '_' || c == '-' ? ' ' : c;
}
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsAlphanumeric(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9');
}

template <typename Use>
void ForEach(std::string_view list, Use use) {
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    use(std::string(list.substr(0, bar)));
    list = bar == std::string_view::npos ? std::string_view() : list.substr(bar + 1);
  }
}

class LabelIndex {
 public:
  LabelIndex() {
    for (const Words& words : kLabels) {
      ForEach(words.list, [&](std::string word) {
        Label& label = Add(std::move(word));
        label.says |= MaskOf(words.type);
        // "給与振込口座" holds the word of banking that an account number needs beside it.
        label.bank = label.bank ||
                     (words.type == DataType::kBankAccount &&
                      (label.text.find("振込") != std::string::npos || label.text.find("bank") != std::string::npos ||
                       label.text.find("银行") != std::string::npos));
      });
    }
    ForEach(kPersonStems, [&](const std::string& stem) {
      ForEach(kPersonEndings,
              [&](const std::string& ending) { Add(stem + ending).says |= MaskOf(DataType::kPersonName); });
    });
    ForEach(kOtherStems, [&](const std::string& stem) {
      Add(stem).maybe_other = true;
      ForEach(kOtherEndings, [&](const std::string& ending) { AddOther(stem + ending); });
    });
    ForEach(kOtherThings, [&](std::string word) { AddOther(std::move(word)); });
    ForEach(kMaybeOtherThings, [&](std::string word) { Add(std::move(word)).maybe_other = true; });
    ForEach(kSamples, [&](std::string word) { Add(std::move(word)).sample = true; });
    ForEach(kBankWords, [&](std::string word) { Add(std::move(word)).bank = true; });
    Sort();
  }

  // False only where no label begins. REQUIRES: not empty.
  bool MayBegin(std::string_view here) const {
    const std::size_t bit = BeginBit(here);
    return (begins_[bit / 64] >> (bit % 64) & 1U) != 0;
  }

  const Label* Longest(std::string_view text, std::size_t at) const {
    const std::string_view here = text.substr(at);
    const bool ascii = static_cast<unsigned char>(here.front()) < 0x80;
    if (!MayBegin(here)) {
      return nullptr;
    }
    // Labels of two and more characters first: they are the longer ones.
    for (const std::size_t key : {ascii ? std::size_t{3} : std::size_t{6}, ascii ? std::size_t{2} : std::size_t{3}}) {
      if (here.size() < key) {
        continue;
      }
      const std::size_t bucket = BucketOf(here.substr(0, key));
      for (std::size_t i = first_[bucket]; i < first_[bucket + 1]; ++i) {
        if (KeySize(labels_[i].text) == key && Matches(labels_[i].text, text, at)) {
          return &labels_[i];
        }
      }
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kBuckets = 8192;

  // What any label that begins so would have set: by two ASCII characters, or the three bytes of another.
  static std::size_t BeginBit(std::string_view label) {
    const auto byte = [&label](std::size_t i) {
      return i < label.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(Lower(label[i]))) : 0U;
    };
    const std::uint32_t third = byte(0) < 0x80 ? 0 : byte(2);
    return ((byte(0) | byte(1) << 8U | third << 16U) * 0x9E3779B1U) >> 18U;
  }

  // How many bytes of a label it is looked up by: two characters where it has them, of an ASCII label three.
  static std::size_t KeySize(std::string_view label) {
    const bool ascii = static_cast<unsigned char>(label.front()) < 0x80;
    return ascii ? (label.size() >= 3 ? 3 : 2) : (label.size() >= 6 ? 6 : 3);
  }

  static std::size_t BucketOf(std::string_view key) {
    std::uint32_t hash = 0;
    for (const char c : key) {
      hash = (hash ^ static_cast<unsigned char>(Lower(c))) * 0x01000193U;  // FNV-1a
    }
    return (hash ^ hash >> 15U) % kBuckets;
  }
  static std::size_t BucketOfLabel(std::string_view label) { return BucketOf(label.substr(0, KeySize(label))); }

  static bool Matches(std::string_view label, std::string_view text, std::size_t at) {
    if (text.size() - at < label.size()) {
      return false;
    }
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (Lower(text[at + i]) != label[i]) {
        return false;
      }
    }
    const std::size_t end = at + label.size();
    const bool joined_before = at > 0 && IsAlphanumeric(label.front()) && IsAlphanumeric(text[at - 1]);
    const bool joined_behind = end < text.size() && IsLetter(label.back()) && IsLetter(text[end]);
    return !joined_before && !joined_behind;
  }

  Label& Add(std::string word) {
    for (char& c : word) {
      c = Lower(c);
    }
    const auto [known, is_new] = by_text_.emplace(word, labels_.size());
    if (is_new) {
      labels_.push_back(Label{});
      labels_.back().text = std::move(word);
    }
    return labels_[known->second];
  }
  void AddOther(std::string word) { Add(std::move(word)).other_thing = true; }

  void Sort() {
    std::sort(labels_.begin(), labels_.end(), [](const Label& a, const Label& b) {
      const std::size_t bucket_a = BucketOfLabel(a.text);
      const std::size_t bucket_b = BucketOfLabel(b.text);
      return bucket_a != bucket_b             ? bucket_a < bucket_b
             : a.text.size() != b.text.size() ? a.text.size() > b.text.size()
                                              : a.text < b.text;
    });
    for (const Label& label : labels_) {
      begins_[BeginBit(label.text) / 64] |= std::uint64_t{1} << (BeginBit(label.text) % 64);
    }
    std::size_t at = 0;
    for (std::size_t bucket = 0; bucket <= kBuckets; ++bucket) {
      while (at < labels_.size() && BucketOfLabel(labels_[at].text) < bucket) {
        ++at;
      }
      first_[bucket] = static_cast<std::uint16_t>(at);
    }
    by_text_ = {};
  }

  std::vector<Label> labels_;
  std::unordered_map<std::string, std::size_t> by_text_;  // while it is built
  std::array<std::uint16_t, kBuckets + 1> first_{};
  std::array<std::uint64_t, (1U << 14U) / 64> begins_{};  // one bit per hash of how a label begins
};

const LabelIndex& Index() {
  static const LabelIndex kIndex;
  return kIndex;
}

void Collect(std::string_view text, std::size_t from, std::size_t to, std::vector<LabelPlace>* out) {
  const LabelIndex& index = Index();
  for (std::size_t at = from; at < to;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    // No label of letters begins within a word.
    const bool may_begin = byte >= 0xC0 || (IsLetter(text[at]) && (at == 0 || !IsAlphanumeric(text[at - 1])));
    const Label* label = may_begin && index.MayBegin(text.substr(at)) ? index.Longest(text, at) : nullptr;
    if (label == nullptr) {
      ++at;
      continue;
    }
    out->push_back({at, at + label->text.size(), label});
    at += label->text.size();
  }
}

}  // namespace

const Label* LabelAt(std::string_view folded, std::size_t at) {
  return at < folded.size() ? Index().Longest(folded, at) : nullptr;
}

std::vector<LabelPlace> LabelsIn(std::string_view folded) {
  std::vector<LabelPlace> places;
  Collect(folded, 0, folded.size(), &places);
  return places;
}

void LabelScanner::Start(std::string_view folded) {
  text_ = folded;
  places_.clear();
  scanned_to_ = 0;
}

LabelScanner::Range LabelScanner::In(std::size_t from, std::size_t to) {
  to = std::min(to, text_.size());
  if (to > scanned_to_) {
    const std::size_t start = std::max(from, scanned_to_);
    const std::size_t behind_last = places_.empty() ? 0 : places_.back().end;
    const std::size_t first = std::max(start, behind_last);
    if (first < to) {
      Collect(text_, first, to, &places_);
    }
    scanned_to_ = to;
  }
  const auto begins_before = [](const LabelPlace& place, std::size_t at) { return place.begin < at; };
  return {std::lower_bound(places_.begin(), places_.end(), from, begins_before),
          std::lower_bound(places_.begin(), places_.end(), to, begins_before)};
}

}  // namespace lastlook::detect
