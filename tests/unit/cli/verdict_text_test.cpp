// SPDX-License-Identifier: MPL-2.0
#include "cli/verdict_text.h"

#include <gtest/gtest.h>

#include "mail/address_parser.h"

namespace lastlook {
namespace {

Draft OrderMail() {
  Draft draft;
  draft.from = ParseMailbox("山田花子 <yamada@kodama.example.jp>");
  draft.subject = "お見積りの件";
  draft.SetRecipients(ParseAddressList("伊藤 <ito@c-corp.example>, sato@kodama.example.jp"),
                      ParseAddressList("b@d-corp.example, Kato <kato@c-corp.example>"), {});
  Part part;
  part.id = "1";
  part.name = "見積書.pdf";
  part.size_bytes = 12 * 1024;
  draft.attachments.push_back(part);
  return draft;
}

Verdict OrderVerdict(const Draft& draft) {
  Verdict verdict;
  verdict.disposition = Disposition::kDelay;
  verdict.needs = {"confirm"};
  verdict.hold_seconds = 300;
  verdict.recipients = {{"to[0]", "ito@c-corp.example", "伊藤", "C社", Side::kOutside, true},
                        {"to[1]", "sato@kodama.example.jp", "", "", Side::kInside, true},
                        {"cc[0]", "b@d-corp.example", "", "d-corp.example", Side::kOutside, false},
                        {"cc[1]", "kato@c-corp.example", "Kato", "C社", Side::kOutside, true}};
  verdict.acknowledge = {"to[0]", "cc[0]", "cc[1]"};
  Finding finding;
  finding.rule = "external";
  finding.mode = Mode::kConfirm;
  finding.condition = "recipients";
  finding.title = "Outside recipients";
  finding.message = "Check each of them.";
  finding.evidence = {{"to[0]", "ito@c-corp.example", 0, 18, "not in internal", ""}, {"subject", "件", 4, 5, "", ""}};
  finding.evidence_total = 4;
  finding.fixes = {{"move_to_bcc", "Move to Bcc"}};
  verdict.findings = {finding};
  verdict.obligations = {{"add_bcc", "audit", Json::array({"audit@kodama.example.jp"})},
                         {"hold", "wait", Json::object()}};
  verdict.result = draft;
  verdict.result.SetRecipients(ParseAddressList("伊藤 <ito@c-corp.example>, sato@kodama.example.jp"),
                               ParseAddressList("b@d-corp.example, Kato <kato@c-corp.example>"),
                               ParseAddressList("audit@kodama.example.jp"));
  return verdict;
}

std::string Describe(const Draft& draft, const Verdict& verdict, const char* language, bool colour = false,
                     bool history_known = false) {
  const std::string name = "order.eml";
  return DescribeVerdict({name, draft, verdict, history_known}, Texts(language), Style(colour));
}

TEST(VerdictText, SaysWhatToWhomWhyAndWhatIsChanged) {
  const Draft draft = OrderMail();
  EXPECT_EQ(Describe(draft, OrderVerdict(draft), "en"),
            "■ Confirm before sending; sent after 5 minutes  order.eml\n"
            "  From     山田花子 <yamada@kodama.example.jp>\n"
            "  Subject  お見積りの件\n"
            "  Outside the organisation: 3\n"
            "    [ ] To  伊藤 <ito@c-corp.example>   C社\n"
            "    [ ] Cc  Kato <kato@c-corp.example>  C社\n"
            "    [ ] Cc  b@d-corp.example\n"
            "  Inside the organisation: 1\n"
            "        To  sato@kodama.example.jp\n"
            "  Attachments: 1\n"
            "        見積書.pdf  12 KB\n"
            "  Why\n"
            "    [confirm] Outside recipients  (rule external)\n"
            "      Check each of them.\n"
            "      • To: ito@c-corp.example – not in internal\n"
            "      • Subject: 件\n"
            "      • and 2 more\n"
            "      → One-click fix: Move to Bcc\n"
            "  Before it is sent, the sender has to\n"
            "    • tick each item marked [ ] (3)\n"
            "  What is changed when it is sent  (by rule audit, wait)\n"
            "    + Bcc  audit@kodama.example.jp\n"
            "    • It waits 5 minutes and can be cancelled until then\n");
}

TEST(VerdictText, TellsTheSameEvidenceOnce) {
  const Draft draft = OrderMail();
  Verdict verdict = OrderVerdict(draft);
  verdict.findings[0].fixes.clear();
  verdict.findings[0].evidence[0].why = "ito@c-corp.example is outside";  // holds the excerpt already
  verdict.findings.push_back(verdict.findings[0]);
  verdict.findings[1].rule = "second";
  verdict.findings[1].evidence.push_back({"body.text", "secret", 0, 6, "a word", ""});
  verdict.findings[1].evidence_total = 3;
  const std::string text = Describe(draft, verdict, "en");
  EXPECT_NE(text.find("      • To: ito@c-corp.example is outside\n"
                      "      • Subject: 件\n"
                      "      • and 2 more\n"
                      "    [confirm] Outside recipients  (rule second)\n"
                      "      Check each of them.\n"
                      "      • Text: secret – a word\n"
                      "      • as above: 2\n"
                      "  Before"),
            std::string::npos)
      << text;
}

TEST(VerdictText, SpeaksJapaneseInAlignedColumns) {
  const Draft draft = OrderMail();
  const std::string text = Describe(draft, OrderVerdict(draft), "ja", false, true);
  EXPECT_NE(text.find("■ 確認のうえ、5分後に送信します  order.eml\n"
                      "  差出人  山田花子 <yamada@kodama.example.jp>\n"
                      "  件名    お見積りの件\n"
                      "  社外：3件\n"
                      "    [ ] 宛先  伊藤 <ito@c-corp.example>   C社\n"
                      "    [ ] Cc    Kato <kato@c-corp.example>  C社\n"
                      "    [ ] Cc    b@d-corp.example            初めての宛先\n"),
            std::string::npos)
      << text;
}

TEST(VerdictText, SaysLittleWhenThereIsNothingToSay) {
  Draft draft;
  draft.from = ParseMailbox("yamada@kodama.example.jp");
  draft.SetRecipients(ParseAddressList("sato@kodama.example.jp"), {}, {});
  Verdict verdict;
  verdict.disposition = Disposition::kAllow;
  verdict.recipients = {{"to[0]", "sato@kodama.example.jp", "", "", Side::kInside, false}};
  verdict.result = draft;
  EXPECT_EQ(Describe(draft, verdict, "en"),
            "■ Ready to send  order.eml\n"
            "  From     yamada@kodama.example.jp\n"
            "  Subject  (no subject)\n"
            "  Inside the organisation: 1\n"
            "        To  sato@kodama.example.jp\n");
}

TEST(VerdictText, AsksNothingOfAMailThatIsStopped) {
  const Draft draft = OrderMail();
  Verdict verdict = OrderVerdict(draft);
  verdict.disposition = Disposition::kBlock;
  const std::string text = Describe(draft, verdict, "ja");
  EXPECT_EQ(text.rfind("■ 送信を止めます  order.eml\n", 0), 0U) << text;
  EXPECT_EQ(text.find("送信の前に"), std::string::npos) << text;
  EXPECT_EQ(text.find("送信時に行う変更"), std::string::npos) << text;
}

TEST(VerdictText, NeverGivesTheTerminalToTheMail) {
  Draft draft = OrderMail();
  draft.subject = "\x1b]0;owned\x07 \x1b[31m";
  draft.attachments[0].name = "a\x1b[2J\u202Efdp.exe";
  Verdict verdict = OrderVerdict(draft);
  verdict.recipients[0].name = "\x1b[1A";
  verdict.findings[0].evidence[0].excerpt = "\x9b\x1b[0m";
  EXPECT_EQ(Describe(draft, verdict, "en").find('\x1b'), std::string::npos);
}

TEST(VerdictText, ColoursOnlyWhenAsked) {
  const Draft draft = OrderMail();
  EXPECT_EQ(Describe(draft, OrderVerdict(draft), "en", true).rfind("\x1b[1;33m■", 0), 0U);
}

TEST(VerdictText, CutsNamesButNeverAddresses) {
  const Draft draft = OrderMail();
  Verdict verdict = OrderVerdict(draft);
  const std::string address = "taro.yamada@kodama.example.jp.a-domain-that-goes-on-for-quite-a-while.example";
  verdict.recipients[0].address = address;
  verdict.recipients[0].name = "taro.yamada@kodama.example.jp";
  const std::string text = Describe(draft, verdict, "en");
  EXPECT_NE(text.find("taro.yamada… <" + address + ">"), std::string::npos) << text;
}

TEST(VerdictText, ShowsWhatCouldNotBeParsedOnce) {
  const Draft draft = OrderMail();
  Verdict verdict = OrderVerdict(draft);
  verdict.recipients = {{"to[0]", "営業 <営業>", "営業", "", Side::kUnknown, false}};
  EXPECT_NE(Describe(draft, verdict, "en").find("    [ ] To  営業 <営業>\n"), std::string::npos);
}

TEST(VerdictText, TicksOrganisationsAndWholeSides) {
  const Draft draft = OrderMail();
  Verdict verdict = OrderVerdict(draft);
  verdict.acknowledge = {"organisation:C社", "organisation:d-corp.example"};
  const std::string by_organisation = Describe(draft, verdict, "en");
  EXPECT_NE(by_organisation.find("    [ ] C社\n"
                                 "        To  伊藤 <ito@c-corp.example>   C社\n"
                                 "        Cc  Kato <kato@c-corp.example>  C社\n"
                                 "    [ ] d-corp.example\n"
                                 "        Cc  b@d-corp.example\n"
                                 "  Inside"),
            std::string::npos)
      << by_organisation;
  verdict.acknowledge = {"outside"};
  const std::string whole_side = Describe(draft, verdict, "en");
  EXPECT_NE(whole_side.find("  [ ] Outside the organisation: 3\n"), std::string::npos) << whole_side;
  EXPECT_NE(whole_side.find("  Inside the organisation: 1\n"), std::string::npos) << whole_side;
}

TEST(VerdictText, CountsWhatItDoesNotShow) {
  Draft draft;
  Verdict verdict;
  verdict.disposition = Disposition::kAllow;
  for (int i = 0; i < 1000; ++i) {
    verdict.recipients.push_back(
        {"to[" + std::to_string(i) + "]", "p" + std::to_string(i) + "@x.example", "", "", Side::kOutside, false});
  }
  verdict.result = draft;
  const std::string text = Describe(draft, verdict, "en");
  EXPECT_NE(text.find("Outside the organisation: 1000\n"), std::string::npos);
  EXPECT_NE(text.find("and 980 more\n"), std::string::npos);
  EXPECT_EQ(text.find("p20@x.example"), std::string::npos);
}

}  // namespace
}  // namespace lastlook
