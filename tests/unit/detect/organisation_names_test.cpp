// SPDX-License-Identifier: MPL-2.0
#include "detect/organisation_names.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace lastlook::detect {
namespace {

OrganisationNames Names(const std::vector<std::string>& names) {
  std::vector<OrganisationName> entries;
  for (std::size_t i = 0; i < names.size(); ++i) {
    entries.push_back({names[i], static_cast<std::uint32_t>(i)});
  }
  return OrganisationNames(entries);
}

// What is mentioned, as written.
std::vector<std::string> Mentioned(const std::vector<std::string>& names, const std::string& text) {
  std::vector<std::string> mentioned;
  for (const OrganisationMention& mention : Names(names).Find(text)) {
    mentioned.push_back(text.substr(mention.begin, mention.end - mention.begin));
  }
  return mentioned;
}

using Strings = std::vector<std::string>;

TEST(OrganisationNames, TheLegalFormDoesNotMatter) {
  for (const char* listed :
       {"株式会社山田商店", "山田商店株式会社", "(株)山田商店", "山田商店㈱", "㈱山田商店", "山田商店（株）",
        "株式会社 山田商店", "山田商店有限公司", "山田商店", "株式会社山田商店 大阪支店"}) {
    EXPECT_EQ(Mentioned({listed}, "株式会社山田商店 御中"), Strings{"山田商店"}) << listed;
    EXPECT_EQ(Mentioned({listed}, "㈱山田商店様"), Strings{"山田商店"}) << listed;
    EXPECT_EQ(Mentioned({listed}, "山田商店様にも同じ見積を"), Strings{"山田商店"}) << listed;
  }
  for (const char* listed : {"Acme Trading Co., Ltd.", "ACME TRADING INC", "Acme Trading K.K.", "acme trading GmbH",
                             "Acme Trading, LLC", "Acme-Trading Corporation", "Ａｃｍｅ　Ｔｒａｄｉｎｇ Ltd."}) {
    EXPECT_EQ(Mentioned({listed}, "as agreed with ACME Trading, Inc. today"), Strings{"ACME Trading"}) << listed;
  }
}

TEST(OrganisationNames, WidthCaseAccentsAndSeparatorsFall) {
  EXPECT_EQ(Mentioned({"ABC商事"}, "ＡＢＣ 商事の件"), Strings{"ＡＢＣ 商事"});
  EXPECT_EQ(Mentioned({"ソフトバンク"}, "ｿﾌﾄﾊﾞﾝｸ様"), Strings{"ｿﾌﾄﾊﾞﾝｸ"});
  EXPECT_EQ(Mentioned({"グリーン・フーズ株式会社"}, "グリーンフーズ"), Strings{"グリーンフーズ"});
  EXPECT_EQ(Mentioned({"Société Générale"}, "SOCIETE GENERALE"), Strings{"SOCIETE GENERALE"});
  EXPECT_EQ(Mentioned({"Société Générale"}, "Socie\u0301te\u0301 Ge\u0301ne\u0301rale"),
            Strings{"Socie\u0301te\u0301 Ge\u0301ne\u0301rale"});
  EXPECT_EQ(Mentioned({"山田商店"}, "山\u200B田\u200B商店"), Strings{"山\u200B田\u200B商店"});
}

TEST(OrganisationNames, AWordIsWhole) {
  EXPECT_EQ(Mentioned({"Asis Inc."}, "as is, basis, ASISTENT"), Strings{});
  EXPECT_EQ(Mentioned({"Asis Inc."}, "本件ASISです"), Strings{"ASIS"});
  EXPECT_EQ(Mentioned({"ソニー"}, "ソニーズとパナソニー"), Strings{});
  EXPECT_EQ(Mentioned({"ソニー"}, "トヨタ・ソニー・ホンダ"), Strings{"ソニー"});
  EXPECT_EQ(Mentioned({"山田商店"}, "山田\n商店、山田。商店"), Strings{});
}

TEST(OrganisationNames, TheLongestNameWins) {
  EXPECT_EQ(Mentioned({"東京電機", "東京電機工業", "電機工業"}, "東京電機工業と東京電機"),
            (Strings{"東京電機工業", "東京電機"}));
}

TEST(OrganisationNames, ShortNamesNeedTheirForm) {
  EXPECT_EQ(Mentioned({"日立"}, "株式会社日立、日立市"), Strings{});
  EXPECT_EQ(Mentioned({"株式会社日立"}, "日立市の株式会社日立と(株)日立と㈱日立"),
            (Strings{"株式会社日立", "株)日立", "㈱日立"}));
  EXPECT_EQ(Mentioned({"小米有限公司"}, "小米と小米有限公司"), Strings{"小米有限公司"});
  EXPECT_EQ(Mentioned({"", "株式会社", "株", "(株)", "A", "Co., Ltd."}, "株式会社A(株) Co., Ltd."), Strings{});
}

TEST(OrganisationNames, OneNameOfSeveralOrganisations) {
  const std::vector<OrganisationName> entries = {{"(株)アシスト", 9}, {"アシスト有限会社", 4}, {"アシスト", 9}};
  const std::vector<OrganisationMention> expected = {{0, 12, 4}, {0, 12, 9}};
  EXPECT_EQ(OrganisationNames(entries).Find("アシスト"), expected);
}

TEST(OrganisationNames, HostileTextTakesLinearTime) {
  // Sixty names that all begin alike, and a text that begins each of them everywhere.
  Strings names;
  for (std::size_t i = 3; i < 64; ++i) {
    names.push_back(std::string(i, 'a') + "b");
  }
  std::string text;
  for (int i = 0; i < 200'000; ++i) {
    text += "あ\xFF\u0301" + std::string(1, '\0') + "aaaa";
  }
  EXPECT_TRUE(Mentioned(names, text).empty());
  Strings kanji;
  for (std::size_t i = 3; i < 64; ++i) {
    std::string name;
    for (std::size_t k = 0; k < i; ++k) {
      name += "東";
    }
    kanji.push_back(name + "京");
  }
  std::string easts;
  for (int i = 0; i < 300'000; ++i) {
    easts += "東";
  }
  EXPECT_TRUE(Mentioned(kanji, easts).empty());
}

TEST(OrganisationNames, NothingInNothing) {
  EXPECT_TRUE(Names({}).Find("株式会社山田商店").empty());
  EXPECT_TRUE(Mentioned({"山田商店"}, "").empty());
  EXPECT_TRUE(Mentioned({"山田商店"}, "山田商").empty());
  EXPECT_EQ(Names({"山田商店", "株式会社山田商店", "B"}).size(), 1U);
}

// The whole text at every character, and every name there: the longest wins, and the search goes on behind it. For
// texts and names of kanji alone, where nothing is folded and every place is an edge.
std::vector<OrganisationMention> FoundNaively(const std::vector<std::string>& names, const std::string& text) {
  std::vector<OrganisationMention> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t longest = 0;
    for (const std::string& name : names) {
      if (name.size() > longest && text.compare(at, name.size(), name) == 0) {
        longest = name.size();
      }
    }
    for (std::uint32_t id = 0; longest > 0 && id < names.size(); ++id) {
      if (names[id].size() == longest && text.compare(at, longest, names[id]) == 0) {
        found.push_back({at, at + longest, id});
      }
    }
    at += longest > 0 ? longest : 3;
  }
  return found;
}

TEST(OrganisationNames, FindsWhatANaiveSearchFinds) {
  // Few characters, so that names lie in each other, overlap, and come twice.
  constexpr std::array<const char*, 6> kCharacters = {"青", "葉", "山", "川", "星", "北"};
  std::mt19937 random(14);
  const auto word = [&](std::size_t length) {
    std::string made;
    for (std::size_t i = 0; i < length; ++i) {
      made += kCharacters[random() % kCharacters.size()];
    }
    return made;
  };
  std::size_t mentions = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> names;
    for (std::size_t count = 1 + random() % 60; names.size() < count;) {
      names.push_back(word(3 + random() % 4));
    }
    const std::string text = word(random() % 400);
    const std::vector<OrganisationMention> found = Names(names).Find(text);
    ASSERT_EQ(found, FoundNaively(names, text)) << text;
    mentions += found.size();
  }
  EXPECT_GT(mentions, 500U);
}

}  // namespace
}  // namespace lastlook::detect
