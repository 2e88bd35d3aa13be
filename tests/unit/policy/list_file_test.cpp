// SPDX-License-Identifier: MPL-2.0
#include "policy/list_file.h"

#include <gtest/gtest.h>

#include "policy/delimited_text.h"
#include "policy/list_date.h"

namespace lastlook {
namespace {

TEST(ListFile, IsReadInUtf8AndInCp932) {
  // アドレス,理由 / ito@c-corp.example,髙橋㈱ (characters that only the Windows superset of Shift_JIS has)
  const std::string cp932 =
      "\x83\x41\x83\x68\x83\x8C\x83\x58,\x97\x9D\x97\x52\r\nito@c-corp.example,\xFB\xFC\x8B\xB4\x87\x8A\r\n";
  const std::string utf8 = "アドレス,理由\r\nito@c-corp.example,髙橋㈱\r\n";
  for (const std::string& bytes : {cp932, utf8, "\xEF\xBB\xBF" + utf8}) {
    const Result<ListFile> file = ReadListFile(bytes, "opt-out.csv");
    ASSERT_TRUE(file.ok()) << DescribeError(file.error());
    ASSERT_EQ(file->rows.size(), 1U);
    EXPECT_EQ(file->rows[0].text, "ito@c-corp.example");
    EXPECT_EQ(file->notes.at(0).reason, "髙橋㈱");
  }
}

TEST(ListFile, BytesOfNeitherAreRefusedWithTheirPlace) {
  const Result<ListFile> file = ReadListFile("a@b.example\nc@d.example,\x83\x41\xFF\xFF\n", "/etc/opt-out.csv");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().place.file, "/etc/opt-out.csv");
  EXPECT_EQ(file.error().place.line, 2);
  EXPECT_EQ(file.error().place.column, 14);
  EXPECT_EQ(file.error().code, ErrorCode::kPolicyRefused);
}

TEST(ListFile, TooManyEntriesAreRefused) {
  std::string text;
  for (std::size_t i = 0; i <= kMaxListEntries; ++i) {
    text += "a.b\n";
  }
  const Result<ListFile> file = ReadListFile(text, "long.txt");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().place.line, static_cast<int>(kMaxListEntries) + 1);
}

TEST(ListFile, NotesStandBesideTheirRows) {
  const Result<ListFile> file =
      ReadListFile("a@b.example\nc@d.example,no,Sato,2026-12-31\ne@f.example\n", "opt-out.csv");
  ASSERT_TRUE(file.ok());
  ASSERT_EQ(file->rows.size(), 3U);
  ASSERT_EQ(file->notes.size(), 3U);
  EXPECT_EQ(file->notes[1].owner, "Sato");
  EXPECT_FALSE(file->notes[0].until || file->notes[2].until);
}

TEST(ListDate, TheDayIsIncluded) {
  const std::int64_t end = ParseTimestamp("2027-04-01")->unix_seconds;
  for (const char* text :
       {"2027-03-31", "2027/3/31", "2027.03.31", "2027年3月31日", "２０２７／３／３１", " 2027-03-31 "}) {
    ASSERT_TRUE(ParseListEnd(text).has_value()) << text;
    EXPECT_EQ(ParseListEnd(text)->unix_seconds, end) << text;
  }
  EXPECT_EQ(ParseListEnd("2027-04-01T09:00:00+09:00")->unix_seconds, end);
  for (const char* text : {"", "2027", "2027-02-30", "31/3/2027", "3月31日", "2027-3", "tomorrow", "2027-003-1"}) {
    EXPECT_FALSE(ParseListEnd(text).has_value()) << text;
  }
}

TEST(DelimitedText, PlacesAreInCharacters) {
  const SourcePlace place = PlaceInText("理由\r\n電話,x", 2 * 3 + 2 + 2 * 3 + 1);
  EXPECT_EQ(place.line, 2);
  EXPECT_EQ(place.column, 4);
}

TEST(ListFile, NamesStayInTheFolder) {
  EXPECT_TRUE(IsListFileName("opt-out.csv"));
  EXPECT_TRUE(IsListFileName("配信停止.tsv"));
  for (const char* name :
       {"", "x", ".csv", "../x.csv", "/x.csv", "a/x.csv", "a\\x.csv", "x.json", "x.csv/", ".x.csv"}) {
    EXPECT_FALSE(IsListFileName(name)) << name;
  }
  EXPECT_FALSE(IsListFileName(std::string("x\0.csv", 6)));
}

}  // namespace
}  // namespace lastlook
