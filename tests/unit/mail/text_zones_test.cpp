// SPDX-License-Identifier: MPL-2.0
#include "mail/text_zones.h"

#include <gtest/gtest.h>

#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "mail/body_text.h"
#include "mail/html_text.h"

namespace lastlook {
namespace {

char Letter(TextZone zone) {
  return zone == TextZone::kOwn ? 'o' : zone == TextZone::kQuoted ? 'q' : 's';
}

// Each line of `labelled` begins with the letter of its zone and '|'; with ".|" where it does not matter.
void ExpectZones(std::string_view labelled, std::string_view line_end = "\n") {
  std::string text;
  std::string expected;
  std::vector<std::size_t> starts;
  while (!labelled.empty()) {
    const std::size_t end = std::min(labelled.find('\n'), labelled.size());
    ASSERT_EQ(labelled[1], '|') << labelled;
    expected += labelled[0];
    starts.push_back(text.size());
    text += labelled.substr(2, end - 2);
    text += line_end;
    labelled.remove_prefix(std::min(end + 1, labelled.size()));
  }
  std::string found;
  const std::vector<ZoneSpan> zones = FindTextZones(text);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    char letter = '?';
    for (const ZoneSpan& zone : zones) {
      if (zone.begin <= starts[i] && starts[i] < zone.end) {
        letter = Letter(zone.zone);
      }
    }
    found += expected[i] == '.' ? '.' : letter;
  }
  EXPECT_EQ(found, expected) << text;
}

std::string OfZone(std::string_view text, const std::vector<ZoneSpan>& zones, TextZone wanted) {
  std::string out;
  for (const ZoneSpan& zone : zones) {
    if (zone.zone == wanted) {
      out += text.substr(zone.begin, zone.end - zone.begin);
    }
  }
  return out;
}

// Both readers of HTML must tell the zones alike.
void ExpectHtmlZones(std::string_view html, std::string_view own, std::string_view quoted, std::string_view signature) {
  for (const MarkedText& read : {html::TextFromTree(html), html::TextFromTags(html)}) {
    const std::vector<ZoneSpan> zones = FindTextZones(read.text, read.marks);
    EXPECT_EQ(OfZone(read.text, zones, TextZone::kOwn), own) << html;
    EXPECT_EQ(OfZone(read.text, zones, TextZone::kQuoted), quoted) << html;
    EXPECT_EQ(OfZone(read.text, zones, TextZone::kSignature), signature) << html;
  }
}

TEST(TextZones, PlainTextIsTheSendersOwn) {
  EXPECT_TRUE(FindTextZones("").empty());
  EXPECT_EQ(FindTextZones("a\nb"), (std::vector<ZoneSpan>{{0, 3, TextZone::kOwn}}));
  EXPECT_EQ(FindTextZones("\n"), (std::vector<ZoneSpan>{{0, 1, TextZone::kOwn}}));
  ExpectZones(
      "o|A商事 山田様\no|\no|お世話になっております。\no|見積書を送ります。\no|日時：11月24日 "
      "10:00\no|場所：会議室\no|\no|よろしくお願いします。\n");
}

TEST(TextZones, PrefixedLinesAreQuoted) {
  ExpectZones(
      "q|On 11/20/26 10:00, Kate O'Neill wrote:\nq|> first\nq|>\nq|> second\no|Mine.\nq|> third\no|Mine too.\n");
  ExpectZones(
      "o|了解です。\no|\nq|2026年11月20日(金) 10:00 山田 太郎 <yamada@a-shoji.example>:\nq|\nq|> 見積の件\nq|> "
      "いかがですか\n");
  ExpectZones("o|Sure.\no|\nq|On Fri, Nov 20, 2026 at 10:00 AM Kate O'Neill\nq|<kate@x.example> wrote:\nq|> text\n");
  ExpectZones("o|好的。\n.|\nq|李明 <li@x.example> 于2026年11月20日周五 10:00写道：\nq|> 合同已寄\n");
  ExpectZones("q|山田さんは書きました:\nq|> 引用\no|回答です。\n");
  ExpectZones("q|＞全角の引用\no|回答\n");
}

TEST(TextZones, WhatIsOnlyLikeAnAttributionIsOwn) {
  ExpectZones("o|昨日のメール：\no|確認しました。\n");
  ExpectZones("o|He wrote:\no|nothing at all.\n");
  ExpectZones("o|連絡先は次のとおりです:\no|佐藤\n");
  ExpectZones("o|On Monday we meet.\no|On Tuesday too:\no|bring the plan.\n");
}

TEST(TextZones, UnprefixedQuotesRunToTheEnd) {
  ExpectZones(
      "o|FYI\n.|\nq|-----Original Message-----\nq|From: Kate O'Neill <kate@x.example>\nq|Sent: Friday, November 20, "
      "2026 "
      "10:00\nq|To: Sato\nq|Subject: plan\nq|\nq|Here is the plan.\n");
  ExpectZones(
      "o|ご確認ください。\n.|\nq|________________________________\nq|差出人: 山田 太郎\nq|送信日時: 2026年11月20日 "
      "10:00\nq|宛先: 佐藤\nq|件名: 見積\nq|\nq|本文です。\n");
  ExpectZones(
      "o|转给你。\nq|------------------ 原始邮件 ------------------\nq|发件人: \"李明\" <li@x.example>\nq|发送时间: "
      "2026年11月20日\nq|收件人: 佐藤\nq|主题: 合同\nq|\nq|正文\n");
  ExpectZones("o|see below\n.|\nq|-------- Forwarded Message --------\nq|Subject: plan\nq|text\n");
  ExpectZones("o|転送します。\n.|\nq|-------- 転送メッセージ --------\nq|件名: 見積\nq|本文\n");
  ExpectZones("o|転送します。\n.|\nq|---------- Forwarded message ---------\nq|From: Kate <k@x.example>\nq|text\n");
  ExpectZones("o|Yes.\n.|\nq|Begin forwarded message:\nq|\nq|From: Kate\nq|text\n");
  ExpectZones("o|見てください。\n.|\nq|-----元のメッセージ-----\nq|送信者: 山田\nq|本文\n");
  ExpectZones(
      "o|Yes.\n.|\nq|On Fri, Nov 20, 2026 at 10:00 AM Kate <kate@x.example> wrote:\nq|Not prefixed.\nq|At all.\n");
  ExpectZones("o|お願いします。\n.|\nq|*From:* Kate\nq|*Date:* Friday\nq|*To:* Sato\nq|*Subject:* plan\nq|text\n");
}

TEST(TextZones, ListsOfTheSendersAreNoHeaderBlocks) {
  ExpectZones("o|日時：11月24日\no|件名：定例会\no|場所：本社\n");
  ExpectZones("o|From: Tokyo\no|we fly at nine.\n");
  ExpectZones("o|To: do\no|Subject: maths\no|nothing more\n");
}

TEST(TextZones, DelimitedSignatures) {
  ExpectZones("o|Hello\no|\ns|-- \ns|Kate O'Neill\ns|X Ltd\n");
  ExpectZones("o|Hello\ns|--\ns|Kate\nq|-----Original Message-----\nq|text\n");
  ExpectZones("o|Hello\ns|-- \ns|Kate\nq|On 11/20/26 10:00, Bob wrote:\nq|> a\n");
  ExpectZones("o|a --\no|--x\no|---\no|b\n");
}

TEST(TextZones, FramedSignatures) {
  ExpectZones(
      "o|A商事 "
      "山田様\no|\no|見積書を添付いたします。\no|よろしくお願いいたします。\no|\ns|━━━━━━━━━━━━━━\ns|株式会社コダマ "
      "営業部\ns|佐藤 花子\ns|Tel: 03-0000-0000 / "
      "Fax: 03-0000-0001\ns|E-mail: sato@kodama.example.jp\ns|━━━━━━━━━━━━━━\n");
  ExpectZones(
      "o|以上です。\n.|\ns|==============================\ns|佐藤 花子（SATO "
      "Hanako）\ns|〒100-0000 東京都\ns|sato@kodama.example.jp\ns|==============================\n");
  ExpectZones(
      "o|以上です。\n.|\ns|**********************\ns|コダマ株式会社\ns|佐藤\ns|------------\ns|TEL "
      "03-0000-0000\ns|**********************\n");
  ExpectZones("o|以上です。\n.|\ns|----------------------------\ns|佐藤 花子\ns|https://kodama.example.jp/\n");
  ExpectZones("o|以上です。\n.|\ns|＊＊＊＊＊＊＊＊＊＊\ns|コダマ株式会社 営業部 佐藤\ns|＊＊＊＊＊＊＊＊＊＊\n");
  ExpectZones(
      "o|承知しました。\n.|\ns|=====================\ns|佐藤\ns|電話 "
      "03-0000-0000\ns|=====================\n.|\nq|2026年11月20日 10:00 山田 "
      "<yamada@a-shoji.example>:\nq|> 本文\n");
}

TEST(TextZones, FramedTextIsNoSignature) {
  ExpectZones(
      "o|ご案内です。\no|==========\no|日時 11月24日\no|会場 "
      "http://a.example/\no|==========\no|ご参加をお待ちしております。\n");
  ExpectZones("o|変更点\no|----------\no|一、価格\no|二、納期\n");
}

TEST(TextZones, SignaturesWithoutFrame) {
  ExpectZones(
      "o|Hi Bob,\no|\no|The plan is ready.\no|\no|Best regards,\ns|Kate O'Neill\ns|X Ltd\ns|Phone +44 20 7946 "
      "0000\ns|kate@x.example\n");
  ExpectZones(
      "o|よろしくお願いします。\n.|\ns|佐藤 花子\ns|コダマ株式会社\ns|電話 03-0000-0000\ns|sato@kodama.example.jp\n");
  ExpectZones("o|谢谢！\n.|\ns|王芳\ns|电话：010-0000-0000\ns|邮箱：wang@x.example\n");
  ExpectZones("o|ご不明な点は次までお願いします。\no|電話 03-0000-0000、メール a@x.example までご連絡ください。\n");
  ExpectZones("o|連絡先です。\no|a@x.example\n");
}

TEST(TextZones, NoticesBelongToTheSignature) {
  ExpectZones("o|Hello\n.|\ns|-- \ns|Kate\ns|\ns|This e-mail is confidential and intended solely for the addressee.\n");
  ExpectZones(
      "o|Hello Bob, see you.\n.|\ns|This message may contain privileged information. If you received it in error, "
      "delete it.\n");
  ExpectZones(
      "o|以上です。\n.|\ns|------------------\ns|佐藤\ns|Tel "
      "03-0000-0000\ns|------------------\n.|\ns|本メールには機密情報が含まれる場合があります。\ns|"
      "誤って受信された場合は破棄してください。\n");
  ExpectZones("o|请查收。\n.|\ns|本邮件及附件含有保密信息，误收请删除。\n");
}

TEST(TextZones, LineEndsAndBlanksDoNotMatter) {
  ExpectZones("o|Hello\ns|-- \ns|Kate\nq|> a\n", "\r\n");
  ExpectZones("q|　> a\nq|\u00a0> b\no|c\n");
}

TEST(TextZones, HtmlSaysItself) {
  ExpectHtmlZones(
      "<p>own</p><div class='moz-cite-prefix'>On 1 Nov, Kate wrote:<br></div>"
      "<blockquote type='cite'><p>quoted</p></blockquote><p>after</p><pre class=\"moz-signature\">Kate</pre>",
      "own\nafter\n", "On 1 Nov, Kate wrote:\nquoted\n", "Kate");
  ExpectHtmlZones(
      "<div>own</div><div class=\"gmail_quote\"><div dir=ltr class=\"gmail_attr\">On 1 Nov Kate wrote:<br></div>"
      "<blockquote class=\"gmail_quote\">one</blockquote><div>answer</div>"
      "<blockquote class=\"gmail_quote\">two</blockquote></div>",
      "own\nanswer\n", "On 1 Nov Kate wrote:\none\ntwo", "");
  ExpectHtmlZones("<div>own</div><div class='x gmail_signature' data-smartmail='gmail_signature'>Kate</div>", "own\n",
                  "", "Kate");
  ExpectHtmlZones("<span _moz_quote='true'>&gt; a<br></span>own", "own", "> a\n", "");
  ExpectHtmlZones(
      "<p>own</p><div id=Signature>Kate</div><hr><div id=divRplyFwdMsg><b>From:</b> Bob<br><b>Sent:</b> "
      "Friday<br><b>To:</b> Kate<br><b>Subject:</b> plan</div><div>text</div>",
      "own\n", "From: Bob\nSent: Friday\nTo: Kate\nSubject: plan\ntext", "Kate\n");
  ExpectHtmlZones(
      "<p>own</p><div style='border-top:solid'><p><b>差出人:</b> 山田<br><b>送信日時:</b> 11月<br><b>宛先:</b> "
      "佐藤<br><b>件名:</b> 見積</p></div><p>本文</p>",
      "own\n", "差出人: 山田\n送信日時: 11月\n宛先: 佐藤\n件名: 見積\n本文", "");
  ExpectHtmlZones("<blockquote class='webkit-indent-blockquote'>own</blockquote>", "own", "", "");
  ExpectHtmlZones("own<blockquote>never closed", "own\n", "never closed", "");
  ExpectHtmlZones("a line of mine with one <span _moz_quote=true>word</span> quoted in it",
                  "a line of mine with one word quoted in it", "", "");
}

TEST(TextZones, MarksStandRightAfterWhatIsNoUtf8) {
  const MarkedText read = html::TextFromTree("&#xD800;\xff own<blockquote>quoted</blockquote>");
  ASSERT_EQ(read.marks.size(), 1U);
  EXPECT_EQ(read.text.substr(read.marks[0].begin, read.marks[0].end - read.marks[0].begin), "\nquoted");
}

std::string AnyText(std::mt19937* random) {
  static constexpr std::string_view kPieces[] = {"> ",
                                                 "a",
                                                 "\n",
                                                 "\n\n",
                                                 "-- ",
                                                 "--",
                                                 "━━━━━",
                                                 "=====",
                                                 "Tel",
                                                 "03-1111-2222",
                                                 "a@x.example",
                                                 "From: a",
                                                 "To: b",
                                                 "Subject: c",
                                                 "差出人：",
                                                 "件名：",
                                                 "On 1 Nov 2026 wrote:",
                                                 "書きました:",
                                                 "-----Original Message-----",
                                                 "。",
                                                 "\r\n",
                                                 "本メール機密",
                                                 "\xff",
                                                 "\u3000",
                                                 "Best regards",
                                                 "株式会社",
                                                 ":"};
  std::string text;
  for (std::size_t i = (*random)() % 60; i > 0; --i) {
    text += kPieces[(*random)() % std::size(kPieces)];
  }
  return text;
}

TEST(TextZones, CoverAnyTextInOrder) {
  std::mt19937 random(20261124);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = AnyText(&random);
    std::vector<ZoneSpan> marks;
    for (std::size_t at = random() % 20; at < text.size(); at += 1 + random() % 20) {
      const std::size_t begin = at;
      at = std::min(at + 1 + random() % 30, text.size());
      marks.push_back({begin, at, random() % 2 == 0 ? TextZone::kQuoted : TextZone::kSignature});
    }
    std::size_t at = 0;
    const std::vector<ZoneSpan> zones = FindTextZones(text, marks);
    for (std::size_t i = 0; i < zones.size(); ++i) {
      ASSERT_EQ(zones[i].begin, at) << text;
      ASSERT_GT(zones[i].end, zones[i].begin) << text;
      ASSERT_TRUE(at == 0 || text[at - 1] == '\n') << text;
      ASSERT_TRUE(i == 0 || zones[i].zone != zones[i - 1].zone) << text;
      at = zones[i].end;
    }
    ASSERT_EQ(at, text.size()) << text;
  }
}

TEST(TextZones, HostileTextTakesLinearTime) {
  for (const std::string_view piece :
       {"From: a\n", "On 1 2026\n", "> a\n", "-- \n", "=====\n", "> ", "a", "\n", "書きました:\n", "On ", "　", "-",
        "Tel 03-1111-2222\n", "件名：\n", "This e-mail confidential\n"}) {
    std::string text;
    while (text.size() < 4'000'000) {
      text += piece;
    }
    const std::clock_t begin = std::clock();
    FindTextZones(text);
    EXPECT_LT(std::clock() - begin, 4 * CLOCKS_PER_SEC) << piece;
  }
}

}  // namespace
}  // namespace lastlook
