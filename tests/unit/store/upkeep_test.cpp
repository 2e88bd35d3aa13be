// SPDX-License-Identifier: MPL-2.0
#include "store/upkeep.h"

#include "test_store.h"

namespace lastlook {
namespace {

constexpr std::int64_t kDay = 86'400;

class UpkeepTest : public StoreTest {
 protected:
  std::unique_ptr<Store> store_ = NewStore();
  DecisionLog log_{*store_};
  HistoryBook book_{*store_};
};

TEST_F(UpkeepTest, ErasesWhatIsOverItsTimeOnceADay) {
  for (int day = 0; day < 10; ++day) {
    ASSERT_TRUE(log_.Append(DecisionAt(kNow + day * kDay), RecipientsForm::kHmac).ok());
  }
  const Result<UpkeepReport> first = KeepUp(*store_, {4, 256}, kNow + 9 * kDay);
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->due);
  EXPECT_EQ(first->decisions_erased, 5);
  EXPECT_EQ(log_.Verify()->fault, ChainFault::kNone);
  EXPECT_FALSE(KeepUp(*store_, {1, 256}, kNow + 9 * kDay + 60)->due);
  EXPECT_EQ(KeepUp(*store_, {0, 256}, kNow + 20 * kDay)->decisions_erased, 0);  // 0: for ever
}

TEST_F(UpkeepTest, ForgetsOldPeopleBeforeDecisionsWhenItIsTooLarge) {
  std::vector<SentMail> mails;
  for (int i = 0; i < 4000; ++i) {
    mails.push_back(MailTo({"Person With A Long Name " + std::to_string(i) + " <somebody" + std::to_string(i) +
                            "@a-long-domain-of-c-corp.example>"},
                           kNow + i));
  }
  const AddrSpec account = Address("yamada@kodama.example.jp");
  ASSERT_TRUE(book_.LearnHeaders(account, mails, "", true).ok());
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(log_.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  }
  const Result<UpkeepReport> report = KeepUp(*store_, {365, 1}, kNow);
  ASSERT_TRUE(report.ok());
  EXPECT_GT(report->people_forgotten, 0);
  EXPECT_EQ(report->decisions_erased, 0);
  const std::int64_t left = book_.Counts()->people;
  EXPECT_GT(left, 0);
  EXPECT_LT(left, 4000);
  // Those who were written to last are known still.
  EXPECT_TRUE(book_.Facts(account.Key(), "somebody3999@a-long-domain-of-c-corp.example")->has_value());
  EXPECT_FALSE(book_.Facts(account.Key(), "somebody0@a-long-domain-of-c-corp.example")->has_value());
}

TEST_F(UpkeepTest, ErasesTheOldestDecisionsWhenNothingElseHelps) {
  Decision decision = DecisionAt(kNow);
  decision.reason = std::string(4000, 'x');
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(log_.Append(decision, RecipientsForm::kHmac).ok());
  }
  const Result<UpkeepReport> report = KeepUp(*store_, {0, 1}, kNow);
  ASSERT_TRUE(report.ok());
  EXPECT_GT(report->decisions_erased, 0);
  EXPECT_EQ(log_.Verify()->fault, ChainFault::kNone);
  EXPECT_GT(log_.Verify()->records, 100);
}

TEST_F(UpkeepTest, ConversationsAndMailsOfLongAgoGo) {
  ASSERT_TRUE(store_
                  ->Run([](Connection& connection, const StoreKeys&) -> Result<void> {
                    for (const char* sql :
                         {"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200010) "
                          "INSERT INTO threads (id, thread, person, mails) SELECT i, x'00', i, 1 FROM n",
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500020) "
                          "INSERT INTO learnt (id, message) SELECT i, CAST(i AS BLOB) FROM n"}) {
                      Query(connection, sql).Run();
                    }
                    return {};
                  })
                  .ok());
  ASSERT_TRUE(KeepUp(*store_, {365, 256}, kNow).ok());
  ASSERT_TRUE(store_
                  ->Run([](Connection& connection, const StoreKeys&) -> Result<void> {
                    EXPECT_EQ(connection.Whole("SELECT min(id) FROM threads"), 11);
                    EXPECT_EQ(connection.Whole("SELECT count(*) FROM threads"), 200'000);
                    EXPECT_EQ(connection.Whole("SELECT min(id) FROM learnt"), 21);
                    EXPECT_EQ(connection.Whole("SELECT count(*) FROM learnt"), 500'000);
                    return {};
                  })
                  .ok());
}

}  // namespace
}  // namespace lastlook
