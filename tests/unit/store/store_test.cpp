// SPDX-License-Identifier: MPL-2.0
#include "store/store.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "store/migrations.h"
#include "store/sealed_items.h"
#include "test_store.h"

namespace lastlook {
namespace {

mode_t ModeOf(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

// What the file's own text says, without SQLite.
bool Mentions(const StorePlace& place, const std::string& text) {
  for (const char* companion : {"", "-wal"}) {
    std::ifstream file(place.Database() + companion, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    if (bytes.str().find(text) != std::string::npos) {
      return true;
    }
  }
  return false;
}

TEST_F(StoreTest, IsThePersonsOwnAlone) {
  const auto store = NewStore();
  const StoreStatus status = store->Status();
  ASSERT_FALSE(status.problem) << DescribeError(*status.problem);
  EXPECT_TRUE(status.open);
  EXPECT_EQ(ModeOf(place().folder), 0700U);
  for (const std::string& file : {place().Database(), place().Database() + "-wal", place().Key()}) {
    EXPECT_EQ(ModeOf(file), 0600U) << file;
  }
  EXPECT_TRUE(store->CheckIntegrity()->empty());
}

TEST_F(StoreTest, TakesAwayWhatOthersMayDo) {
  ASSERT_TRUE(NewStore()->Status().open);
  chmod(place().folder.c_str(), 0755);
  chmod(place().Database().c_str(), 0644);
  chmod(place().Key().c_str(), 0644);
  ASSERT_TRUE(NewStore()->Status().open);
  EXPECT_EQ(ModeOf(place().folder), 0700U);
  EXPECT_EQ(ModeOf(place().Database()), 0600U);
  EXPECT_EQ(ModeOf(place().Key()), 0600U);
}

TEST_F(StoreTest, LinksAreNotFollowed) {
  std::filesystem::create_directories(folder() / "elsewhere");
  std::filesystem::create_directory_symlink(folder() / "elsewhere", place().folder);
  const StoreStatus status = NewStore()->Status();
  ASSERT_TRUE(status.problem);
  EXPECT_EQ(status.problem->code, ErrorCode::kStoreUnavailable);
  EXPECT_TRUE(std::filesystem::is_empty(folder() / "elsewhere"));
}

TEST_F(StoreTest, IsWalWithFullSynchronization) {
  const auto store = NewStore();
  const auto setting = [&](const char* pragma) {
    return store
        ->Run([&](Connection& connection, const StoreKeys&) -> Result<std::string> {
          Query query(connection, pragma);
          query.Step();
          return query.Text(0);
        })
        .value();
  };
  EXPECT_EQ(setting("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(setting("PRAGMA synchronous"), "2");  // sqlite.org/pragma.html#pragma_synchronous: FULL
  EXPECT_EQ(setting("PRAGMA secure_delete"), "1");
}

TEST_F(StoreTest, RefusesAStoreOfALaterVersion) {
  ASSERT_TRUE(NewStore()->Status().open);
  {
    Connection connection(place().Database(), SQLite::OPEN_READWRITE);
    connection.Execute("PRAGMA user_version = 999");
  }
  const std::string before = ReadFile(place().Database());
  const StoreStatus status = NewStore()->Status();
  ASSERT_TRUE(status.problem);
  EXPECT_NE(status.problem->message.find("later Lastlook (version 999"), std::string::npos) << status.problem->message;
  EXPECT_TRUE(status.damaged.empty());  // it is not damage
  EXPECT_EQ(ReadFile(place().Database()), before);
}

TEST_F(StoreTest, RefusesADatabaseOfAnotherProgram) {
  ASSERT_TRUE(PreparePlace(place()).ok());
  {
    Connection connection(place().Database(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    connection.Execute("CREATE TABLE somebody_elses (x)");
  }
  const StoreStatus status = NewStore()->Status();
  ASSERT_TRUE(status.problem);
  EXPECT_NE(status.problem->message.find("another program"), std::string::npos) << status.problem->message;
}

TEST_F(StoreTest, MigratesStepByStepAndAllOrNothing) {
  ASSERT_TRUE(PreparePlace(place()).ok());
  Connection connection(place().Database(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  constexpr std::array kOne = {"CREATE TABLE a (x); INSERT INTO a VALUES (1);"};
  constexpr std::array kTwo = {kOne[0], "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = 2;"};
  constexpr std::array kThreeFails = {kTwo[0], kTwo[1], "CREATE TABLE b (x); CREATE TABLE b (x);"};
  ASSERT_TRUE(Migrate(connection, "", kOne).ok());
  ASSERT_TRUE(Migrate(connection, "", kTwo).ok());
  EXPECT_EQ(connection.Whole("SELECT y FROM a"), 2);
  EXPECT_THROW((void)Migrate(connection, "", kThreeFails), SQLite::Exception);
  EXPECT_EQ(connection.Whole("PRAGMA user_version"), 2);
  EXPECT_EQ(connection.Whole("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
  EXPECT_FALSE(Migrate(connection, "", kOne).ok());  // no way back
}

TEST_F(StoreTest, BringsAStoreOfTheFirstVersionForward) {
  ASSERT_TRUE(PreparePlace(place()).ok());
  {
    Connection connection(place().Database(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    ASSERT_TRUE(Migrate(connection, "", Migrations().first(1)).ok());
    // Written to 8 times together, the last time about a year after the origin of the weights, 2026-01-01.
    connection.Execute(
        "INSERT INTO together (one, other, mails) VALUES (1, 2, 8), (1, 3, 5);"
        "INSERT INTO written (person, account, mails, first, last) VALUES (1, 1, 9, 0, 1900000000), "
        "(2, 1, 8, 0, 1798329600), (2, 2, 8, 0, 1700000000)");
  }
  const auto store = NewStore();
  ASSERT_TRUE(store
                  ->Run([](Connection& connection, const StoreKeys&) -> Result<void> {
                    Query rows(connection, "SELECT weight FROM together ORDER BY id");
                    rows.Step();
                    EXPECT_EQ(rows.Real(0), 8.0 * 4);  // two half-lives later than the origin
                    rows.Step();
                    EXPECT_EQ(rows.Real(0), 5.0 * 256);  // the other is not known: the last mail to the first
                    return {};
                  })
                  .ok());
}

TEST_F(StoreTest, AnotherKeyIsNoEmptyHistory) {
  {
    const auto store = NewStore();
    HistoryBook book(*store);
    ASSERT_TRUE(
        book.LearnHeaders(Address("yamada@kodama.example.jp"), {MailTo({"ito@c-corp.example"}, kNow)}, "", true));
    ASSERT_TRUE(DecisionLog(*store).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  }
  const std::string key = ReadFile(place().Key());
  std::filesystem::remove(place().Key());
  const auto store = NewStore();
  HistoryBook book(*store);
  const auto history = book.For(Address("yamada@kodama.example.jp"), RecipientsOf({"ito@c-corp.example"}));
  ASSERT_FALSE(history.ok());
  EXPECT_NE(history.error().message.find("another key"), std::string::npos);
  EXPECT_TRUE(store->Status().history_problem);
  EXPECT_FALSE(store->Status().problem);
  EXPECT_TRUE(DecisionLog(*store).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());  // decisions go on
  ASSERT_TRUE(book.ForgetAll().ok());
  EXPECT_FALSE(store->Status().history_problem);
  EXPECT_TRUE(book.Learning()->empty());
  EXPECT_NE(ReadFile(place().Key()), key);
}

TEST_F(StoreTest, ADamagedKeyIsNotReplaced) {
  ASSERT_TRUE(NewStore()->Status().open);
  WriteFile(place().Key(), "not a key\n");
  const StoreStatus status = NewStore()->Status();
  ASSERT_TRUE(status.problem);
  EXPECT_NE(status.problem->message.find("key of the store is damaged"), std::string::npos);
  EXPECT_EQ(ReadFile(place().Key()), "not a key\n");
}

TEST_F(StoreTest, NamesNobodyInClear) {
  const auto store = NewStore();
  HistoryBook book(*store);
  ASSERT_TRUE(book.RecordSent(Address("yamada@kodama.example.jp"),
                              MailTo({"伊藤 花子 <ito.hanako@c-corp.example>"}, kNow, "<1@kodama.example.jp>"))
                  .ok());
  ASSERT_TRUE(book.Silence("first_time", Address("ito.hanako@c-corp.example"), kNow).ok());
  ASSERT_TRUE(DecisionLog(*store).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  ASSERT_TRUE(SealedItems(*store).Put(Secret{"password", kNow, "Ku7-xamble"}).ok());
  for (const char* text : {"ito.hanako", "c-corp", "伊藤", "yamada@", "kodama.example", "Ku7-xamble"}) {
    EXPECT_FALSE(Mentions(place(), text)) << text;
  }
}

TEST_F(StoreTest, SealedItems) {
  const auto store = NewStore();
  SealedItems items(*store);
  ASSERT_TRUE(items.Put(PendingMail{"password", kNow, "sha256:1", "To: ito@c-corp.example"}).ok());
  EXPECT_EQ(items.PendingMails()->front().content, "To: ito@c-corp.example");
  EXPECT_EQ(items.PendingMails()->front().after_mail, "sha256:1");
  EXPECT_TRUE(*items.RemovePendingMail("password"));
  EXPECT_FALSE(*items.RemovePendingMail("password"));
  EXPECT_TRUE(items.PendingMails()->empty());

  ASSERT_TRUE(items.Put(Secret{"zip", kNow, std::string("a\0b", 3)}).ok());
  EXPECT_EQ((*items.FindSecret("zip"))->content, std::string("a\0b", 3));
  EXPECT_FALSE(items.FindSecret("other")->has_value());
  // Rows cannot be exchanged.
  ASSERT_TRUE(store
                  ->Run([](Connection& connection, const StoreKeys&) -> Result<void> {
                    connection.Execute("UPDATE secrets SET name = 'other'");
                    return {};
                  })
                  .ok());
  EXPECT_FALSE(items.FindSecret("other").ok());
  EXPECT_TRUE(*items.RemoveSecret("other"));
}

TEST_F(StoreTest, WhereThePersonsFilesAre) {
  const std::string home = folder().string();
  ASSERT_EQ(setenv("HOME", home.c_str(), 1), 0);
  unsetenv("XDG_STATE_HOME");
  EXPECT_EQ(PlaceOfThisPerson()->folder, home + "/.local/state/lastlook");
  setenv("XDG_STATE_HOME", "relative", 1);
  EXPECT_EQ(PlaceOfThisPerson()->folder, home + "/.local/state/lastlook");
  setenv("XDG_STATE_HOME", (home + "/state").c_str(), 1);
  EXPECT_EQ(PlaceOfThisPerson()->folder, home + "/state/lastlook");
  unsetenv("XDG_STATE_HOME");
  unsetenv("HOME");
  EXPECT_FALSE(PlaceOfThisPerson().ok());
}

}  // namespace
}  // namespace lastlook
