// SPDX-License-Identifier: MPL-2.0
#include "wire/frame_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "wire/limits.h"

namespace lastlook {
namespace {

Frame Message(std::string bytes) {
  Frame frame;
  frame.kind = Frame::Kind::kMessage;
  frame.bytes = std::move(bytes);
  return frame;
}

bool Connected() {
  return true;
}

TEST(FrameQueue, KeepsTheOrderAcrossThreads) {
  FrameQueue queue;
  std::thread pushing([&queue] {
    for (int i = 0; i < 1000; ++i) {
      EXPECT_TRUE(queue.Push(Message(std::to_string(i)), &Connected));
    }
  });
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(queue.Pop().bytes, std::to_string(i));
  }
  pushing.join();
}

TEST(FrameQueue, IsBoundedInFramesAndNoticesThatTheClientLeft) {
  FrameQueue queue;
  for (std::size_t i = 0; i < kMaxWaitingFrames; ++i) {
    ASSERT_TRUE(queue.Push(Message("x"), &Connected));
  }
  int asked = 0;
  EXPECT_FALSE(queue.Push(Message("one too many"), [&asked] { return ++asked < 2; }));
  EXPECT_EQ(asked, 2);
  queue.Pop();
  EXPECT_TRUE(queue.Push(Message("fits again"), &Connected));
}

TEST(FrameQueue, IsBoundedInBytes) {
  FrameQueue queue;
  ASSERT_TRUE(queue.Push(Message(std::string(kMaxWaitingBytes, 'x')), &Connected));
  EXPECT_FALSE(queue.Push(Message("x"), [] { return false; }));
  EXPECT_EQ(queue.Pop().bytes.size(), kMaxWaitingBytes);
  EXPECT_TRUE(queue.Push(Message("x"), &Connected));
}

TEST(FrameQueue, APushThatWaitsGoesOnWhenThereIsRoom) {
  FrameQueue queue;
  for (std::size_t i = 0; i < kMaxWaitingFrames; ++i) {
    ASSERT_TRUE(queue.Push(Message("x"), &Connected));
  }
  std::atomic<bool> pushed{false};
  std::thread pushing([&] {
    EXPECT_TRUE(queue.Push(Message("last"), &Connected));
    pushed = true;
  });
  for (std::size_t i = 0; i < kMaxWaitingFrames; ++i) {
    queue.Pop();
  }
  EXPECT_EQ(queue.Pop().bytes, "last");
  pushing.join();
  EXPECT_TRUE(pushed);
}

}  // namespace
}  // namespace lastlook
