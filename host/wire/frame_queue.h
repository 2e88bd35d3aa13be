// SPDX-License-Identifier: MPL-2.0
// Frames between the thread that reads and the thread that answers.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

#include "wire/frame.h"

namespace lastlook {

class FrameQueue {
 public:
  // Waits while the queue is full. A reader that waits does not see the end of its input, so `still_connected` is
  // asked now and then; when it says no, the frame is dropped and Push says false.
  [[nodiscard]] bool Push(Frame frame, const std::function<bool()>& still_connected);

  // Waits for a frame.
  Frame Pop();

 private:
  bool Full() const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Frame> frames_;
  std::size_t bytes_ = 0;
};

}  // namespace lastlook
