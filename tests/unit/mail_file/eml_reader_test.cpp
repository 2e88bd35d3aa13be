// SPDX-License-Identifier: MPL-2.0
#include "mail_file/eml_reader.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/crypto.h"
#include "base/error.h"

namespace lastlook {
namespace {

Draft Read(std::string_view mail) {
  Result<Draft> draft = DraftFromMailFile(mail);
  EXPECT_TRUE(draft.ok()) << DescribeError(draft.error());
  return draft.ok() ? *std::move(draft) : Draft();
}

std::string Mail(std::string_view headers, std::string_view body) {
  return "From: taro@kodama.example.jp\r\nTo: ito@c-corp.example\r\nMIME-Version: 1.0\r\n" + std::string(headers) +
         "\r\n" + std::string(body);
}

// A part of the multipart whose boundary is "b".
std::string PartOf(std::string_view headers, std::string_view body) {
  return "--b\r\n" + std::string(headers) + "\r\n" + std::string(body) + "\r\n";
}

TEST(MailFile, ReadsFieldsAndBody) {
  const Draft draft = Read(
      "From: =?UTF-8?B?5bGx55Sw?= <taro@kodama.example.jp>\r\n"
      "To: \"Ito, K\" <ito@c-corp.example>,\r\n kate@a-shoji.example\r\n"
      "Cc: Team: a@x.example, b@y.example;\r\n"
      "Bcc: audit@kodama.example.jp\r\n"
      "Reply-To: sales@kodama.example.jp\r\n"
      "Subject: =?UTF-8?B?44GK6KaL?=\r\n =?UTF-8?B?56mN44KK?=\r\n"
      "X-Priority: 1\r\n"
      "\r\n"
      "Hello\r\n");
  EXPECT_EQ(draft.from->display_name, "山田");
  ASSERT_EQ(draft.recipients.size(), 5U);
  EXPECT_EQ(draft.recipients[0].mailbox.display_name, "Ito, K");
  EXPECT_EQ(draft.recipients[1].Id(), "to[1]");
  EXPECT_EQ(draft.recipients[3].mailbox.AddressOrTyped(), "b@y.example");
  EXPECT_EQ(draft.recipients[4].Id(), "bcc[0]");
  EXPECT_EQ(draft.reply_to.size(), 1U);
  EXPECT_EQ(draft.subject, "お見積り");
  EXPECT_EQ(draft.body.text, "Hello\n");
  EXPECT_FALSE(draft.body.html.has_value());
  EXPECT_TRUE(draft.attachments.empty());
  ASSERT_EQ(draft.headers.size(), 1U);
  EXPECT_EQ(draft.headers[0], (std::pair<std::string, std::string>("X-Priority", "1")));
  EXPECT_FALSE(draft.compose.kind.has_value());
}

TEST(MailFile, ReadsAddressFieldsThatStandTwice) {
  const Draft draft = Read("To: a@x.example\nTo: b@y.example\nFrom: c@z.example\n\nx\n");
  EXPECT_EQ(draft.recipients.size(), 2U);
}

TEST(MailFile, AnEncodedCommaIsNoSeparator) {
  const Draft draft = Read("From: a@x.example\nTo: =?UTF-8?Q?Ito=2C_K?= <ito@c-corp.example>, b@y.example\n\nx\n");
  ASSERT_EQ(draft.recipients.size(), 2U);
  EXPECT_EQ(draft.recipients[0].mailbox.display_name, "Ito, K");
}

TEST(MailFile, ReadsRawBytesInFields) {
  EXPECT_EQ(Read("From: a@x.example\nSubject: \x8E\x52\x93\x63\n\nx").subject, "山田");
  EXPECT_EQ(Read("From: a@x.example\nSubject: \x1B$B;3ED\x1B(B\n\nx").subject, "山田");
  EXPECT_EQ(Read("From: a@x.example\nSubject: 山田\n\nx").subject, "山田");
  EXPECT_EQ(Read("From: a@x.example\nTo: \"\x1B$B;3ED\x1B(B\" <b@y.example>\n\nx").recipients[0].mailbox.display_name,
            "山田");
}

TEST(MailFile, DecodesBodiesByCharset) {
  EXPECT_EQ(Read(Mail("Content-Type: text/plain; charset=ISO-2022-JP\r\n", "\x1B$B;3ED\x1B(B")).body.text, "山田");
  EXPECT_EQ(Read(Mail("Content-Type: text/plain; charset=Shift_JIS\r\nContent-Transfer-Encoding: 8bit\r\n",
                      "\x87\x40\x87\x8A"))
                .body.text,
            "①㈱");
  EXPECT_EQ(Read(Mail("Content-Type: text/plain; charset=EUC-JP\r\n", "\xBB\xB3\xC5\xC4")).body.text, "山田");
  EXPECT_EQ(Read(Mail("Content-Type: text/plain\r\n", "\x8E\x52\x93\x63")).body.text, "山田");
  EXPECT_EQ(Read(Mail("", "\x1B$B;3ED\x1B(B")).body.text, "山田");
  EXPECT_EQ(Read(Mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", "5bGx55Sw"))
                .body.text,
            "山田");
  EXPECT_EQ(Read(Mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n",
                      "=E5=B1=\r\n=B1"))
                .body.text,
            "山");
  EXPECT_EQ(Read(Mail("Content-Type: text/html\r\n", "<meta charset=\"shift_jis\">\x8E\x52")).body.html,
            "<meta charset=\"shift_jis\">山");
}

TEST(MailFile, NamesAttachmentsHoweverTheyAreWritten) {
  const std::pair<const char*, const char*> cases[] = {
      {"Content-Disposition: attachment; filename=plain.pdf", "plain.pdf"},
      {"Content-Disposition: attachment; filename=\"with space;.pdf\"", "with space;.pdf"},
      {"Content-Disposition: attachment; filename=\"a\\\"b.pdf\"", "a\"b.pdf"},
      {"Content-Disposition: attachment; filename=\"C:\\Users\\taro\\a.pdf\"", "a.pdf"},
      {"Content-Disposition: attachment; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf", "見積.pdf"},
      {"Content-Disposition: attachment; filename*=ISO-2022-JP''%1B%24B%38%2B%40%51%1B%28B.pdf", "見積.pdf"},
      {"Content-Disposition: attachment; filename*=Shift_JIS'ja'%8C%A9%90%CF%87%40.pdf", "見積①.pdf"},
      {"Content-Disposition: attachment;\r\n filename*0*=UTF-8''%E8%A6%8B;\r\n filename*1*=%E7%A9;\r\n"
       " filename*2*=%8D;\r\n filename*3=.pdf",
       "見積.pdf"},
      {"Content-Disposition: attachment; filename*1=\"b.pdf\"; filename*0=\"a\"", "ab.pdf"},
      {"Content-Disposition: attachment; filename=x.pdf; filename*=UTF-8''%E8%A6%8B.pdf", "見.pdf"},
      {"Content-Disposition: attachment; filename=\"=?UTF-8?B?6KaL56mNLnBkZg==?=\"", "見積.pdf"},
      {"Content-Disposition: attachment;\r\n filename=\"=?ISO-2022-JP?B?GyRCOCsbKEI=?=\r\n "
       "=?ISO-2022-JP?B?GyRCQFEbKEI=?=.pdf\"",
       "見積.pdf"},
      {"Content-Disposition: attachment; filename==?UTF-8?B?6KaL56mNLnBkZg==?=", "見積.pdf"},
      {"Content-Disposition: attachment; filename=\"見積.pdf\"", "見積.pdf"},
      {"Content-Disposition: attachment; filename=\"\x8C\xA9\x90\xCF.pdf\"", "見積.pdf"},
      {"Content-Type: application/pdf; name=\"=?UTF-8?B?6KaL56mNLnBkZg==?=\"\r\nContent-Disposition: attachment",
       "見積.pdf"},
      {"Content-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename=\"b.pdf\"", "b.pdf"},
      {"Content-Disposition: attachment; filename=\"a\tb\x01.pdf\"", "a b .pdf"},
      {"Content-Disposition: attachment; filename=", ""},
      {"Content-Disposition: attachment", ""},
  };
  for (const auto& [headers, name] : cases) {
    const Draft draft = Read(Mail("Content-Type: multipart/mixed; boundary=b\r\n",
                                  PartOf(std::string(headers) + "\r\n", "data") + "--b--\r\n"));
    ASSERT_EQ(draft.attachments.size(), 1U) << headers;
    EXPECT_EQ(draft.attachments[0].name, name) << headers;
  }
}

TEST(MailFile, TellsBodyPicturesAndAttachmentsApart) {
  const std::string mail =
      Mail("Content-Type: multipart/mixed; boundary=m\r\n",
           "--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
           "--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
           "--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
           "--a\r\nContent-Type: text/html\r\n\r\n<img src=\"cid:Logo%40x\"><img src='cid:sent@x'>\r\n--a--\r\n"
           "--r\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <logo@x>\r\nContent-Disposition: "
           "inline\r\n\r\nPNG\r\n"
           "--r\r\nContent-Type: image/png; name=sent.png\r\nContent-ID: <sent@x>\r\nContent-Disposition: "
           "attachment\r\n\r\nPNG\r\n"
           "--r\r\nContent-Type: image/png; name=unused.png\r\nContent-ID: <unused@x>\r\n\r\nPNG\r\n"
           "--r--\r\n"
           "--m\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n"
           "--m\r\nContent-Type: text/plain\r\n\r\nfooter\r\n"
           "--m\r\nContent-Type: text/plain; name=notes.txt\r\n\r\nnotes\r\n"
           "--m--\r\n");
  const Draft draft = Read(mail);
  EXPECT_EQ(draft.body.text, "plain\nfooter");
  ASSERT_TRUE(draft.body.html.has_value());
  std::vector<std::string> names;
  for (const Part& part : draft.attachments) {
    names.push_back(part.name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"sent.png", "unused.png", "a.pdf", "notes.txt"}));
  EXPECT_EQ(draft.attachments[2].id, "attachments[2]");
  EXPECT_EQ(draft.attachments[2].content_type, "application/pdf");
  EXPECT_EQ(*draft.attachments[2].bytes, "%PDF");
  EXPECT_EQ(draft.attachments[2].size_bytes, 4U);
}

TEST(MailFile, AForwardedMailIsOneAttachment) {
  const Draft draft =
      Read(Mail("Content-Type: multipart/mixed; boundary=b\r\n",
                PartOf("Content-Type: text/plain\r\n", "see below") +
                    PartOf("Content-Type: message/rfc822\r\n",
                           "From: x@y.example\r\nSubject: =?UTF-8?B?5bGx55Sw?=\r\n"
                           "Content-Type: multipart/mixed; boundary=inner\r\n\r\n"
                           "--inner\r\nContent-Type: application/pdf; name=in.pdf\r\n\r\nx\r\n--inner--\r\n") +
                    "--b--\r\n"));
  EXPECT_EQ(draft.body.text, "see below");
  ASSERT_EQ(draft.attachments.size(), 1U);
  EXPECT_EQ(draft.attachments[0].name, "山田.eml");
  EXPECT_EQ(draft.attachments[0].content_type, "message/rfc822");
  EXPECT_NE(draft.attachments[0].bytes->find("From: x@y.example"), std::string::npos);
  EXPECT_NE(draft.attachments[0].bytes->find("name=in.pdf"), std::string::npos);
}

TEST(MailFile, InvitationsAndTnefAreAttachments) {
  const Draft draft =
      Read(Mail("Content-Type: multipart/alternative; boundary=b\r\n",
                PartOf("Content-Type: text/plain\r\n", "come") +
                    PartOf("Content-Type: text/calendar; method=REQUEST\r\n", "BEGIN:VCALENDAR") +
                    PartOf("Content-Type: application/ms-tnef; name=winmail.dat\r\n", "x") + "--b--\r\n"));
  ASSERT_EQ(draft.attachments.size(), 2U);
  EXPECT_EQ(draft.attachments[0].content_type, "text/calendar");
  EXPECT_EQ(draft.attachments[1].name, "winmail.dat");
}

TEST(MailFile, ASignatureIsNoAttachment) {
  const Draft draft =
      Read(Mail("Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\r\n",
                PartOf("Content-Type: text/plain\r\n", "signed") +
                    PartOf("Content-Type: application/pgp-signature; name=signature.asc\r\n", "x") + "--b--\r\n"));
  EXPECT_EQ(draft.body.text, "signed");
  EXPECT_TRUE(draft.attachments.empty());
}

TEST(MailFile, AMailThatIsOnlyAnAttachmentHasOne) {
  const Draft draft = Read(Mail("Content-Type: application/pdf; name=a.pdf\r\n", "%PDF"));
  EXPECT_FALSE(draft.body.text.has_value());
  ASSERT_EQ(draft.attachments.size(), 1U);
}

TEST(MailFile, SaysPlainlyWhatIsNoMail) {
  const std::string junk[] = {"",
                              " \r\n\r\n",
                              std::string(1000, '\0'),
                              "\x89PNG\r\n\x1A\n junk",
                              "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                              "PK\x03\x04 junk: x\n",
                              "{\"to\": []}",
                              "Dear Taro,\n\nthis is a letter.\n",
                              "key: value\nother: value\n",
                              "<html>From: x</html>",
                              std::string("From: a@x.example") + '\0' + "\n\nx"};
  for (const std::string& bytes : junk) {
    const Result<Draft> draft = DraftFromMailFile(bytes);
    ASSERT_FALSE(draft.ok()) << bytes;
    EXPECT_EQ(draft.error().code, ErrorCode::kUnreadableInput);
    EXPECT_NE(draft.error().message.find("not a mail"), std::string::npos) << draft.error().message;
    EXPECT_FALSE(draft.error().remedy.empty());
  }
}

TEST(MailFile, RefusesWhatIsTooLarge) {
  const Result<Draft> draft = DraftFromMailFile(std::string(kMaxMailFileBytes + 1, 'x'));
  ASSERT_FALSE(draft.ok());
  EXPECT_NE(draft.error().message.find("64 MiB"), std::string::npos);
}

TEST(MailFile, ReadsPastAByteOrderMarkAndAMailBoxLine) {
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "From: a@x.example\nSubject: s\n\nx")
                .subject,
            "s");
  EXPECT_EQ(Read("From taro Sun Nov 22 09:00:00 2026\nFrom: a@x.example\nSubject: s\n\nx").subject, "s");
}

TEST(MailFile, BrokenStructureIsReadAsFarAsItGoes) {
  const Draft unclosed =
      Read(Mail("Content-Type: multipart/mixed; boundary=b\r\n", PartOf("Content-Type: text/plain\r\n", "x")));
  EXPECT_EQ(unclosed.body.text->substr(0, 1), "x");
  const Draft no_boundary = Read(Mail("Content-Type: multipart/mixed\r\n", "--b\r\n\r\nx"));
  EXPECT_TRUE(no_boundary.attachments.empty() || no_boundary.attachments[0].bytes);
  const Draft bad_base64 =
      Read(Mail("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n", "5bGx***55Sw"));
  EXPECT_EQ(bad_base64.body.text, "山田");
}

TEST(MailFile, DeepNestingDoesNotEndTheProcess) {
  std::string mail = "From: a@x.example\r\n";
  for (int i = 0; i < 20'000; ++i) {
    const std::string boundary = std::to_string(i);
    mail += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  Read(mail);
  std::string forwards = "From: a@x.example\r\n";
  for (int i = 0; i < 20'000; ++i) {
    forwards += "Content-Type: message/rfc822\r\n\r\nFrom: a@x.example\r\n";
  }
  Read(forwards);
}

TEST(MailFile, MayBeReadByManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int n = 0; n < 50; ++n) {
        EXPECT_EQ(Read(Mail("Content-Type: text/plain; charset=ISO-2022-JP\r\n", "\x1B$B;3ED\x1B(B")).body.text,
                  "山田");
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace
}  // namespace lastlook
