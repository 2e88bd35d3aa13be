// SPDX-License-Identifier: MPL-2.0
#include "wire/part_desk.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace lastlook {
namespace {

// Reads files when the test says so.
class Gate {
 public:
  MakePartReader Readers() {
    return [this] {
      return [this](std::string_view name, const std::string& bytes) {
        ++reads;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
        if (bytes == "throw") {
          throw std::runtime_error("no memory");
        }
        auto facts = std::make_shared<PartFacts>();
        facts->entries.push_back({"", FileKind::kText, bytes.size(), false, false, "", {}});
        facts->texts.push_back({0, TextUnit::kWhole, std::string(name), 0, false, bytes, {}, {}, {}});
        return std::shared_ptr<const PartFacts>(facts);
      };
    };
  }
  void Open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }

  std::atomic<int> reads = 0;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

std::string PutWhole(PartDesk& desk, std::string_view part_id, std::string_view name, const std::string& bytes) {
  const Result<PartProgress> put = desk.Put({part_id, 0, bytes.size(), true, "", bytes}, name);
  EXPECT_TRUE(put.ok());
  return put.ok() ? put->sha256 : "";
}

PartState Settled(PartDesk& desk, const std::string& sha256, std::string_view name) {
  for (int i = 0; i < 5000 && desk.StateOf(sha256, name) == PartState::kPending; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return desk.StateOf(sha256, name);
}

Draft DraftWith(const std::string& sha256, const std::string& name = "plan.txt") {
  Draft draft;
  Part part;
  part.id = "1";
  part.name = name;
  part.sha256 = sha256;
  draft.attachments.push_back(part);
  return draft;
}

TEST(PartDesk, AFileIsPendingUntilItIsReadAndNobodyWaitsForIt) {
  Gate gate;
  PartDesk desk(gate.Readers());
  const std::string hash = PutWhole(desk, "a", "plan.txt", "the plan");
  EXPECT_EQ(desk.StateOf(hash, "plan.txt"), PartState::kPending);
  Draft draft = DraftWith(hash);
  Context context;
  ASSERT_TRUE(desk.Complete(&draft, true, &context).ok());
  ASSERT_NE(context.parts, nullptr);
  EXPECT_TRUE(context.parts->IsPending(draft.attachments[0]));
  EXPECT_EQ(context.parts->FactsOf(draft.attachments[0]), nullptr);
  EXPECT_EQ(*draft.attachments[0].bytes, "the plan");
  EXPECT_EQ(draft.attachments[0].size_bytes, 8U);

  gate.Open();
  EXPECT_EQ(Settled(desk, hash, "plan.txt"), PartState::kRead);
  // What was asked before does not change while the mail is looked at.
  EXPECT_TRUE(context.parts->IsPending(draft.attachments[0]));
  Context later;
  ASSERT_TRUE(desk.Complete(&draft, true, &later).ok());
  EXPECT_FALSE(later.parts->IsPending(draft.attachments[0]));
  ASSERT_NE(later.parts->FactsOf(draft.attachments[0]), nullptr);
  EXPECT_EQ(later.parts->FactsOf(draft.attachments[0])->texts[0].text, "the plan");
  EXPECT_EQ(gate.reads, 1);
}

TEST(PartDesk, AnotherNameIsAnotherFile) {
  Gate gate;
  gate.Open();
  PartDesk desk(gate.Readers());
  const std::string hash = PutWhole(desk, "a", "plan.txt", "the plan");
  EXPECT_EQ(Settled(desk, hash, "PLAN.TXT"), PartState::kRead);
  EXPECT_EQ(gate.reads, 1);
  EXPECT_EQ(Settled(desk, hash, "plan.csv"), PartState::kRead);
  EXPECT_EQ(gate.reads, 2);
}

TEST(PartDesk, BytesThatAreNotHereAreNotBelieved) {
  Gate gate;
  gate.Open();
  PartDesk desk(gate.Readers());
  Draft draft = DraftWith(Sha256Hex("the plan"));
  Context context;
  const Result<void> unknown = desk.Complete(&draft, true, &context);
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, ErrorCode::kUnknownPart);
  EXPECT_EQ(unknown.error().pointer, "/attachments/0/sha256");
  PutWhole(desk, "a", "plan.txt", "the plan");
  EXPECT_TRUE(desk.Complete(&draft, true, &context).ok());
  desk.Drop("a");
  EXPECT_FALSE(desk.Complete(&draft, true, &context).ok());
  EXPECT_EQ(desk.StateOf(Sha256Hex("the plan"), "plan.txt"), PartState::kUnknown);
}

TEST(PartDesk, WithoutBytesItIsUninspectedForAClientThatHandsOverAndNothingIsSaidForAnother) {
  Gate gate;
  PartDesk desk(gate.Readers());
  Draft draft = DraftWith("");
  Context old_client;
  ASSERT_TRUE(desk.Complete(&draft, false, &old_client).ok());
  EXPECT_EQ(old_client.parts, nullptr);
  Context context;
  ASSERT_TRUE(desk.Complete(&draft, true, &context).ok());
  EXPECT_EQ(context.parts->FactsOf(draft.attachments[0])->itself().uninspected, Uninspected::kNotGiven);
  draft.attachments[0].size_bytes = kMaxPartBytes + 1;
  ASSERT_TRUE(desk.Complete(&draft, true, &context).ok());
  EXPECT_EQ(context.parts->FactsOf(draft.attachments[0])->itself().uninspected, Uninspected::kTooLargeFile);
  draft.attachments[0].arriving = true;
  ASSERT_TRUE(desk.Complete(&draft, true, &context).ok());
  EXPECT_TRUE(context.parts->IsPending(draft.attachments[0]));
  EXPECT_EQ(context.parts->FactsOf(draft.attachments[0]), nullptr);
}

TEST(PartDesk, BytesInTheDraftAreReadLikeOthers) {
  Gate gate;
  gate.Open();
  PartDesk desk(gate.Readers());
  Draft draft = DraftWith("");
  draft.attachments[0].bytes = std::make_shared<const std::string>("inline");
  Context context;
  ASSERT_TRUE(desk.Complete(&draft, true, &context).ok());
  EXPECT_EQ(draft.attachments[0].sha256, Sha256Hex("inline"));
  EXPECT_EQ(Settled(desk, draft.attachments[0].sha256, "plan.txt"), PartState::kRead);
}

TEST(PartDesk, AReaderThatFailsIsNoReaderThatFoundNothing) {
  Gate gate;
  gate.Open();
  PartDesk desk(gate.Readers());
  const std::string hash = PutWhole(desk, "a", "plan.txt", "throw");
  EXPECT_EQ(Settled(desk, hash, "plan.txt"), PartState::kUninspected);
  EXPECT_EQ(gate.reads, 1);
  // Attached once more it is read once more.
  PutWhole(desk, "b", "plan.txt", "throw");
  EXPECT_EQ(Settled(desk, hash, "plan.txt"), PartState::kUninspected);
  EXPECT_EQ(gate.reads, 2);
}

TEST(PartDesk, WhereNobodyReadsFilesTheyAreUninspected) {
  PartDesk desk(&NoPartReader);
  const std::string hash = PutWhole(desk, "a", "plan.txt", "the plan");
  EXPECT_EQ(Settled(desk, hash, "plan.txt"), PartState::kUninspected);
}

TEST(PartDesk, WhatAnEffectPutsInThePlaceOfAFileIsAnotherFile) {
  Gate gate;
  gate.Open();
  PartDesk desk(gate.Readers());
  const std::string hash = PutWhole(desk, "a", "plan.txt", "the plan");
  Settled(desk, hash, "plan.txt");
  Draft draft = DraftWith(hash);
  Context context;
  ASSERT_TRUE(desk.Complete(&draft, true, &context).ok());
  Part changed = draft.attachments[0];
  changed.sha256 = Sha256Hex("sealed");
  EXPECT_EQ(context.parts->FactsOf(changed), nullptr);
  EXPECT_FALSE(context.parts->IsPending(changed));
}

TEST(PartDesk, AFileThatIsDroppedWhileItIsReadLeavesNothing) {
  Gate gate;
  PartDesk desk(gate.Readers());
  const std::string hash = PutWhole(desk, "a", "plan.txt", "the plan");
  desk.Drop("a");
  gate.Open();
  EXPECT_EQ(desk.StateOf(hash, "plan.txt"), PartState::kUnknown);
}

}  // namespace
}  // namespace lastlook
