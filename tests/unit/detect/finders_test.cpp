// SPDX-License-Identifier: MPL-2.0
// The borders of each finder: the nearest text in which it finds, beside the nearest in which it must not.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "detect/personal_data.h"

namespace lastlook::detect {
namespace {

struct Border {
  const char* text;
  const char* found;  // "TYPE normalized", or "" for nothing
};

class Finders : public testing::TestWithParam<Border> {};

TEST_P(Finders, FindsWhatItIsForAndNothingBesideIt) {
  std::string found;
  for (const PersonalDatum& datum : FindPersonalData(GetParam().text)) {
    found += (found.empty() ? "" : ", ") + std::string(DataTypeName(datum.type)) + " " + datum.normalized;
    EXPECT_EQ(std::string(GetParam().text).substr(datum.begin, datum.end - datum.begin), datum.value);
  }
  EXPECT_EQ(found, GetParam().found) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(CreditCard, Finders,
                         testing::Values(Border{"カード番号 4111 1111 1111 1111", "CREDIT_CARD 4111111111111111"},
                                         Border{"カード番号 4111 1111 1111 1112", ""},
                                         Border{"カード番号 3782 822463 10005", "CREDIT_CARD 378282246310005"},
                                         Border{"カード番号 9111 1111 1111 1111", ""},
                                         Border{"カード番号 4111 1111 1111 1111 1111", ""}));

INSTANTIATE_TEST_SUITE_P(MyNumberAndLicence, Finders,
                         testing::Values(Border{"個人番号 123456789018", "JP_MY_NUMBER 123456789018"},
                                         Border{"個人番号 123456789017", ""}, Border{"個人番号 000000000000", ""},
                                         Border{"免許証番号 309012345620", "JP_DRIVER_LICENSE 309012345620"},
                                         Border{"免許証番号 309012345630", ""}, Border{"309012345620", ""}));

INSTANTIATE_TEST_SUITE_P(CorporateNumber, Finders,
                         testing::Values(Border{"登録番号 T7010705000725", "JP_CORPORATE_NUMBER 7010705000725"},
                                         Border{"登録番号 T7010705000726", ""}, Border{"7010705000725", ""}));

INSTANTIATE_TEST_SUITE_P(PensionAndInsurance, Finders,
                         testing::Values(Border{"基礎年金番号 1234-567890", "JP_PENSION_NUMBER 1234567890"},
                                         Border{"基礎年金番号 1234-56789", ""}, Border{"1234-567890", ""},
                                         Border{"保険者番号 33120015", "JP_INSURER_NUMBER 33120015"},
                                         Border{"保険者番号 33120016", ""}));

INSTANTIATE_TEST_SUITE_P(TravelDocument, Finders,
                         testing::Values(Border{"旅券番号 TK1234567", "JP_PASSPORT TK1234567"},
                                         Border{"旅券番号 TK123456", ""}, Border{"型番 TK1234567", ""},
                                         Border{"在留カード番号 AB12345678CD", "JP_RESIDENCE_CARD AB12345678CD"},
                                         Border{"在留カード番号 AB1234567CD", ""}, Border{"EMS EA123456789JP", ""}));

INSTANTIATE_TEST_SUITE_P(BankAccount, Finders,
                         testing::Values(Border{"青葉銀行 本店 普通 1234567", "JP_BANK_ACCOUNT 1234567"},
                                         Border{"青葉銀行 本店 普通 123456", ""}, Border{"普通 1234567 個", ""}));

INSTANTIATE_TEST_SUITE_P(
    PhoneNumber, Finders,
    testing::Values(Border{"03-5555-1234", "PHONE_NUMBER 0355551234"}, Border{"03-5555-123", ""},
                    Border{"090-1234-5678", "PHONE_NUMBER 09012345678"}, Border{"090-1234-5678-9", ""},
                    Border{"03-0123-4567", ""}, Border{"020 7946 0150", "PHONE_NUMBER 02079460150"},
                    Border{"+44 20 7946 0150", "PHONE_NUMBER +442079460150"}, Border{"+1 (212) 155-0150", ""},
                    Border{"手机 13800138000", "PHONE_NUMBER 13800138000"}, Border{"13800138000", ""}));

INSTANTIATE_TEST_SUITE_P(EmailAddress, Finders,
                         testing::Values(Border{"<Ito@C-Corp.example>", "EMAIL_ADDRESS ito@c-corp.example"},
                                         Border{"icon@2x.png", ""}, Border{"ito@localhost", ""}, Border{"@ito", ""}));

INSTANTIATE_TEST_SUITE_P(DateOfBirth, Finders,
                         testing::Values(Border{"生年月日 昭和64年1月7日", "DATE_OF_BIRTH 1989-01-07"},
                                         Border{"生年月日 2001/2/29", ""},
                                         Border{"生年月日 2004/2/29", "DATE_OF_BIRTH 2004-02-29"},
                                         Border{"発行日 2004/2/28", ""},
                                         Border{"Date of Birth: 29 Feb 2004", "DATE_OF_BIRTH 2004-02-29"}));

INSTANTIATE_TEST_SUITE_P(Address, Finders,
                         testing::Values(Border{"東京都千代田区永田町1-7-1", "JP_ADDRESS 東京都千代田区永田町1-7-1"},
                                         Border{"東京都千代田区永田町", ""}, Border{"東京都は1-7-1の勝利", ""}));

INSTANTIATE_TEST_SUITE_P(ForeignId, Finders,
                         testing::Values(Border{"SSN 219-45-6789", "US_SSN 219456789"}, Border{"SSN 666-45-6789", ""},
                                         Border{"SSN 123-00-6789", ""}, Border{"SSN 078-05-1120", ""},
                                         Border{"身份证 11010519491231002X", "CN_RESIDENT_ID 11010519491231002X"},
                                         Border{"身份证 110105194912310021", ""}));

INSTANTIATE_TEST_SUITE_P(Iban, Finders,
                         testing::Values(Border{"DE89 3704 0044 0532 0130 00", "IBAN DE89370400440532013000"},
                                         Border{"DE88 3704 0044 0532 0130 00", ""},
                                         Border{"DE89 3704 0044 0532 0130", ""}));

INSTANTIATE_TEST_SUITE_P(Secret, Finders,
                         testing::Values(Border{"パスワード：aB3#xy99", "SECRET aB3#xy99"},
                                         Border{"パスワード：********", ""}, Border{"パスワードは8文字以上です", ""},
                                         Border{"password of the file: kV93#nnq1", "SECRET kV93#nnq1"},
                                         Border{"password for the 2026 season", ""},
                                         Border{"https://meet.example/j/8123?pwd=aBvc38usQ17", ""}));

INSTANTIATE_TEST_SUITE_P(SecretInAForm, Finders,
                         testing::Values(Border{"ID　admin\nPW　hoshi#Zora27\n", "SECRET hoshi#Zora27"},
                                         Border{"PW hoshi#Zora27 を入力", ""},
                                         Border{"登录密码改成了 Panda!7733，请周知", "SECRET Panda!7733"},
                                         Border{"登录密码改成了随机的", ""}));

INSTANTIATE_TEST_SUITE_P(PersonName, Finders,
                         testing::Values(Border{"三田村 豊氏", "PERSON_NAME 三田村豊"}, Border{"三田村産業様", ""},
                                         Border{"高島屋様", ""},
                                         Border{"グエン ヴァン ミンさん", "PERSON_NAME グエンヴァンミン"},
                                         Border{"森ビル様", ""}, Border{"皆様", ""},
                                         Border{"氏名 TRAN THI HOA", "PERSON_NAME TRAN THI HOA"},
                                         Border{"姓名：林晓雯　性别：女", "PERSON_NAME 林晓雯"}));

// Without 様 behind it: by an office, a role, or the datum that is the person's own.
INSTANTIATE_TEST_SUITE_P(
    PersonNameWithoutTitle, Finders,
    testing::Values(Border{"村井課長にお伝えください", "PERSON_NAME 村井"}, Border{"総務部長にお伝えください", ""},
                    Border{"福岡支社長が参ります", ""}, Border{"関西本部長が参ります", ""},
                    Border{"大阪課長会議", ""},                                                        // a place
                    Border{"担任の日下部まで", "PERSON_NAME 日下部"}, Border{"担任の日下部です", ""},  // who speaks
                    Border{"弊社福島の工場", ""}, Border{"弊社相原宛のお荷物", "PERSON_NAME 相原"},
                    Border{"大宮宛のお荷物", ""}, Border{"宛先の確認", ""},
                    Border{"志村（090-1234-5678）へ", "PERSON_NAME 志村, PHONE_NUMBER 09012345678"},
                    Border{"代表（03-3333-4444）へ", "PHONE_NUMBER 0333334444"},
                    Border{"倉敷（090-1234-5678）へ", "PHONE_NUMBER 09012345678"},
                    Border{"遠山の携帯番号は090-1234-5678", "PERSON_NAME 遠山, PHONE_NUMBER 09012345678"},
                    Border{"部屋の電話は090-1234-5678", "PHONE_NUMBER 09012345678"},
                    Border{"旅券\nOKADA MARIKO　TS1234567", "PERSON_NAME OKADA MARIKO, JP_PASSPORT TS1234567"},
                    Border{"旅券番号 TS1234567\nTK7654321\nTR1111111",
                           "JP_PASSPORT TS1234567, JP_PASSPORT TK7654321, JP_PASSPORT TR1111111"},
                    Border{"梅原様（S18.7.23）", "PERSON_NAME 梅原, DATE_OF_BIRTH 1943-07-23"},
                    Border{"梅原様（2026/7/23）", "PERSON_NAME 梅原"},  // of a visit
                    Border{"梅原様、昭和60年4月1日に入社", "PERSON_NAME 梅原"},
                    Border{"Dear Mr. Whitfield, thank you", "PERSON_NAME Whitfield"},
                    Border{"Mr. President, the minutes", ""}, Border{"花屋様に注文", ""}));

INSTANTIATE_TEST_SUITE_P(
    NameList, Finders,
    testing::Values(
        Border{
            "相沢 陽介\n別所 香\n千田 実\n和田 誠\n織田 里奈",
            "PERSON_NAME 相沢陽介, PERSON_NAME 別所香, PERSON_NAME 千田実, PERSON_NAME 和田誠, PERSON_NAME 織田里奈"},
        Border{"相沢 陽介\n別所 香\n千田 実", "PERSON_NAME 相沢陽介, PERSON_NAME 別所香, PERSON_NAME 千田実"},
        Border{"相沢 陽介\n別所 香", ""},                      // two may be chance
        Border{"相沢 陽介\n相沢 陽介\n別所 香\n別所 香", ""},  // two people
        Border{"相沢陽介\n別所香\n千田実\n和田誠", ""},        // without blanks it takes five
        Border{"山口 支店\n福岡 支店\n長崎 支店\n松本 支店", ""},
        Border{"松本市\n長野市\n上田市\n岡谷市\n飯田市", ""},                          // places
        Border{"青山銀行\n松本銀行\n高田銀行\n千葉銀行\n福井銀行", ""},                // companies
        Border{"方案一\n方案二\n方案三\n方案四\n方案五", ""},                          // one surname
        Border{"User Guide\nRelease Notes\nPrice List\nTest Report\nQuick Start", ""}  // documents
        ));

TEST(NameList, ALongWayBehindLinesWithoutNames) {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += "本日の会議の資料です。\n";
  }
  text += "相沢 陽介\n別所 香\n千田 実\n和田 誠\n織田 里奈\n臼井 勝\n浅野 美咲\n黒木 拓\n尾崎 亮太\n片山 文恵\n";
  std::string many = text;
  for (int i = 0; i < 40; ++i) {
    many += "沢田 徹也\n小暮 啓介\n";
  }
  // Fewer lines than are passed over may be overlooked; forty are not, and none of them is lost.
  EXPECT_EQ(FindPersonalData(many).size(), 90U);
}

}  // namespace
}  // namespace lastlook::detect
