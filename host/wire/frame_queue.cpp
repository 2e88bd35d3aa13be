// SPDX-License-Identifier: MPL-2.0
#include "wire/frame_queue.h"

#include <chrono>
#include <utility>

#include "wire/limits.h"

namespace lastlook {
namespace {

// Well under the second within which the process must be gone when the client is.
constexpr std::chrono::milliseconds kLookForEndEvery{100};

}  // namespace

bool FrameQueue::Full() const {
  return frames_.size() >= kMaxWaitingFrames || bytes_ >= kMaxWaitingBytes;
}

bool FrameQueue::Push(Frame frame, const std::function<bool()>& still_connected) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!changed_.wait_for(lock, kLookForEndEvery, [this] { return !Full(); })) {
    if (!still_connected()) {
      return false;
    }
  }
  bytes_ += frame.bytes.size();
  frames_.push_back(std::move(frame));
  lock.unlock();
  changed_.notify_one();
  return true;
}

Frame FrameQueue::Pop() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return !frames_.empty(); });
  Frame frame = std::move(frames_.front());
  frames_.pop_front();
  bytes_ -= frame.bytes.size();
  lock.unlock();
  changed_.notify_one();
  return frame;
}

}  // namespace lastlook
