// SPDX-License-Identifier: MPL-2.0
#include <algorithm>

#include "conditions/recency.h"
#include "conditions/support/similar_people.h"
#include "store/history_book.h"
#include "test_store.h"

namespace lastlook {
namespace {

class HistoryTest : public StoreTest {
 protected:
  const AddrSpec kYamada = Address("yamada@kodama.example.jp");
  const AddrSpec kPrivate = Address("taro@freemail.example");
  std::unique_ptr<Store> store_ = NewStore();
  HistoryBook book_{*store_};

  void Complete(const AddrSpec& account) { ASSERT_TRUE(book_.LearnHeaders(account, {}, "", true).ok()); }
  std::shared_ptr<const History> For(const AddrSpec& account, const std::vector<std::string>& recipients) {
    auto history = book_.For(account, RecipientsOf(recipients));
    EXPECT_TRUE(history.ok()) << DescribeError(history.error());
    return history.ok() ? *history : nullptr;
  }
};

TEST_F(HistoryTest, IsNotGivenBeforeLearningIsComplete) {
  ASSERT_TRUE(book_.LearnHeaders(kYamada, {MailTo({"ito@c-corp.example"}, kNow)}, "1", false).ok());
  EXPECT_EQ(For(kYamada, {"ito@c-corp.example"}), nullptr);
  EXPECT_EQ(For(kPrivate, {"ito@c-corp.example"}), nullptr);
  Complete(kYamada);
  EXPECT_NE(For(kYamada, {"ito@c-corp.example"}), nullptr);
  EXPECT_EQ(For(kPrivate, {"ito@c-corp.example"}), nullptr);
}

TEST_F(HistoryTest, TellsWhatWasWritten) {
  const std::vector<SentMail> mails = {
      MailTo({"伊藤 <Ito@C-Corp.example>", "mori@d-corp.example"}, kNow - 300, "<1@k>"),
      MailTo({"ito@c-corp.example"}, kNow - 200, "<2@k>"),
      MailTo({"伊藤 花子 <ito@c-corp.example>", "ito@c-corp.example", "not an address"}, kNow - 100, "<3@k>"),
  };
  const auto state = book_.LearnHeaders(kYamada, mails, "uid 3", true);
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->headers, 3);
  ASSERT_TRUE(book_.RecordSent(kPrivate, MailTo({"mori@d-corp.example"}, kNow)).ok());
  ASSERT_TRUE(book_.RecordSent(kPrivate, MailTo({"mori@d-corp.example"}, kNow + 1)).ok());

  // The same, looked up one by one and with everybody in memory.
  for (const bool everybody : {false, true}) {
    const auto history =
        For(kYamada, {"ito@c-corp.example", "MORI@d-corp.example", "new@c-corp.example", "x@new.example"});
    ASSERT_NE(history, nullptr);
    const Acquaintance* ito = history->Find("ito@c-corp.example");
    ASSERT_NE(ito, nullptr);
    EXPECT_EQ(ito->name, "伊藤 花子");
    EXPECT_EQ(ito->sent, 3);
    EXPECT_EQ(ito->last->unix_seconds, kNow - 100);
    EXPECT_EQ(ito->account, "yamada@kodama.example.jp");
    EXPECT_EQ(ito->with, (std::vector<Companion>{{"mori@d-corp.example", RecencyWeight(kNow - 300)}}));
    const Acquaintance* mori = history->Find("mori@d-corp.example");
    ASSERT_NE(mori, nullptr);
    EXPECT_EQ(mori->sent, 3);
    EXPECT_EQ(mori->account, "taro@freemail.example");
    EXPECT_EQ(mori->with, (std::vector<Companion>{{"ito@c-corp.example", RecencyWeight(kNow - 300)}}));
    EXPECT_EQ(history->Find("new@c-corp.example"), nullptr);
    EXPECT_TRUE(history->HasDomain("c-corp.example"));
    EXPECT_FALSE(history->HasDomain("new.example"));
    EXPECT_FALSE(history->HasDomain("asked-by-nobody.example"));
    std::vector<std::string> names;
    if (!everybody) {
      history->ForEach([&](const Acquaintance& person) { names.push_back(person.address.Key()); });
      EXPECT_EQ(names, (std::vector<std::string>{"ito@c-corp.example", "mori@d-corp.example"}));
    }
  }
  const auto facts = book_.Facts("yamada@kodama.example.jp", "ito@c-corp.example");
  ASSERT_TRUE(facts.ok() && facts->has_value());
  EXPECT_EQ((*facts)->mails, 3);
  EXPECT_EQ((*facts)->first.unix_seconds, kNow - 300);
  EXPECT_FALSE(book_.Facts("taro@freemail.example", "ito@c-corp.example")->has_value());
}

TEST_F(HistoryTest, MailsToBothAddUpByTheirAgeInAnyOrder) {
  constexpr std::int64_t kHalfLife = 180 * 86'400;
  ASSERT_TRUE(book_
                  .LearnHeaders(kYamada,
                                {MailTo({"ito@c-corp.example", "mori@d-corp.example"}, kNow - kHalfLife),
                                 MailTo({"mori@d-corp.example", "ito@c-corp.example"}, kNow),
                                 MailTo({"ito@c-corp.example", "mori@d-corp.example"}, kNow - 2 * kHalfLife),
                                 // A header may claim any date.
                                 MailTo({"ito@c-corp.example", "mori@d-corp.example"}, kNow + 50 * kHalfLife)},
                                "", true)
                  .ok());
  for (const std::vector<std::string>& recipients : {std::vector<std::string>{"ito@c-corp.example"}, {}}) {
    const auto history = For(kYamada, recipients);
    const Acquaintance* ito = history->Find("ito@c-corp.example");
    ASSERT_EQ(ito->with.size(), 1U);
    EXPECT_NEAR(*ito->with[0].weight / RecencyWeight(kNow), 2.75, 1e-9);
  }
}

TEST_F(HistoryTest, WhoIsAlikeFollowsWhatIsLearnt) {
  Complete(kYamada);
  ASSERT_TRUE(book_.RecordSent(kYamada, MailTo({"Ito Hanako <hanako@c-corp.example>"}, kNow)).ok());
  ASSERT_TRUE(book_.Warm().ok());
  const auto alike = [&] {
    const auto by_name = For(kYamada, {})->ByName();
    return by_name->Of(Address("x@y.example"), "伊藤 次郎").size();
  };
  EXPECT_EQ(alike(), 1U);
  ASSERT_TRUE(book_.RecordSent(kYamada, MailTo({"いとう けん <ken@d-corp.example>"}, kNow)).ok());
  EXPECT_EQ(alike(), 2U);
  ASSERT_TRUE(*book_.Forget(Address("hanako@c-corp.example")));
  EXPECT_EQ(alike(), 1U);
}

TEST_F(HistoryTest, TheSameMailCountsOnce) {
  const SentMail mail = MailTo({"ito@c-corp.example"}, kNow, "<1@k>");
  ASSERT_TRUE(book_.RecordSent(kYamada, mail).ok());
  const auto state = book_.LearnHeaders(kYamada, {mail, mail, MailTo({"ito@c-corp.example"}, kNow, "<2@k>")}, "", true);
  EXPECT_EQ(state->headers, 1);
  EXPECT_EQ(For(kYamada, {"ito@c-corp.example"})->Find("ito@c-corp.example")->sent, 2);
}

TEST_F(HistoryTest, LearningGoesOnWhereItStopped) {
  ASSERT_TRUE(
      book_.LearnHeaders(kYamada, {MailTo({"ito@c-corp.example"}, kNow, "<1@k>")}, "folder 1, uid 1", false).ok());
  const auto other = NewStore();
  HistoryBook later(*other);
  ASSERT_EQ(later.Learning()->size(), 1U);
  EXPECT_EQ(later.Learning()->front().account, "yamada@kodama.example.jp");
  EXPECT_EQ(later.Learning()->front().cursor, "folder 1, uid 1");
  EXPECT_FALSE(later.Learning()->front().complete);
  EXPECT_EQ(later.Learning()->front().headers, 1);
}

TEST_F(HistoryTest, WhatWasInMemoryFollowsOtherProcesses) {
  Complete(kYamada);
  const auto before = For(kYamada, {});
  std::size_t people = 0;
  const auto count = [&people](const Acquaintance&) { ++people; };
  before->ForEach(count);
  EXPECT_EQ(people, 0U);

  const auto other_store = NewStore();
  HistoryBook other(*other_store);
  ASSERT_TRUE(
      other.RecordSent(kYamada, MailTo({"Ito <ito@c-corp.example>", "mori@d-corp.example"}, kNow, "<1@k>")).ok());
  const auto after = For(kYamada, {"ito@c-corp.example"});
  after->ForEach(count);
  EXPECT_EQ(people, 2U);

  ASSERT_TRUE(
      other.RecordSent(kYamada, MailTo({"伊藤 <ito@c-corp.example>", "sato@kodama.example.jp"}, kNow + 5)).ok());
  const Acquaintance* ito = nullptr;
  const auto renamed = For(kYamada, {});
  renamed->ForEach([&](const Acquaintance& person) {
    if (person.address.local_part == "ito") {
      ito = &person;
    }
  });
  ASSERT_NE(ito, nullptr);
  EXPECT_EQ(ito->name, "伊藤");
  EXPECT_EQ(ito->sent, 2);
  // A mail that the clock has not reached counts as one of now.
  EXPECT_EQ(ito->with, (std::vector<Companion>{{"mori@d-corp.example", RecencyWeight(kNow)},
                                               {"sato@kodama.example.jp", RecencyWeight(kNow)}}));
  // What was given out before stays as it was.
  people = 0;
  before->ForEach(count);
  EXPECT_EQ(people, 0U);

  ASSERT_TRUE(*other.Forget(Address("ito@c-corp.example")));
  people = 0;
  For(kYamada, {})->ForEach(count);
  EXPECT_EQ(people, 2U);
}

TEST_F(HistoryTest, ManyRecipientsAreLookedUpInMemory) {
  Complete(kYamada);
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) {
    texts.push_back("p" + std::to_string(i) + "@c-corp.example");
  }
  ASSERT_TRUE(book_.RecordSent(kYamada, MailTo({"p7@c-corp.example"}, kNow)).ok());
  const auto history = For(kYamada, texts);
  EXPECT_NE(history->Find("p7@c-corp.example"), nullptr);
  EXPECT_EQ(history->Find("p8@c-corp.example"), nullptr);
}

TEST_F(HistoryTest, ForgetsPeopleOldPeopleAndEverybody) {
  ASSERT_TRUE(book_
                  .LearnHeaders(kYamada,
                                {MailTo({"ito@c-corp.example", "mori@d-corp.example"}, kNow - 1000),
                                 MailTo({"mori@d-corp.example"}, kNow)},
                                "", true)
                  .ok());
  EXPECT_FALSE(*book_.Forget(Address("nobody@c-corp.example")));
  EXPECT_EQ(*book_.ForgetBefore(kNow - 1000), 0);
  EXPECT_EQ(*book_.ForgetBefore(kNow - 500), 1);
  const auto history = For(kYamada, {"ito@c-corp.example", "mori@d-corp.example"});
  EXPECT_EQ(history->Find("ito@c-corp.example"), nullptr);
  ASSERT_NE(history->Find("mori@d-corp.example"), nullptr);
  EXPECT_TRUE(history->Find("mori@d-corp.example")->with.empty());
  ASSERT_TRUE(book_.ForgetAll().ok());
  EXPECT_EQ(book_.Counts()->people, 0);
  EXPECT_EQ(For(kYamada, {}), nullptr);
}

TEST_F(HistoryTest, ManyAreLookedUpAtOnce) {
  ASSERT_TRUE(book_.RecordSent(kYamada, MailTo({"ito@c-corp.example", "mori@c-corp.example"}, kNow, "<2@k>")).ok());
  const AddrSpec other = Address("sales@kodama.example.jp");
  ASSERT_TRUE(book_.RecordSent(other, MailTo({"abe@e-corp.example"}, kNow, "<3@k>")).ok());
  const std::vector<std::string> asked = {"mori@c-corp.example", "abe@e-corp.example", "nobody@c-corp.example",
                                          "ito@c-corp.example"};
  EXPECT_EQ(*book_.WrittenTo(kYamada.Key(), asked),
            (std::vector<std::string>{"mori@c-corp.example", "ito@c-corp.example"}));
  EXPECT_TRUE(book_.WrittenTo("nobody@kodama.example.jp", asked)->empty());
  EXPECT_TRUE(book_.WrittenTo(kYamada.Key(), {})->empty());
}

TEST_F(HistoryTest, OrganisationsAndThreads) {
  SentMail mail = MailTo({"ito@c-corp.example", "mori@c-corp.example"}, kNow, "<2@k>");
  mail.thread = "<1@k>";
  mail.organisations = {{"c-corp.example", "C商事"}};
  ASSERT_TRUE(book_.RecordSent(kYamada, mail).ok());
  mail = MailTo({"mori@c-corp.example"}, kNow, "<3@k>");
  mail.thread = "<1@k>";
  mail.organisations = {{"c-corp.example", "Ｃ商事"}, {"c-corp.example", "別の会社"}};  // the first is C商事 folded
  ASSERT_TRUE(book_.RecordSent(kYamada, mail).ok());
  EXPECT_EQ(*book_.OrganisationsOf("c-corp.example"), (std::vector<std::string>{"C商事", "別の会社"}));
  const auto usual = book_.UsualInThread("<1@k>");
  ASSERT_EQ(usual->size(), 2U);
  EXPECT_EQ(usual->front().local_part, "mori");
  EXPECT_TRUE(book_.UsualInThread("<9@k>")->empty());
}

TEST_F(HistoryTest, ADraftSaysWhatIsLearnt) {
  Draft draft;
  draft.subject = "Re: 見積";
  draft.SetRecipients({ParseMailbox("伊藤 <ito@c-corp.example>")}, {}, {ParseMailbox("broken@")});
  draft.headers = {{"In-Reply-To", "<2@c>"}, {"References", "<1@k> <2@c>"}};
  Context context;
  context.contacts["ito@c-corp.example"].organisation = "C商事";
  const SentMail mail = SentMailFrom(draft, context, kNow, "<3@k>");
  EXPECT_EQ(mail.recipients.size(), 2U);
  EXPECT_EQ(mail.thread, "<1@k>");
  ASSERT_EQ(mail.organisations.size(), 1U);
  EXPECT_EQ(mail.organisations[0], (std::pair<std::string, std::string>("c-corp.example", "C商事")));
}

TEST_F(HistoryTest, AlikeWithinAMinute) {
  for (int i = 0; i < 3; ++i) {
    SentMail mail = MailTo({"p" + std::to_string(i) + "@c-corp.example"}, kNow + i);
    mail.subject = "ご請求書 No. " + std::to_string(i);
    ASSERT_TRUE(book_.RecordSent(kYamada, mail).ok());
  }
  EXPECT_EQ(*book_.SimilarWithin("ご請求書 No. 17", kNow + 5, 60), 3);
  EXPECT_EQ(*book_.SimilarWithin("ご請求書 No. 17", kNow + 61, 60), 1);
  EXPECT_EQ(*book_.SimilarWithin("別件", kNow + 5, 60), 0);
  EXPECT_EQ(*book_.SimilarWithin("", kNow + 5, 60), 0);
}

TEST_F(HistoryTest, SilencesOneQuestionAboutOnePersonAndBack) {
  ASSERT_TRUE(book_.Silence("similar_recipient", Address("Ito@c-corp.example"), kNow).ok());
  const auto silenced = book_.AllSilenced();
  EXPECT_TRUE(silenced->Has("similar_recipient", "ito@c-corp.example"));
  EXPECT_FALSE(silenced->Has("first_time", "ito@c-corp.example"));
  EXPECT_FALSE(silenced->Has("similar_recipient", "mori@d-corp.example"));
  EXPECT_EQ(book_.ListSilenced()->front().address, "Ito@c-corp.example");
  EXPECT_TRUE(*book_.Unsilence("similar_recipient", Address("ito@c-corp.example")));
  EXPECT_FALSE(*book_.Unsilence("similar_recipient", Address("ito@c-corp.example")));
  EXPECT_TRUE(book_.ListSilenced()->empty());
}

}  // namespace
}  // namespace lastlook
