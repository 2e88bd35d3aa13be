// SPDX-License-Identifier: MPL-2.0
#include "store/decisions.h"

#include "test_store.h"

namespace lastlook {
namespace {

using Found = std::pair<ChainFault, std::int64_t>;
constexpr Found kSound = {ChainFault::kNone, 0};

class DecisionsTest : public StoreTest {
 protected:
  std::unique_ptr<Store> store_ = NewStore();
  DecisionLog log_{*store_};

  void AppendMany(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(log_.Append(DecisionAt(kNow + i), RecipientsForm::kHmac).ok());
    }
  }
  void Sql(const std::string& sql) {
    ASSERT_TRUE(store_
                    ->Run([&](Connection& connection, const StoreKeys&) -> Result<void> {
                      connection.Execute(sql.c_str());
                      return {};
                    })
                    .ok());
  }
  Found Fault(const std::optional<ChainHead>& noted = std::nullopt) {
    const Result<ChainReport> report = log_.Verify(noted);
    EXPECT_TRUE(report.ok()) << DescribeError(report.error());
    return {report->fault, report->bad_seq};
  }
  // The same in a copy of the store, after somebody did `sql` there.
  Found FaultAfter(const std::string& sql) {
    const StorePlace copy{(folder() / "copy").string()};
    std::filesystem::remove_all(copy.folder);
    std::filesystem::copy(place().folder, copy.folder);
    Store store(copy, [] { return Timestamp{kNow, 0}; });
    EXPECT_TRUE(store
                    .Run([&](Connection& connection, const StoreKeys&) -> Result<void> {
                      connection.Execute(sql.c_str());
                      return {};
                    })
                    .ok());
    const Result<ChainReport> report = DecisionLog(store).Verify();
    EXPECT_TRUE(report.ok()) << DescribeError(report.error());
    return {report->fault, report->bad_seq};
  }
  Json RecordOf(std::int64_t seq) {
    Json out;
    EXPECT_TRUE(log_.Each({},
                          [&](const StoredDecision& row) {
                            if (row.link.seq == seq && row.record) {
                              out = *row.record;
                            }
                            return true;
                          })
                    .ok());
    return out;
  }
  std::string AllRecords() {
    std::string out;
    EXPECT_TRUE(log_.Each({},
                          [&](const StoredDecision& row) {
                            out += row.record ? DumpJson(*row.record) : "";
                            return true;
                          })
                    .ok());
    return out;
  }
};

TEST_F(DecisionsTest, SaysWhatWasDecidedAndNotAboutWhat) {
  Decision decision = DecisionAt(kNow);
  decision.reason = "契約書の送付のため";
  decision.seat = "pc-17";
  ASSERT_TRUE(log_.Append(decision, RecipientsForm::kHmac).ok());
  const Json record = RecordOf(1);
  EXPECT_EQ(record["event"], "answered");
  EXPECT_EQ(record["at"], FormatTimestamp(kNow));
  EXPECT_EQ(record["policy"], (Json{{"id", "kodama"}, {"serial", 7}, {"sha256", "00ff"}}));
  EXPECT_EQ(record["rules"], Json::array({"external"}));
  EXPECT_EQ(record["disposition"], "allow");
  EXPECT_EQ(record["needs"], Json::array({"confirm"}));
  EXPECT_EQ(record["acknowledged"], 1);
  EXPECT_EQ(record["reason"], "契約書の送付のため");
  EXPECT_EQ(record["seat"], "pc-17");
  EXPECT_EQ(record["host"], LASTLOOK_VERSION);
  EXPECT_EQ(record["recipients"]["outside"], 1);
  EXPECT_EQ(record["recipients"]["listed"].size(), 2U);
}

TEST_F(DecisionsTest, NamesRecipientsAsThePolicySays) {
  const std::pair<RecipientsForm, const char*> expected[] = {
      {RecipientsForm::kNone, "null"},
      {RecipientsForm::kCount, R"({"inside":1,"outside":1})"},
      {RecipientsForm::kDomain, R"({"inside":1,"listed":["c-corp.example","kodama.example.jp"],"outside":1})"},
      {RecipientsForm::kClear, R"({"inside":1,"listed":["ito@c-corp.example","sato@kodama.example.jp"],"outside":1})"}};
  std::int64_t seq = 0;
  for (const auto& [form, text] : expected) {
    ASSERT_TRUE(log_.Append(DecisionAt(kNow), form).ok());
    EXPECT_EQ(DumpJson(RecordOf(++seq).value("recipients", Json())), text);
  }
  ASSERT_TRUE(log_.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  const Json record = RecordOf(++seq);
  EXPECT_EQ(DumpJson(record).find("c-corp"), std::string::npos);
  EXPECT_EQ(record["sender"].get<std::string>().size(), 32U);
  // The same person is the same token, in the next record too.
  ASSERT_TRUE(log_.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  EXPECT_EQ(RecordOf(++seq)["recipients"], record["recipients"]);
}

TEST_F(DecisionsTest, APrivateAccountIsCountedOnly) {
  Policy policy;
  policy.settings.decisions_recipients = "clear";
  PolicyList inside;
  ASSERT_TRUE(inside.patterns.Add("kodama.example.jp").ok());
  policy.lists["internal"] = inside;
  EXPECT_EQ(FormFor(policy, ParseMailbox("yamada@kodama.example.jp")), RecipientsForm::kClear);
  EXPECT_EQ(FormFor(policy, ParseMailbox("taro@freemail.example")), RecipientsForm::kCount);
  EXPECT_EQ(FormFor(policy, std::nullopt), RecipientsForm::kCount);
  policy.settings.decisions_recipients = "none";
  EXPECT_EQ(FormFor(policy, ParseMailbox("taro@freemail.example")), RecipientsForm::kNone);
}

TEST_F(DecisionsTest, TheChainIsSound) {
  EXPECT_EQ(Fault(), kSound);
  AppendMany(5);
  EXPECT_EQ(Fault(), kSound);
  EXPECT_EQ(log_.Verify()->records, 5);
  EXPECT_EQ(log_.Verify()->head.seq, 5);
}

TEST_F(DecisionsTest, FindsEveryChangedByte) {
  AppendMany(3);
  for (const std::string column : {"record", "hash", "previous", "record_sha256"}) {
    EXPECT_EQ(FaultAfter("UPDATE decisions SET " + column + " = substr(" + column + ", 1, 20) || " +
                         (column == "record" ? "'x'" : "x'00'") + " || substr(" + column + ", 22) WHERE seq = 2"),
              (Found{ChainFault::kChanged, 2}))
        << column;
  }
  EXPECT_EQ(FaultAfter("UPDATE decisions SET at = at + 1 WHERE seq = 3"), (Found{ChainFault::kChanged, 3}));
  EXPECT_EQ(FaultAfter("UPDATE decisions SET at = at + 0"), kSound);
}

TEST_F(DecisionsTest, FindsWhatWasRemovedMovedOrEmptied) {
  AppendMany(6);
  const std::pair<const char*, Found> cases[] = {
      {"DELETE FROM decisions WHERE seq = 3", {ChainFault::kMissing, 3}},
      {"DELETE FROM decisions WHERE seq < 3", {ChainFault::kStartMissing, 1}},
      {"DELETE FROM decisions WHERE seq > 4", {ChainFault::kEndMissing, 5}},
      {"DELETE FROM decisions", {ChainFault::kEndMissing, 1}},
      {"DELETE FROM decisions; DELETE FROM decision_head", {ChainFault::kEndMissing, 1}},
      {"UPDATE decisions SET seq = 100 WHERE seq = 2; UPDATE decisions SET seq = 2 WHERE seq = 3;"
       "UPDATE decisions SET seq = 3 WHERE seq = 100",
       {ChainFault::kChanged, 2}},
      {"DELETE FROM decisions WHERE seq = 3; UPDATE decisions SET seq = seq - 1 WHERE seq > 3",
       {ChainFault::kChanged, 3}},
      {"UPDATE decisions SET record = NULL WHERE seq = 4", {ChainFault::kEmptied, 4}},
  };
  for (const auto& [sql, found] : cases) {
    EXPECT_EQ(FaultAfter(sql), found) << sql;
  }
  EXPECT_EQ(Fault(), kSound);
}

TEST_F(DecisionsTest, TheHeadFileFindsACutEndWhoseHeadWasCutToo) {
  AppendMany(6);
  const ChainHead noted = log_.Verify()->head;
  Sql("DELETE FROM decisions WHERE seq > 4;"
      "UPDATE decision_head SET seq = 4, hash = (SELECT hash FROM decisions WHERE seq = 4)");
  EXPECT_EQ(Fault(), (Found{ChainFault::kEndMissing, 5}));
  // With the file gone as well, only a head noted elsewhere tells.
  std::filesystem::remove(place().Head());
  EXPECT_EQ(Fault(), kSound);
  EXPECT_EQ(Fault(noted), (Found{ChainFault::kEndMissing, 5}));
}

TEST_F(DecisionsTest, ANotedHeadFindsAChainThatWasWrittenAnew) {
  AppendMany(3);
  const ChainHead noted = log_.Verify()->head;
  EXPECT_EQ(ChainHead::FromString(noted.ToString())->hash, noted.hash);
  store_.reset();
  std::filesystem::remove_all(place().folder);
  store_ = NewStore();
  DecisionLog again(*store_);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(again.Append(DecisionAt(kNow + i), RecipientsForm::kHmac).ok());
  }
  EXPECT_EQ(again.Verify()->fault, ChainFault::kNone);
  EXPECT_EQ(again.Verify(noted)->fault, ChainFault::kChanged);
}

TEST_F(DecisionsTest, AClockThatWasSetBackIsNoted) {
  ASSERT_TRUE(log_.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  ASSERT_TRUE(log_.Append(DecisionAt(kNow - 86400), RecipientsForm::kHmac).ok());
  ASSERT_TRUE(log_.Append(DecisionAt(kNow + 1), RecipientsForm::kHmac).ok());
  EXPECT_EQ(Fault(), kSound);
  EXPECT_EQ(log_.Verify()->clock_backs, 1);
  EXPECT_EQ(RecordOf(2)["clock_back"], true);
  EXPECT_FALSE(RecordOf(3).contains("clock_back"));
}

TEST_F(DecisionsTest, ErasesByAgeAndStaysVerifiable) {
  AppendMany(6);
  const ChainHead noted = log_.Verify()->head;
  const Result<Erasure> erased = log_.EraseBefore(kNow + 3, kNow + 10, "retention");
  ASSERT_TRUE(erased.ok()) << DescribeError(erased.error());
  EXPECT_EQ(erased->records, 3);
  EXPECT_EQ(Fault(noted), kSound);
  EXPECT_EQ(log_.Verify()->first_seq, 4);
  EXPECT_EQ(log_.EraseBefore(kNow + 3, kNow + 10, "retention")->records, 0);
  EXPECT_EQ(log_.EraseOldest(2, kNow + 10, "size")->records, 2);
  EXPECT_EQ(Fault(), kSound);
  // A further row that is taken from the beginning without a record is found.
  Sql("DELETE FROM decisions WHERE seq = 6");
  EXPECT_EQ(Fault(), (Found{ChainFault::kStartMissing, 6}));
}

TEST_F(DecisionsTest, ErasesEverythingAndBeginsBehindIt) {
  AppendMany(2);
  ASSERT_EQ(log_.EraseBefore(kNow + 100, kNow + 100, "asked")->records, 2);
  EXPECT_EQ(Fault(), kSound);
  EXPECT_EQ(log_.Verify()->head.seq, 3);
}

TEST_F(DecisionsTest, ErasesAPerson) {
  AppendMany(2);
  Decision other = DecisionAt(kNow + 2);
  other.recipients = {{"mori@d-corp.example", "d-corp.example", Side::kOutside}};
  ASSERT_TRUE(log_.Append(other, RecipientsForm::kHmac).ok());
  ASSERT_TRUE(log_.Append(DecisionAt(kNow + 3), RecipientsForm::kClear).ok());
  const Result<Erasure> erased = log_.ErasePerson(Address("Ito@c-corp.example"), kNow + 10);
  ASSERT_TRUE(erased.ok()) << DescribeError(erased.error());
  EXPECT_EQ(erased->records, 3);
  EXPECT_EQ(Fault(), kSound);
  EXPECT_EQ(log_.Verify()->erased, 3);
  EXPECT_EQ(AllRecords().find("ito@c-corp.example"), std::string::npos);
  EXPECT_EQ(RecordOf(5)["records"], *ParseJson("[[1,2],[4,4]]"));
  EXPECT_EQ(log_.ErasePerson(Address("ito@c-corp.example"), kNow + 10)->records, 0);
  // Nothing of it is left in the files.
  store_.reset();
  for (const char* companion : {"", "-wal"}) {
    EXPECT_EQ(ReadFile(place().Database() + companion).find("ito@c-corp.example"), std::string::npos);
  }
}

TEST_F(DecisionsTest, SeveralProcessesWriteOneChain) {
  const auto other = NewStore();
  DecisionLog second(*other);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(log_.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
    ASSERT_TRUE(second.Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  }
  EXPECT_EQ(Fault(), kSound);
  EXPECT_EQ(second.Verify()->records, 20);
}

TEST_F(DecisionsTest, ListsATimeAndTheNewest) {
  AppendMany(6);
  const auto seqs = [&](const DecisionsFilter& filter) {
    std::vector<std::int64_t> out;
    EXPECT_TRUE(log_.Each(filter,
                          [&](const StoredDecision& row) {
                            out.push_back(row.link.seq);
                            return true;
                          })
                    .ok());
    return out;
  };
  EXPECT_EQ(seqs({kNow + 1, kNow + 3, 0}), (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(seqs({std::nullopt, std::nullopt, 2}), (std::vector<std::int64_t>{5, 6}));
}

TEST_F(DecisionsTest, ALongReasonIsCutBetweenCharacters) {
  Decision decision = DecisionAt(kNow);
  for (int i = 0; i < 2000; ++i) {
    decision.reason += "あ";
  }
  ASSERT_TRUE(log_.Append(decision, RecipientsForm::kNone).ok());
  const std::string reason = RecordOf(1)["reason"];
  EXPECT_EQ(reason.size() % 3, 0U);
  EXPECT_GT(reason.size(), 3000U);
  EXPECT_LT(reason.size(), 4001U);
}

}  // namespace
}  // namespace lastlook
