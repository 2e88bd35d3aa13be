# SPDX-License-Identifier: MPL-2.0
# The texts; read by ../make_labelled.py. (language, text); what is marked is what a careful reader finds.

HELD_OUT = [
    # letters and mails
    ("ja", f"お疲れさまです。人事の柏木です。\n先日ご連絡した個人番号ですが、{MY()} で登録をお願いします。"),
    ("ja", f"マイナンバー（12桁）\n{MY(g(my_number(), 4, 4, 4))}"),
    ("ja", f"扶養控除等申告書の件\n\n本人：{MY(full(my_number()))}\n配偶者：{MY(full(my_number()))}"),
    ("ja", f"私のマイナンバーは{MY(g(my_number(), 4, 4, 4, sep=' '))}です。よろしくお願いします。"),
    ("ja", f"クレジットカードの番号は {CARD(g(visa(), 4, 4, 4, 4, sep=' '))} 有効期限は 08/29 です"),
    ("ja", f"カード番号：{CARD(g(mastercard(), 4, 4, 4, 4))}　名義：{NAME('ヤマモト ケンジ')}"),
    ("ja", f"JCB {CARD(jcb())} で決済してください"),
    ("ja", f"免許証番号は第{LIC()}号です。"),
    ("ja", f"【本人確認】運転免許証 No.{LIC()} を確認しました"),
    ("ja", f"年金手帳の番号 {PEN()} をお知らせします"),
    ("ja", f"健康保険証\n保険者番号　{INS()}\n記号 12　番号 345"),
    ("ja", f"パスポート番号：{PASS()}（有効期限 2030/05/11）"),
    ("ja", f"旅券番号は{PASS()}、国籍は日本です。"),
    ("ja", f"在留カード番号 {RES()} 在留期限 2027年3月31日"),
    ("ja", f"お振込先：みずほ銀行 青葉台支店 普通 {BANK()} カ）コダマ"),
    ("ja", f"振込口座は城南信用金庫 本店営業部（普通）{BANK()} です"),
    ("ja", f"連絡先は{TEL(mobile())}までお願いします"),
    ("ja", f"携帯 {TEL('090' + digits(8, '123456789'))}／自宅 {TEL('045-' + digits(3, '23456789') + '-' + digits(4))}"),
    ("ja", f"TEL:{TEL('03-5555-' + digits(4))} FAX:{TEL('03-5555-' + digits(4))}\n{MAIL('kenji.yamamoto@example.co.jp')}"),
    ("ja", f"フリーダイヤル {TEL('0120-' + digits(3, '123456789') + '-' + digits(3))} （平日9時〜17時）"),
    ("ja", f"電話（{TEL('0422-' + digits(2, '2345') + '-' + digits(4))}）にてご予約ください"),
    ("ja", f"{TEL('(06)6' + digits(3) + '-' + digits(4))} に折り返しください"),
    ("ja", f"国際電話は {TEL('+81-3-' + digits(4, '3456') + '-' + digits(4))} へ"),
    ("ja", f"生年月日：{DOB('1978年11月3日', '1978-11-03')}\n性別：女"),
    ("ja", f"患者 {NAME('大橋 由紀')} 様（{DOB('昭和48年2月9日', '1973-02-09')}生）のカルテを添付します"),
    ("ja", f"{DOB('S63.12.1', '1988-12-01')}生まれ、血液型O"),
    ("ja", f"誕生日は{DOB('平成元年5月6日', '1989-05-06')}です"),
    ("ja", f"住所：{ADDR('東京都品川区西大井三丁目12番4号')}"),
    ("ja", f"お届け先 〒231-0062 {ADDR('神奈川県横浜市中区桜木町2-8-15')} こだまビル5F"),
    ("ja", f"{ADDR('北海道札幌市中央区北五条西6丁目1-2')}にお送りください"),
    ("ja", f"営業部の{NAME('柴崎')}様\n\nいつもお世話になっております。"),
    ("ja", f"{NAME('長谷川')}さんにも共有済みです。"),
    ("ja", f"氏名：{NAME('倉持 亜希子')}\nフリガナ：{NAME('クラモチ アキコ')}"),
    ("ja", f"候補者名：{NAME('東海林 太郎')}、面接日 12月3日"),
    ("ja", f"{NAME('久保田 誠')}先生の講演資料です"),
    ("ja", f"初期パスワードは {SEC('Tz8#mQ41')} です。ログイン後に変更してください。"),
    ("ja", f"ZIPの解凍パスワード：{SEC('kodama-2026-Hr')}"),
    ("ja", f"ID: sato.h\nPW: {SEC('aP9v!x22')}"),
    ("ja", f"氏名,個人番号,電話番号\n{NAME('安達 亮')},{MY()},{TEL(mobile())}\n{NAME('石黒 舞')},{MY()},{TEL(mobile())}\n{NAME('宇野 健一')},{MY()},{TEL(mobile())}"),
    ("ja", "\n".join(["社員番号\t氏名\t生年月日"] + [f"{1000 + i}\t{NAME(n)}\t{DOB(d, iso)}" for i, (n, d, iso) in enumerate([("青柳 恵", "1981/03/05", "1981-03-05"), ("岩瀬 剛", "1990/10/21", "1990-10-21"), ("遠山 葵", "1975/07/30", "1975-07-30")])])),
    ("ja", "\n".join(MY() for _ in range(7))),
    ("ja", f"登録番号 T{CORP()}\n請求金額 ¥128,000"),
    ("ja", f"法人番号{CORP()}の会社を調査"),
    ("ja", f"個人番号 {MY(boxes(my_number()))}"),
    ("ja", f"ﾏｲﾅﾝﾊﾞｰ:{MY()}"),
    ("ja", f"チャット抜粋\nA: カード番号教えて\nB: {CARD(g(visa(), 4, 4, 4, 4))} です\nA: 了解"),
    ("ja", f"ゆうちょ銀行 記号番号 {BANK('1' + digits(4) + '-' + digits(8))}"),
    ("ja", f"請求書\nこだま電子工業株式会社\n〒530-0001 {ADDR('大阪府大阪市北区梅田1-11-4')}\nTEL {TEL('06-6' + digits(3) + '-' + digits(4))}\n登録番号：T{CORP()}"),
    # English
    ("en", f"Please charge my Amex {CARD(g(amex(), 4, 6, 5, sep=' '))}, exp 11/28."),
    ("en", f"SSN: {SSN()}\nDOB: {DOB('07/24/1983', '1983-07-24')}"),
    ("en", f"Her social security number is {SSN(ssn())}."),
    ("en", f"Date of Birth: {DOB('12 March 1991', '1991-03-12')}"),
    ("en", f"Born {DOB('October 9, 1968', '1968-10-09')} in Leeds"),
    ("en", f"Call me on {TEL('+44 20 7946 0' + digits(3))} tomorrow"),
    ("en", f"Mobile: {TEL('(212) 555-0' + digits(3))}"),
    ("en", f"Reach her at {MAIL('Anna.Larsson@example.org')} or {MAIL('a.larsson+work@mail.example.com')}."),
    ("en", f"IBAN {IBAN(g(iban('DE'), 4, 4, 4, 4, 4, 2, sep=' '))}"),
    ("en", f"Pay to {IBAN(iban('GB'))} please"),
    ("en", f"aws_access_key_id = {SEC('AKIA' + token(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'))}"),
    ("en", f"export GITHUB_TOKEN={SEC('ghp_' + token(36))}"),
    ("en", f"password: {SEC('Winter#2026')}"),
    ("en", f"Full name: {NAME('Hannah Okafor')}\nPassport No: {PASS()}"),
    ("en", f"{SEC('-----BEGIN RSA PRIVATE KEY-----')}\nMIIEow…"),
    ("en", f"postgres://app:{SEC('s3cr3tPw9')}@db.example.com/main"),
    # Chinese and Korean
    ("zh", f"姓名：{NAME('王小明')}，身份证号：{CN()}"),
    ("zh", f"手机号{TEL('13' + digits(9))}，请联系"),
    ("zh", f"请联系{NAME('李建国')}先生，电话 {TEL('010-6' + digits(7))}"),
    ("zh", f"银联卡号 {CARD(union_pay())}"),
    ("zh", f"登录密码：{SEC('Qw3rty!88')}"),
    ("zh", f"出生日期：{DOB('1986年9月15日', '1986-09-15')}"),
    ("ko", f"주민등록번호: {RRN()}"),
    ("ko", f"연락처는 {TEL('010-' + digits(4, '2345678') + '-' + digits(4))} 입니다"),
    ("ko", f"성명: {NAME('김민수')}"),
    # nothing in these
    *[("ja", t) for t in [
        f"ご注文番号 {my_number()} の商品を発送しました",
        f"お問い合わせ番号：{g(my_number(), 4, 4, 4)}",
        f"伝票番号 {g(my_number(), 4, 4, 4)} で追跡できます",
        f"JANコード {jan_as_corporate()}、在庫 12",
        f"バックアップ {timestamp_as_my_number()}.tar.gz を保存しました",
        f"製造番号 AB{digits(8)}CD、型番 TK{digits(7)}",
        "仕様書と見積書を送ります。同様の件は別途ご相談ください。",
        "皆様、お客様各位\n平素より格別のお引き立てを賜り厚く御礼申し上げます。",
        f"ミーティングID: {g(digits(11, '789'), 3, 4, 4, sep=' ')}\nhttps://meet.example.com/j/{digits(11, '789')}?pwd=abc",
        "東京都千代田区は本日晴れです。大阪府では雨でしょう。",
        "山田商事様、高橋工業様、清水建設様よりお見積り依頼",
        f"会議は2026年11月24日(火) 10:00-11:30、参加費 3,000円、定員 120名",
        f"ビルド {digits(12)} が失敗しました（commit {token(40, '0123456789abcdef')}）",
        "パスワードは別途お送りします。パスワードは8文字以上で設定してください。",
        f"UUID: {token(8, '0123456789abcdef')}-{token(4, '0123456789')}-4{token(3, '0123456789')}-8{token(3, '0123456789')}-{token(12, '0123456789')}",
        f"合計金額は 1,234,567,890 円、消費税 112,233,445 円です",
        "石川県金沢市の福田駅前に集合、先生方も同席。殿堂入りの模様。",
        f"ISBN 978-4-{digits(2)}-{digits(6)}-{digits(1)} の書籍",
        f"部品番号 03-1234-5678-A、図番 {digits(7)}",
        "バージョン 10.15.7.1234、IPアドレス 192.168.100.20",
    ]],
    *[("en", t) for t in [
        f"Order #{visa()} has shipped; tracking number {g(my_number(), 4, 4, 4, sep=' ')}",
        f"Invoice ID {luhn('4', 16)} is overdue",
        f"Meeting ID: {g(digits(10, '23456789'), 3, 3, 4, sep=' ')}, passcode 482913",
        "Please find attached the file name list and the user name policy.",
        "Use icon@2x.png and run npm install left-pad@1.3.0",
        f"IMEI {luhn('35', 15)} and ICCID {luhn('8981', 19)}",
        "password reset instructions: see https://help.example.com/reset",
        f"Part number 415-555-0132-B, lot {digits(9)}",
        "AWS docs use AKIAIOSFODNN7EXAMPLE as the access key.",
        f"Epoch {digits(10, '1')} {digits(13, '1')} in the log",
    ]],
    *[("zh", t) for t in [
        f"订单号：{digits(18, '123456789')}，请查收",
        f"快递单号 {digits(12)}，预计明天送达",
        f"会议号：{g(digits(9, '123456789'), 3, 3, 3)}",
        f"合同编号 HT-2026-{digits(6)}，金额 1,280,000 元",
    ]],
    ("ko", f"주문번호 {digits(12)} 배송이 시작되었습니다"),
]

FAMILY = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "佐々木", "山口", "松本", "井上"]
GIVEN = ["太郎", "花子", "健一", "美咲", "翔", "恵子", "直樹", "さくら", "大輔", "由美子", "拓也", "陽菜"]


def person():
    return rng.choice(FAMILY) + rng.choice(["", " ", "　"]) + rng.choice(GIVEN)


DEVELOPMENT = [
    # My Number
    *[("ja", t) for t in [
        f"個人番号：{MY()}", f"個人番号（マイナンバー）{MY(g(my_number(), 4, 4, 4))}", f"マイナンバー {MY(g(my_number(), 4, 4, 4, sep='　'))}",
        f"番号は{MY()}です（マイナンバー）", f"通知カードの番号 {MY(full(g(my_number(), 4, 4, 4)))}", f"個人番号：{MY(g(my_number(), 4, 4, 4, sep='ー'))}",
        f"個人番号欄 {MY(boxes(my_number()))}", f"個人番号\n{MY()}\n法人番号\n{CORP()}", f"My Number: {MY()}",
        f"源泉徴収票作成のため、個人番号をご連絡します。{MY()}", f"マイナンバーカードと運転免許証のコピーを添付します。\nマイナンバー: {MY()}\n免許証番号: {LIC()}",
        f"マイナンバー＝{MY()}", f"扶養親族の個人番号は次の通りです。\n長男 {MY()}\n長女 {MY()}\n次男 {MY()}",
        f"{MY()} が私の個人番号です", f"【個人番号】{MY(g(my_number(), 4, 4, 4))}【氏名】{NAME('山田 太郎')}",
    ]],
    ("ja", f"社員番号,氏名,個人番号\n1001,{NAME(person())},{MY()}\n1002,{NAME(person())},{MY()}\n1003,{NAME(person())},{MY()}"),
    ("ja", "No,番号\n" + "\n".join(f"{i},{MY()}" for i in range(1, 9))),
    ("ja", "注文番号,数量\n" + "\n".join(f"{my_number() if i == 3 else bad_my_number()},{i}" for i in range(1, 13))),
    ("ja", f"| 氏名 | 個人番号 |\n|---|---|\n| {NAME('鈴木 一郎')} | {MY()} |\n| {NAME('高橋 花子')} | {MY()} |"),
    ("ja", f"氏名\t{NAME('伊藤 健')}\n個人番号\t{MY()}\n電話番号\t{TEL(mobile())}\n"),
    # cards
    *[("ja", t) for t in [
        f"カード番号 {CARD(g(visa(), 4, 4, 4, 4))}", f"クレジットカード：{CARD(visa())}", f"{CARD(g(mastercard(), 4, 4, 4, 4, sep=' '))} 12/27",
        f"クレカ番号は{CARD(full(g(visa(), 4, 4, 4, 4)))}でお願いします", f"AMEX：{CARD(g(amex(), 4, 6, 5))}", f"ダイナース {CARD(g(luhn('36', 14), 4, 6, 4))}",
        f"VISA {CARD(luhn('4', 19))}", f"カード：{CARD(jcb())}（JCB）",
    ]],
    ("en", f"card number {CARD(visa())} cvv 123"), ("en", f"Visa ending soon: {CARD(g(visa(), 4, 4, 4, 4))}"),
    ("en", f"Here is my credit card: {CARD(g(mastercard(), 4, 4, 4, 4, sep='.'))}"), ("zh", f"信用卡卡号：{CARD(g(visa(), 4, 4, 4, 4, sep=' '))}"),
    ("en", f"customer,card_number\nA,{CARD()}\nB,{CARD()}\nC,{CARD()}"),
    # licence, pension, insurer, passport, residence card
    *[("ja", t) for t in [
        f"運転免許証番号 {LIC()}", f"免許番号：{LIC(full(license_number()))}", f"免許証No {LIC()}（交付 令和5年）", f"運転免許証の番号は {LIC()} です",
        f"基礎年金番号：{PEN()}", f"基礎年金番号 {PEN(digits(10))}", f"年金番号は{PEN(full(digits(4) + '-' + digits(6)))}", f"年金手帳：{PEN()}",
        f"保険者番号：{INS()}", f"国民健康保険 保険者番号 {INS(insurer6())}", f"資格確認書の保険者番号は{INS()}です", f"保険者番号（8桁）{INS(full(insurer()))}",
        f"パスポートNo. {PASS()}", f"旅券番号 {PASS('TR ' + digits(7))}", f"旅券：{PASS(full('TK' + digits(7)))}",
        f"在留カード番号：{RES()}", f"在留カード {RES()}、国籍 ベトナム", f"特別永住者証明書番号 {RES()}",
    ]],
    ("en", f"Driver's license: {LIC()}"), ("en", f"Passport number {PASS()}"), ("en", f"residence card no. {RES()}"),
    # bank
    *[("ja", t) for t in [
        f"振込先：三井住友銀行 渋谷支店 普通 {BANK()}", f"口座番号 {BANK()}（りそな銀行 梅田支店）", f"楽天銀行 第一営業支店 普通預金 {BANK()} コダマタロウ",
        f"銀行名：みずほ銀行\n支店名：丸の内支店\n口座種別：普通\n口座番号：{BANK()}", f"当座 {BANK(full(digits(7)))} 横浜銀行 本店",
        f"ゆうちょ銀行　記号 1{digits(4)} 番号 {BANK(digits(8))}", f"銀行名,支店名,口座番号,名義\n青葉銀行,本店,{BANK()},{NAME('サトウ ハナコ')}\n青葉銀行,駅前,{BANK()},{NAME('タナカ ジロウ')}\n若葉信金,西,{BANK()},{NAME('コバヤシ ケン')}",
    ]],
    # phones
    *[("ja", t) for t in [
        f"携帯：{TEL(mobile())}", f"電話番号：{TEL('03-' + digits(4, '3456') + '-' + digits(4))}", f"電話 {TEL('０９０－１２３４－' + full(digits(4)))}",
        f"お電話は{TEL('0467-' + digits(2, '234') + '-' + digits(4))}へ", f"Tel. {TEL('052(' + digits(3, '2345') + ')' + digits(4))}", f"☎ {TEL('080 ' + digits(4, '2345') + ' ' + digits(4))}",
        f"連絡先：{TEL('070' + digits(8, '123456'))}", f"直通{TEL('03ー3456ー' + digits(4))}", f"電話：{TEL('+81 90 ' + digits(4, '234') + ' ' + digits(4))}",
        f"海外からは{TEL('+81(0)3-' + digits(4, '3456') + '-' + digits(4))}", f"ナビダイヤル {TEL('0570-' + digits(3) + '-' + digits(3))}", f"内線ではなく{TEL('050-' + digits(4, '35') + '-' + digits(4))}へ",
        f"{TEL('048-' + digits(3, '678') + '-' + digits(4))} / {TEL(mobile())}", f"緊急連絡先 {TEL('090-' + digits(4, '123') + '—' + digits(4))}",
    ]],
    ("en", f"phone: {TEL('415-555-0' + digits(3))}"), ("en", f"cell {TEL('(646) 555-0' + digits(3))}"), ("en", f"Tel {TEL('+1 (303) 555-0' + digits(3))}"),
    ("en", f"call {TEL('+49 30 ' + digits(8, '23456'))}"), ("en", f"Fax: {TEL('1-800-555-0' + digits(3))}"), ("en", f"phone 020 is old; now {TEL('+33 1 ' + '42 68 53 ' + digits(2))}"),
    ("zh", f"电话：{TEL('021-5' + digits(7))}"), ("zh", f"手机：{TEL('138-' + digits(4) + '-' + digits(4))}"), ("zh", f"联系电话 {TEL('+86 139 ' + digits(4) + ' ' + digits(4))}"), ("zh", f"手机号码：{TEL('15' + digits(9))}"),
    ("ko", f"전화 {TEL('02-' + digits(4, '2345') + '-' + digits(4))}"), ("ko", f"휴대폰: {TEL('010' + digits(8, '2345'))}"),
    # mail addresses
    *[("en", t) for t in [
        f"write to {MAIL('ito@c-corp.example')}.", f"<{MAIL('h.sato@kodama.example.jp')}>", f"cc: {MAIL('taro_yamada@example.co.jp')}; {MAIL('x-y@sub.example.net')}",
        f"mailto:{MAIL('info@example.com')}?subject=hi", f"\"{MAIL('quoted.name@example.com')}\"", f"{MAIL('FIRST.LAST@EXAMPLE.COM')}",
    ]],
    ("ja", f"メールは{MAIL('tanaka@example.jp')}まで"), ("ja", f"アドレス：{MAIL(full('suzuki@example.jp'))}"), ("ja", f"{MAIL('a@example.jp')}、{MAIL('b@example.jp')}、{MAIL('c@example.jp')}に送付"),
    # dates of birth
    *[("ja", t) for t in [
        f"生年月日 {DOB('1985/04/12', '1985-04-12')}", f"生年月日：{DOB('昭和60年4月12日', '1985-04-12')}（40歳）", f"{DOB('S60.4.12', '1985-04-12')}生", f"{DOB('H3.1.2', '1991-01-02')}生　男",
        f"生年月日（西暦）：{DOB('19850412', '1985-04-12')}", f"昭和の{DOB('昭和五十三年四月十二日', '1978-04-12')}生まれ", f"生年月日は{DOB('令和2年10月1日', '2020-10-01')}です", f"{DOB('1990年1月1日', '1990-01-01')}生まれの方",
        f"誕生日：{DOB('2001-02-28', '2001-02-28')}", f"生年月日\n{DOB('大正15年12月24日', '1926-12-24')}", f"生年月日　{DOB('１９７２年３月４日', '1972-03-04')}", f"名前,生年月日\n{NAME('加藤 愛')},{DOB('1999/9/9', '1999-09-09')}\n{NAME('森田 徹')},{DOB('1965/1/31', '1965-01-31')}",
    ]],
    ("en", f"DOB {DOB('1990-06-30', '1990-06-30')}"), ("en", f"date of birth (MM/DD/YYYY): {DOB('02/14/1977', '1977-02-14')}"), ("en", f"She was born on {DOB('4 July 1985', '1985-07-04')}."), ("en", f"Birthday: {DOB('Sept 3, 1995', '1995-09-03')}"),
    ("zh", f"{DOB('1990年1月1日', '1990-01-01')}出生"), ("zh", f"生日：{DOB('1992-08-17', '1992-08-17')}"), ("ko", f"생년월일: {DOB('1988년 5월 20일', '1988-05-20')}"),
    # addresses
    *[("ja", t) for t in [
        f"住所：{ADDR('東京都千代田区永田町1-7-1')}", f"〒604-8571 {ADDR('京都府京都市中京区寺町通御池上る上本能寺前町488番地')}", f"住所は{ADDR('福岡県福岡市博多区博多駅前二丁目1番1号')}です",
        f"{ADDR('愛知県名古屋市中村区名駅4丁目7-1')}　ミッドビル20階", f"送付先：{ADDR('沖縄県那覇市泉崎1−2−2')}", f"本籍 {ADDR('長野県北安曇郡白馬村大字北城7025')}",
        f"現住所　{ADDR('千葉県船橋市湊町2丁目10番25号')}", f"自宅は{ADDR('埼玉県さいたま市浦和区高砂3-15-1')}です。", f"住所：〒220-0012 {ADDR('横浜市西区みなとみらい2-3-1')}",
        f"{ADDR('北海道札幌市北区北7条西2丁目20番地')}", f"{ADDR('北海道旭川市六条通9丁目46')}", f"{ADDR('京都府京都市下京区五条通烏丸西入1-1')}", f"住所 {ADDR('三重県四日市市諏訪町1-5')}",
        f"{ADDR('兵庫県神戸市中央区加納町6-5-1')}\n{ADDR('広島県広島市中区国泰寺町1-6-34')}",
    ]],
    # names
    *[("ja", t) for t in [
        f"氏名：{NAME('山田太郎')}", f"お名前：{NAME('佐藤 花子')} 様", f"{NAME('田中')}様\nお世話になっております。", f"{NAME('鈴木一郎')}様、{NAME('高橋')}様", f"患者名：{NAME('小野寺 学')}", f"株式会社こだま 営業部 {NAME('井上')}様",
        f"先日{NAME('木村')}さんから聞きました", f"{NAME('村上春香')}氏の経歴", f"フリガナ：{NAME('サトウ ハナコ')}", f"ご担当の{NAME('松本')}様によろしく", f"{NAME('中島 敦子')}先生", f"代表者氏名 {NAME('遠藤 修')}", f"口座名義：{NAME('イノウエ マコト')}",
        f"{NAME('佐々木')}様、{NAME('渡邉')}様、{NAME('齋藤')}様", f"応募者氏名：{NAME('吉田 さくら')}", f"被保険者氏名　{NAME('五十嵐 健')}", f"{NAME('三宅')}殿", f"名前は{NAME('岡田 准')}です",
        f"氏名,部署\n{NAME('石井 誠')},営業部\n{NAME('上田 彩')},総務部\n{NAME('大塚 浩')},経理部",
    ]],
    ("en", f"Name: {NAME('Taro Yamada')}"), ("en", f"Patient name: {NAME('Maria Gonzalez')}"), ("en", f"Please ask Mr. {NAME('David Clarke')} about it"),
    ("zh", f"客户姓名：{NAME('张伟')}"), ("zh", f"{NAME('陈晓红')}女士您好"), ("ko", f"{NAME('박지훈')} 님께"), ("zh", f"收件人：{NAME('刘洋')}"),
    # secrets
    *[("ja", t) for t in [
        f"パスワード：{SEC('Kodama2026!')}", f"PW：{SEC('x7Rk-22qa')}", f"パスワードは「{SEC('Abc#9981')}」です", f"ログインパスワード {chr(10)}{SEC('hR7tt0pq')}", f"仮パスワード: {SEC('initPass77')}", f"Wi-Fiのパスワードは {SEC('guest-8842-net')} です",
    ]],
    *[("en", t) for t in [
        f"Password = {SEC('hunter2!x')}", f"pwd:{SEC('Zx81zx81')}", f"token: {SEC('xoxb-' + digits(12) + '-' + token(24))}", f"key {SEC('AIza' + token(35))}", f"STRIPE={SEC('sk_live_' + token(24))}",
        f"Authorization: Bearer {SEC('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.' + token(43))}", f"{SEC('-----BEGIN OPENSSH PRIVATE KEY-----')}", f"glpat token {SEC('glpat-' + token(20))}", f"https://deploy:{SEC('pA55w0rd9')}@git.example.com/x.git",
        f"SendGrid {SEC('SG.' + token(22) + '.' + token(43))}", f"npm {SEC('npm_' + token(36))}",
    ]],
    ("zh", f"密码：{SEC('Aa123456x')}"), ("zh", f"初始密码为{SEC('Tmp#2026a')}"), ("ko", f"비밀번호: {SEC('qwe123!!')}"),
    # other countries
    ("en", f"social security # {SSN()}"), ("en", f"name,ssn\nA,{SSN()}\nB,{SSN()}"), ("ko", f"주민번호 {RRN()} 확인"), ("ko", f"{RRN()}"), ("zh", f"身份证{CN()}"), ("zh", f"{CN()}"), ("zh", f"公民身份号码 {CN()}"),
    ("en", f"IBAN: {IBAN()}"), ("en", f"transfer to {IBAN(g(iban('GB'), 4, 4, 4, 4, 4, 2, sep=' '))} today"),
    # corporate
    ("ja", f"適格請求書発行事業者登録番号：T{CORP()}"), ("ja", f"法人番号：{CORP()}"), ("ja", f"登録番号 T-{CORP()}"), ("ja", f"登録番号　Ｔ{CORP(full(corporate()))}"),
    # mixed
    ("ja", f"{NAME('西村 浩')}様のご登録内容\n電話：{TEL(mobile())}\nメール：{MAIL('nishimura@example.jp')}\n住所：{ADDR('静岡県静岡市葵区追手町9-6')}\n生年月日：{DOB('1970/12/31', '1970-12-31')}"),
    ("ja", "氏名,フリガナ,電話番号,メールアドレス\n" + "\n".join(f"{NAME(a)},{NAME(b)},{TEL(mobile())},{MAIL(c)}" for a, b, c in [("青木 翔", "アオキ ショウ", "aoki@example.jp"), ("馬場 恵", "ババ メグミ", "baba@example.com"), ("千葉 蓮", "チバ レン", "chiba@example.net")])),
    # nothing in these
    *[("ja", t) for t in [
        *[f"{w} {my_number()}" for w in ["注文番号", "受付番号：", "伝票番号", "送り状番号", "管理番号：", "会員番号", "契約番号", "シリアル番号", "追跡番号：", "予約番号"]],
        *[f"{w}：{visa()}" for w in ["ご注文番号", "お問い合わせ番号", "取引ID", "ロット番号", "会員カード番号"]],
        f"会社法人等番号 {my_number()}", f"JAN {jan_as_corporate()}", f"商品コード：{jan()}", f"荷物は{g(my_number(), 4, 4, 4)}（送り状番号）です", f"{timestamp_as_my_number()}_log.txt",
        f"ログ: {timestamp_as_my_number()[:8]}T{digits(6, '01')} 起動", f"https://shop.example.com/item/{my_number()}?ref={visa()}", f"品番 TK{digits(7)}", f"EMS {token(2, 'ER')}{digits(9)}JP を発送",
        f"型番:03-1234-5678-A", f"価格は123456789012円です", f"図面番号 {digits(4)}-{digits(6)}", f"残高 12,345,678,901,234 円", "郵便番号は100-0001です", "同様に仕様変更の模様です。様式は別紙のとおり。",
        "奥様、お嬢様もご一緒にどうぞ。○○様のご予定は？", "関係者各位\n平素よりお世話になっております。", "伊藤忠商事様、松田電器様、小林製薬様の案件", "先生方のご意見を伺いました。氏名は後日お知らせします。", "お名前をご記入ください。氏名欄は必須です。",
        "担当者：未定\n確認者：営業部", "青森県と岩手県の支店を統合します。東京都の人口は1400万人。", "千葉駅、川崎駅、石川県、福島県をまわる出張", "生年月日をご入力ください（例：西暦）", "2026年11月24日に発生した障害は生産に影響しません", "パスワードを忘れた場合は再設定してください",
        "パスワード：別途電話でお伝えします", "パスワードポリシー：英数字8文字以上", "暗証番号は4桁です。1234は使えません", "会議室は3-5-2、内線 1234、定員12名", f"sha256: {token(64, '0123456789abcdef')}", "価格表 v1.2.3（2026/11/24 10:15:30 更新）",
        f"資料は\\\\server\\share\\{digits(12)}\\見積.xlsx", "商品：名前入りマグカップ、印刷色は3色", "電話会議は15:00-16:00、Zoomで実施", f"地震 2026-11-24 03:12:45 震度3、マグニチュード4.1", f"センサー値 {' '.join(digits(4) for _ in range(12))}",
        f"特許第{digits(7)}号、特願2026-{digits(6)}", "カードの利用限度額は 500,000 円、ポイントカードの有効期限は2年", f"乱数 {digits(30)}", f"振込金額 1234567 円をお支払いください",
    ]],
    *[("en", t) for t in [
        f"order number {visa()}", f"Tracking no. {my_number()}", f"PO {digits(10)} line 20 qty 300", f"ticket #{digits(9)}", f"serial: {luhn('4', 16)}", f"GTIN {jan()}", f"policy number 123-45-6789", f"ref 987-65-4321", f"build 2026.1124.1015, commit {token(40, '0123456789abcdef')}",
        f"{token(8, '0123456789abcdef')}-1234-4567-8901-{digits(12)}", "Version 1.2.3.4 of lib@2.0.0; see README.md@main", "Use user@localhost for testing", "password: ********", "password: <your password>", "Passwords must have eight characters.", "api_key: ${API_KEY}",
        "The passport office and the license department are closed.", "Domain name: kodama, host name: Web Server", "Meeting ID: 812 3456 7890", f"model KX{digits(7)}", "pi is 3.14159265358979323846264338327950288", "Dear customer, your statement is ready.", f"sum of 4000 1234 5678 9010 and 1200",
        "10 000 000 people, 2026-11-24T10:15:30Z", "eyJ is the start of base64 JSON", f"epoch_ms={digits(13, '1')}", "Company name: Blue River Trading", "from 2019-2021 and 1990-1995",
    ]],
    *[("zh", t) for t in [
        f"订单编号：{digits(16, '123456789')}", f"运单号 {digits(13)}", f"流水号：{digits(20)}", "请各位同事查收附件，谢谢。", "产品型号：KX" + digits(7), "密码已重置，请重新登录", "腾讯会议号 123-456-789", "北京市朝阳区的天气很好", f"发票号码 {digits(8)}", "先生们，女士们",
    ]],
    *[("ko", t) for t in [f"송장번호 {digits(12)}", "비밀번호를 변경해 주세요", "고객님, 안녕하세요"]],
]
