// SPDX-License-Identifier: MPL-2.0
#include "mail/body_text.h"

#include <gtest/gtest.h>

#include <ctime>

#include "mail/html_text.h"

namespace lastlook {
namespace {

std::string Repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) {
    out += piece;
  }
  return out;
}

struct Case {
  const char* html;
  const char* text;
};

constexpr Case kCases[] = {
    {"", ""},
    {"plain", "plain"},
    {"<p>one</p><p>two</p>", "one\ntwo"},
    {"<div>one</div>two", "one\ntwo"},
    {"<div><div><p>one</p></div></div><div>two</div>", "one\ntwo"},
    {"a<br>b<br/>c", "a\nb\nc"},
    {"a<br><br>b", "a\n\nb"},
    {"<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
    {"a  \n  b", "a b"},
    {"<p> a </p>\n<p> b </p>", "a\nb"},
    {"<b>見積</b>書", "見積書"},
    {"<b>one</b> <i>two</i>", "one two"},
    {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"},
    {"<ul><li>a</li><li>b</li></ul>", "a\nb"},
    {"&lt;b&gt; &amp; &yen;100 &#x5C71;&#30000;", "<b> & ¥100 山田"},
    {"a &lt b", "a < b"},
    {"<style>p{}</style><script>alert(1)</script>a<!-- b -->c", "ac"},
    {"<html><head><title>t</title><style>x</style></head><body>a</body></html>", "a"},
    {"<div style='display:none'>hidden</div>", "hidden"},
    {"<pre>a\n  b</pre>c", "a\n  b\nc"},
    {"<a href='https://x.example/'>x.example</a>", "x.example"},
    {"<a href=\"https://evil.example/\">https://kodama.example.jp</a>",
     "https://kodama.example.jp <https://evil.example/>"},
    {"<a href=\"https://x.example/?a=1&amp;b=2\">here</a> now", "here <https://x.example/?a=1&b=2> now"},
    {"<a href='mailto:a@x.example'>a@x.example</a>", "a@x.example"},
    {"<a href='#top'>top</a>", "top"},
    {"<a href='https://x.example'><img src='cid:1'></a>", "<https://x.example>"},
    {"<blockquote>quoted</blockquote>own", "quoted\nown"},
    {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
    {"<textarea><b>x</b></textarea>", "<b>x</b>"},
};

TEST(TextFromHtml, IsWhatAReaderSees) {
  for (const Case& example : kCases) {
    EXPECT_EQ(TextFromHtml(example.html), example.text) << example.html;
  }
}

TEST(TextFromHtml, BothReadersAgree) {
  for (const Case& example : kCases) {
    EXPECT_EQ(html::TextFromTags(example.html).text, html::TextFromTree(example.html).text) << example.html;
  }
}

TEST(TextFromHtml, DeepNestingIsReadInBoundedTime) {
  for (const std::string_view tag : {"div", "b", "table", "ul><li", "font", "span", "p"}) {
    const std::string opening = "<" + std::string(tag) + ">";
    const std::clock_t begin = std::clock();
    EXPECT_EQ(TextFromHtml(Repeat(opening, 100'000) + "bottom"), "bottom") << tag;
    EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC) << tag;
  }
}

TEST(TextFromHtml, HostileShapesAreReadInBoundedTime) {
  std::string formatting;  // each paragraph opens all former <b> again
  for (int i = 0; i < 20'000; ++i) {
    formatting += "<b x=" + std::to_string(i) + "><p>";
  }
  std::string attributes = "<a";
  for (int i = 0; i < 100'000; ++i) {
    attributes += " a" + std::to_string(i);
  }
  const std::string shapes[] = {formatting,
                                attributes + ">",
                                Repeat("<div><table><td></div></td></table>", 50'000),
                                Repeat("<", 1'000'000),
                                Repeat("<a href='", 100'000),
                                Repeat("<!--", 200'000),
                                Repeat("</", 200'000),
                                Repeat("<script>", 100'000),
                                Repeat("&amp", 200'000),
                                Repeat("&lt;<i>", 60'000)};
  for (const std::string& shape : shapes) {
    const std::clock_t begin = std::clock();
    TextFromHtml(shape);
    EXPECT_LT(std::clock() - begin, 10 * CLOCKS_PER_SEC) << shape.substr(0, 40);
  }
}

TEST(BodyTexts, NamesThoseThatExist) {
  Draft draft;
  EXPECT_TRUE(BodyTexts(draft).empty());
  draft.body.text = "a";
  draft.body.html = "<p>b</p>";
  const std::vector<NamedText> texts = BodyTexts(draft);
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0].where, "body.text");
  EXPECT_EQ(texts[1].where, "body.html");
  EXPECT_EQ(texts[1].text, "b");
}

}  // namespace
}  // namespace lastlook
