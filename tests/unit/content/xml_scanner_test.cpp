// SPDX-License-Identifier: MPL-2.0
#include "content/xml_scanner.h"

#include <gtest/gtest.h>

#include <string>

namespace lastlook::content {
namespace {

// "<a>" as "a(", "</a>" as ")a", text as it is.
std::string Events(std::string_view text) {
  XmlScanner xml(text);
  std::string out;
  for (auto event = xml.Next(); event != XmlScanner::Event::kEnd; event = xml.Next()) {
    if (event == XmlScanner::Event::kText) {
      xml.AppendText(&out);
    } else if (event == XmlScanner::Event::kOpen) {
      out.append(xml.name()).append("(");
    } else {
      out.append(")").append(xml.name());
    }
  }
  return out;
}

TEST(XmlScanner, TagsAndTexts) {
  EXPECT_EQ(Events("<?xml version='1.0'?><!-- <x> --><w:a>b<c/>d</w:a>"), "a(bc()cd)a");
  EXPECT_EQ(Events("<a>1 &lt; 2 &amp; &#x7530;&#20013; &unknown; &</a>"), "a(1 < 2 & 田中 &unknown; &)a");
  EXPECT_EQ(Events("<a><![CDATA[<b>&amp;]]></a>"), "a(<b>&amp;)a");
}

TEST(XmlScanner, Attributes) {
  XmlScanner xml("<p:sldId id=\"256\" r:id='rId&#49;' x = \"a>b\"/>");
  ASSERT_EQ(xml.Next(), XmlScanner::Event::kOpen);
  EXPECT_EQ(xml.Attribute("id"), "256");
  EXPECT_EQ(xml.Attributes("id"), (std::vector<std::string>{"256", "rId1"}));
  EXPECT_EQ(xml.Attribute("x"), "a>b");
  EXPECT_EQ(xml.Attribute("y"), "");
  EXPECT_EQ(xml.Next(), XmlScanner::Event::kClose);
  EXPECT_EQ(xml.Next(), XmlScanner::Event::kEnd);
}

TEST(XmlScanner, DeclarationsAreNotRead) {
  EXPECT_EQ(Events("<!DOCTYPE a [<!ENTITY b \"]>ccc\">]><a>&b;</a>"), "a(&b;)a");
}

TEST(XmlScanner, WhatIsCutEnds) {
  for (const char* cut : {"<", "<a", "<a b='", "<!--", "<![CDATA[x", "<!DOCTYPE [", "<?x", "</", "a<"}) {
    Events(cut);
  }
  EXPECT_EQ(Events("text<a"), "text");
}

}  // namespace
}  // namespace lastlook::content
