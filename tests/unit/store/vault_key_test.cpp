// SPDX-License-Identifier: MPL-2.0
// Where the key of the store is, with a key store that does what it is told. The real one:
// tests/cli/key_store.test.mjs.
#include "store/vault_key.h"

#include <map>

#include "store/sealed_items.h"
#include "test_store.h"

namespace lastlook {
namespace {

using std::chrono::milliseconds;

// What the machine's key store holds, and how it behaves.
struct Desktop {
  std::map<std::string, std::string> keys;
  VaultState mood = VaultState::kThere;  // kThere: it does what it should
  int asked = 0;
  bool forgets = false;  // says that it has kept what it has not
};

class DesktopVault : public KeyVault {
 public:
  explicit DesktopVault(Desktop& desktop) : desktop_(desktop) {}
  VaultAnswer Get(const std::string& id, milliseconds /*wait*/) override {
    ++desktop_.asked;
    if (desktop_.mood != VaultState::kThere) {
      return {desktop_.mood, ""};
    }
    const auto found = desktop_.keys.find(id);
    return found == desktop_.keys.end() ? VaultAnswer{VaultState::kNone, ""}
                                        : VaultAnswer{VaultState::kThere, found->second};
  }
  VaultState Put(const std::string& id, const std::string& key, milliseconds /*wait*/) override {
    if (desktop_.mood == VaultState::kThere && !desktop_.forgets) {
      desktop_.keys[id] = key;
    }
    return desktop_.mood;
  }

 private:
  Desktop& desktop_;
};

class VaultKeyTest : public StoreTest {
 protected:
  std::unique_ptr<KeySource> NewKey() {
    return std::make_unique<VaultKey>(place(), std::make_unique<DesktopVault>(desktop_));
  }
  std::unique_ptr<Store> StoreOfDesktop() {
    return std::make_unique<Store>(
        place(),
        [] {
          return Timestamp{kNow, 0};
        },
        NewKey());
  }
  // A history in which Ito was written to, under a key in the desktop's key store.
  void LearnIto() {
    const auto store = StoreOfDesktop();
    HistoryBook book(*store);
    ASSERT_TRUE(book.LearnHeaders(kYamada, {MailTo({"ito@c-corp.example"}, kNow)}, "", true).ok());
    ASSERT_EQ(desktop_.keys.size(), 1U);
  }
  static std::vector<std::string> EventsOf(Store& store) {
    std::vector<std::string> events;
    EXPECT_TRUE(DecisionLog(store)
                    .Each({},
                          [&](const StoredDecision& decision) {
                            events.push_back(decision.record->value("event", ""));
                            return true;
                          })
                    .ok());
    return events;
  }

  Desktop desktop_;
  const AddrSpec kYamada = Address("yamada@kodama.example.jp");
};

TEST_F(VaultKeyTest, StandsInTheKeyStoreAndNowhereElse) {
  LearnIto();
  const std::string& key = desktop_.keys.begin()->second;
  EXPECT_EQ(ReadFile(place().Key()), "in the key store: " + desktop_.keys.begin()->first + "\n");
  for (const auto& file : std::filesystem::directory_iterator(place().folder)) {
    const std::string bytes = ReadFile(file.path().string());
    EXPECT_EQ(bytes.find(key), std::string::npos);
    EXPECT_EQ(bytes.find(HexEncode(key)), std::string::npos);
  }
  const auto store = StoreOfDesktop();
  HistoryBook book(*store);
  EXPECT_NE((*book.For(kYamada, {}))->Find("ito@c-corp.example"), nullptr);
}

TEST_F(VaultKeyTest, WithoutAKeyStoreItIsInTheFileAndStaysThere) {
  desktop_.mood = VaultState::kAbsent;
  ASSERT_TRUE(PreparePlace(place()).ok());
  const std::string key = *NewKey()->Key();
  EXPECT_EQ(ReadFile(place().Key()), HexEncode(key) + "\n");
  desktop_.mood = VaultState::kThere;  // one that comes later moves nothing
  EXPECT_EQ(*NewKey()->Key(), key);
  EXPECT_EQ(*VaultKey(place(), nullptr).Key(), key);
  EXPECT_EQ(desktop_.asked, 0);
}

TEST_F(VaultKeyTest, WhatIsNotKeptForSureGoesIntoTheFile) {
  ASSERT_TRUE(PreparePlace(place()).ok());
  for (const VaultState mood : {VaultState::kLocked, VaultState::kNoAnswer}) {
    desktop_.mood = mood;
    std::filesystem::remove(place().Key());
    EXPECT_EQ(ReadFile(place().Key()), "");
    const std::string key = *NewKey()->Key();
    EXPECT_EQ(ReadFile(place().Key()), HexEncode(key) + "\n");
  }
  desktop_.mood = VaultState::kThere;
  desktop_.forgets = true;
  std::filesystem::remove(place().Key());
  const std::string key = *NewKey()->Key();
  EXPECT_EQ(ReadFile(place().Key()), HexEncode(key) + "\n");
}

TEST_F(VaultKeyTest, WhileItIsLockedDecisionsGoOnAndTheHistorySaysNothing) {
  LearnIto();
  for (const VaultState mood : {VaultState::kLocked, VaultState::kAbsent, VaultState::kNoAnswer}) {
    desktop_.mood = mood;
    const auto store = StoreOfDesktop();
    HistoryBook book(*store);
    const auto history = book.For(kYamada, RecipientsOf({"ito@c-corp.example"}));
    ASSERT_FALSE(history.ok());
    EXPECT_NE(history.error().message.find("key store"), std::string::npos);
    EXPECT_FALSE(store->Status().problem);
    EXPECT_FALSE(book.RecordSent(kYamada, MailTo({"mori@d-corp.example"}, kNow)).ok());
    EXPECT_FALSE(book.ForgetAll().ok());  // it would take the stand-in for the key
    EXPECT_FALSE(SealedItems(*store).Put(Secret{"password", kNow, "Ku7-xamble"}).ok());
    EXPECT_FALSE(DecisionLog(*store).ErasePerson(Address("ito@c-corp.example"), kNow).ok());
    ASSERT_TRUE(DecisionLog(*store).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  }
  desktop_.mood = VaultState::kThere;
  const auto store = StoreOfDesktop();
  HistoryBook book(*store);
  EXPECT_NE((*book.For(kYamada, {}))->Find("ito@c-corp.example"), nullptr);
  EXPECT_EQ(EventsOf(*store), (std::vector<std::string>{"answered", "answered", "answered"}));
  // Counted, not named: a token under a stand-in would lead nowhere.
  ASSERT_TRUE(DecisionLog(*store)
                  .Each({},
                        [](const StoredDecision& decision) {
                          EXPECT_FALSE((*decision.record)["recipients"].contains("listed")) << *decision.record;
                          return true;
                        })
                  .ok());
}

TEST_F(VaultKeyTest, AnAnswerThatComesLaterIsTakenWithoutStartingAnew) {
  LearnIto();
  desktop_.mood = VaultState::kNoAnswer;
  const auto store = StoreOfDesktop();
  HistoryBook book(*store);
  EXPECT_FALSE(book.For(kYamada, {}).ok());
  desktop_.mood = VaultState::kThere;
  const auto history = book.For(kYamada, {});
  ASSERT_TRUE(history.ok()) << DescribeError(history.error());
  EXPECT_NE((*history)->Find("ito@c-corp.example"), nullptr);
  EXPECT_FALSE(store->Status().history_problem);
}

TEST_F(VaultKeyTest, ALockedKeyStoreIsNotAskedWithEveryMail) {
  LearnIto();
  desktop_.mood = VaultState::kLocked;
  desktop_.asked = 0;
  const auto store = StoreOfDesktop();
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(DecisionLog(*store).Append(DecisionAt(kNow), RecipientsForm::kHmac).ok());
  }
  EXPECT_EQ(desktop_.asked, 1);
}

TEST_F(VaultKeyTest, ALostKeyIsToldAndRecordedOnce) {
  LearnIto();
  const std::string named = ReadFile(place().Key());
  const auto lost = desktop_.keys;
  desktop_.keys.clear();
  for (int i = 0; i < 3; ++i) {
    const auto store = StoreOfDesktop();
    HistoryBook book(*store);
    const auto history = book.For(kYamada, RecipientsOf({"ito@c-corp.example"}));
    ASSERT_FALSE(history.ok());  // and not empty: nobody may pass for new
    EXPECT_NE(history.error().remedy.find("forget --all"), std::string::npos);
    EXPECT_EQ(EventsOf(*store), (std::vector<std::string>{"key_lost"}));
    EXPECT_EQ(DecisionLog(*store).Verify()->fault, ChainFault::kNone);
  }
  EXPECT_EQ(ReadFile(place().Key() + ".lost"), named);
  // It comes back: the name of it is put back by hand.
  desktop_.keys.insert(lost.begin(), lost.end());
  std::filesystem::rename(place().Key() + ".lost", place().Key());
  {
    const auto store = StoreOfDesktop();
    HistoryBook book(*store);
    EXPECT_NE((*book.For(kYamada, {}))->Find("ito@c-corp.example"), nullptr);
  }
  desktop_.keys.clear();
  const auto store = StoreOfDesktop();
  HistoryBook book(*store);
  ASSERT_TRUE(book.ForgetAll().ok());
  EXPECT_FALSE(store->Status().history_problem);
  ASSERT_TRUE(book.LearnHeaders(kYamada, {}, "", true).ok());
  EXPECT_EQ((*book.For(kYamada, {}))->Find("ito@c-corp.example"), nullptr);
}

TEST_F(VaultKeyTest, OfTwoWhoMakeItOneWins) {
  ASSERT_TRUE(PreparePlace(place()).ok());
  const std::string first = *NewKey()->Key();
  EXPECT_EQ(*NewKey()->Key(), first);
  EXPECT_EQ(desktop_.keys.size(), 1U);
}

}  // namespace
}  // namespace lastlook
