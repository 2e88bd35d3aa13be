// SPDX-License-Identifier: MPL-2.0
// What tests/mail/README.md says about the samples, as far as reading decides it.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mail_file/eml_reader.h"

namespace lastlook {
namespace {

Draft ReadSample(const std::string& name) {
  std::ifstream file(LASTLOOK_SOURCE_DIR "/tests/mail/" + name, std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  Result<Draft> draft = DraftFromMailFile(bytes);
  EXPECT_TRUE(draft.ok()) << name << ": " << DescribeError(draft.error());
  return draft.ok() ? *std::move(draft) : Draft();
}

std::vector<std::string> Recipients(const Draft& draft) {
  std::vector<std::string> addresses;
  for (const Recipient& recipient : draft.recipients) {
    addresses.push_back(recipient.Id() + " " +
                        (recipient.mailbox.address ? recipient.mailbox.address->ToString() : "?"));
  }
  return addresses;
}

std::vector<std::string> Attachments(const Draft& draft) {
  std::vector<std::string> names;
  for (const Part& part : draft.attachments) {
    names.push_back(part.name);
  }
  return names;
}

using Strings = std::vector<std::string>;

TEST(SampleMails, HaveTheRecipientsTheyShow) {
  EXPECT_EQ(Recipients(ReadSample("01-inside-only.eml")),
            (Strings{"to[0] hanako.sato@kodama.example.jp", "cc[0] kenichi.takahashi@kodama.example.jp",
                     "cc[1] kate.oneill@kodama.example.jp"}));
  EXPECT_EQ(ReadSample("03-customers-in-cc.eml").InField(RecipientField::kCc).size(), 12U);
  EXPECT_EQ(Recipients(ReadSample("08-mistyped-addresses.eml")),
            (Strings{"to[0] ?", "to[1] hanako.sato@kodama.example.jp", "cc[0] ?"}));
  EXPECT_EQ(Recipients(ReadSample("09-full-width-address.eml")), (Strings{"to[0] ken.ito@c-corp.example"}));
  EXPECT_EQ(Recipients(ReadSample("11-group-in-to.eml")),
            (Strings{"to[0] hanako.sato@kodama.example.jp", "to[1] makoto.kobayashi@a-shoji.example",
                     "to[2] rina.kimura@e-print.example"}));
  EXPECT_EQ(Recipients(ReadSample("12-hidden-copy-to-outsider.eml")),
            (Strings{"to[0] taro.yamada@kodama.example.jp", "bcc[0] hanako.private@free-mail.example"}));
  EXPECT_EQ(Recipients(ReadSample("14-international-domain.eml")),
            (Strings{"to[0] info@xn--r8jz45g.example", "to[1] support@xn--r8jz45g.example"}));
  EXPECT_EQ(Recipients(ReadSample("15-inside-name-outside-address.eml")),
            (Strings{"to[0] taro.yamada@kodama-jp.example"}));
  EXPECT_EQ(Recipients(ReadSample("16-domains-that-end-alike.eml")),
            (Strings{"to[0] taro.yamada@notkodama.example.jp", "to[1] kate.oneill@kodama.example.jp.mail.example",
                     "to[2] hanako.sato@sales.kodama.example.jp"}));
  EXPECT_EQ(Recipients(ReadSample("17-separators-of-all-kinds.eml")),
            (Strings{"to[0] ken.ito@c-corp.example", "to[1] watanabe@d-foods.example",
                     "to[2] n.matsumoto@d-foods.example", "to[3] hanako.sato@kodama.example.jp"}));
}

TEST(SampleMails, HaveTheAttachmentsTheyShow) {
  EXPECT_EQ(Attachments(ReadSample("02-quotation-to-customer.eml")), (Strings{"見積書_C社.pdf"}));
  EXPECT_EQ(Attachments(ReadSample("04-iso-2022-jp-attachments.eml")),
            (Strings{"議事録_11月20日.txt", "参加者名簿.csv"}));
  EXPECT_EQ(Attachments(ReadSample("06-html-with-logo.eml")), (Strings{"catalogue.pdf"}));
  EXPECT_EQ(Attachments(ReadSample("07-forwarded-mail.eml")), (Strings{"納期のご相談.eml"}));
  EXPECT_EQ(Attachments(ReadSample("10-company-secret-to-outsider.eml")), (Strings{"価格改定案_社外秘.csv"}));
  EXPECT_GT(ReadSample("13-big-attachment.eml").attachments.at(0).size_bytes, 400'000U);
}

TEST(SampleMails, AreReadable) {
  const Draft japanese = ReadSample("04-iso-2022-jp-attachments.eml");
  EXPECT_EQ(japanese.subject, "議事録と参加者名簿をお送りします");
  EXPECT_EQ(japanese.from->display_name, "高橋 健一");
  EXPECT_EQ(japanese.body.text,
            "小林 様\n\nこだまの高橋です。\n先日の打ち合わせの議事録と参加者名簿をお送りします。\n");
  const Draft cp932 = ReadSample("05-shift-jis-body.eml");
  EXPECT_EQ(cp932.subject, "㈱こだま ①次回打ち合わせ②お支払い");
  EXPECT_NE(cp932.body.text->find("① 次回の打ち合わせ: 11月27日(金) 14時～15時"), std::string::npos);
  EXPECT_NE(cp932.body.text->find("髙橋"), std::string::npos);
  EXPECT_EQ(ReadSample("10-company-secret-to-outsider.eml").subject, "【社外秘】来期の価格改定案");
}

}  // namespace
}  // namespace lastlook
