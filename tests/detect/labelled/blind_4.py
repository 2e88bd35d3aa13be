# SPDX-License-Identifier: MPL-2.0
# A fourth set, written after the mends that the third one led to and run once, to see whether these were general; read by
# ../make_labelled.py.

rng.seed(20261128)

BLIND_4 = [
    ("ja", f"{NAME('三浦')}部長\n\n来週の出張ですが、先方は{NAME('菅野')}課長と{NAME('堀江')}さんが対応されるそうです。\n待ち合わせ場所は改めてご連絡します。"),
    ("ja", f"引っ越しをしましたのでご連絡します。\n新しい住所：〒980-0021 {ADDR('宮城県仙台市青葉区中央1-10-10')}\n電話番号の変更はありません。"),
    ("ja", f"当日の連絡網です。\n・{NAME('荒木')}（{TEL(mobile())}）\n・{NAME('水野')}（{TEL(mobile())}）\n雨天の場合は6時までに電話します。"),
    ("ja", f"後任の{NAME('笹川')}が担当いたします。\nメールアドレスは {MAIL('sasagawa@kodama.example.jp')} です。"),
    ("ja", f"入社手続き書類の確認\n氏名：{NAME('庄司 健吾')}\n生年月日：{DOB('1994年12月3日', '1994-12-03')}\n基礎年金番号：{PEN()}\n個人番号：{MY(g(my_number(), 4, 4, 4, sep=' '))}\n振込口座：若葉銀行 本店 普通 {BANK()}"),
    ("ja", f"{NAME('平松 一郎')}様（{DOB('昭和12年2月8日', '1937-02-08')}）のご家族より、退院日の問い合わせがありました。"),
    ("ja", csv(["参加者氏名", "所属", "連絡先"], [[NAME("小田 弘樹"), "ひばり製作所", TEL(mobile())], [NAME("牧野 瑠美"), "みどり商店", TEL(mobile())], [NAME("芦田 徹"), "若葉電子", TEL(mobile())]])),
    ("ja", tsv(["従業員名", "給与振込先口座", "支給額"], [[NAME("細川 明"), BANK(), "248,000"], [NAME("竹本 茜"), BANK(), "231,500"]])),
    ("ja", f"実習生の在留カード番号です。\n{RES()}\n{RES()}\n{RES()}"),
    ("ja", f"海外出張者\nMATSUDA KENJI TK".replace("MATSUDA KENJI TK", NAME("MATSUDA KENJI") + "  " + PASS()) + f"\n旅券の有効期限は確認済みです。"),
    ("ja", f"共有フォルダの接続情報\nユーザー名\tkeiri\nパスワード\t{SEC('Kx82-momiji')}\nよろしくお願いします。"),
    ("ja", f"{NAME('早瀬')}先生のご紹介で、{NAME('田島 美代子')}様がいらっしゃいます。お電話は{TEL(landline('0744', 2))}です。"),
    ("ja", f"カードの再登録をお願いします。旧カード {CARD(g(visa(), 4, 4, 4, 4))} は10月末で失効しています。"),
    ("ja", f"弊社{NAME('村瀬')}よりお送りした請求書の件、担当が変わりました。登録番号は T{CORP()} のままです。"),
    ("ja", f"事務局：{NAME('大橋 直樹')}、{NAME('戸塚 麻衣')}\n会場：本社3階\n問い合わせ：{TEL(landline('03', 4))}（内線 220）"),
    ("ja", f"ご本人確認のため、{NAME('沼田')}様のお誕生日をお伺いしたところ、{DOB('平成3年6月30日', '1991-06-30')}生まれとのことでした。"),
    ("ja", f"請負契約書\n発注者　{ADDR('大阪府堺市堺区南瓦町3-1')}　株式会社ミナト\n受注者　{ADDR('奈良県橿原市八木町1-1-18')}　{NAME('宮原 宏')}"),
    ("en", f"Hi team,\n\nMs. {NAME('Alvarez')} asked us to update her phone number to {TEL('(702) 555-0' + digits(3))}. Her SSN on file is {SSN()}.\n\nThanks"),
    ("en", f"Attendee list\nName: {NAME('Rachel Nguyen')}\nName: {NAME('Peter Osborne')}\nBadge pickup from 8:30."),
    ("en", f"The admin password was reset to {SEC('Maple#Ridge204')}. Please log in today."),
    ("en", f"Please wire the deposit to IBAN {IBAN(iban('GB'))} and phone me on {TEL('+44 20 7946 0' + digits(3))} once done."),
    ("en", csv(["Participant", "Email", "Date of Birth"], [[NAME("Olga Petrova"), MAIL("olga@example.org"), DOB("1983-05-17", "1983-05-17")], [NAME("Liam Foster"), MAIL("liam.f@example.com"), DOB("1990-10-02", "1990-10-02")]])),
    ("zh", f"您好，客服电话已变更为 {TEL('400-' + digits(3, '678') + '-' + digits(4))}，请致电联系人{NAME('宋佳琪')}女士。"),
    ("zh", f"员工{NAME('杜志华')}先生，身份证号：{CN()}，工资卡号：{CARD(union_pay())}"),
    ("zh", f"邮箱密码已重置为 {SEC('Lotus@9021x')}，首次登录请修改。"),
    *[("ja", t) for t in [
        "営業部長会議は第2水曜日です。課長以上の方は出席してください。",
        "大阪支店長と名古屋支社長が参加します。社長室にお集まりください。",
        f"製番 {digits(8)} の図面は改訂中です。旧版 Rev.B は使用しないでください。",
        "酒屋さんと魚屋さんが並ぶ通りで、お客さんも多いです。",
        f"保守契約番号 {g(digits(12, '5'), 4, 4, 4)}（自動更新）の請求は来月です。",
        "担当の部署が決まり次第、改めてご連絡いたします。後任の選定も進めています。",
        "パスワード 8文字以上\nユーザー名 社員番号\nとしてください。",
        f"送り状番号\n{digits(12, '4')}\n{digits(12, '4')}\n{digits(12, '4')}",
        "北海道 支社\n宮城 支店\n福岡 支店\n沖縄 営業所",
        "出張は宮崎の工場、次に福井の営業所、最後に石川の倉庫です。",
    ]],
    *[("en", t) for t in [
        f"Dear Mr. Chairman, dear Madam Secretary,\nthe report for FY{digits(4, '2')} is ready.",
        f"Password policy\nminimum length 12\nrotation 90 days",
        f"PO {digits(8)} and RMA {digits(9)} refer to the same pump, serial {digits(10, '9')}.",
        "Dr. No is on TV tonight; Ms. or Mrs.? Please ask her.",
    ]],
    *[("zh", t) for t in [
        f"请把发票号 {digits(8)} 和合同号 KD{digits(8)} 填在表格里。",
        "经理先生们和女士们请到三楼会议室。",
    ]],
]
