// SPDX-License-Identifier: MPL-2.0
#include "wire/serve.h"

#include <poll.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>

#include "wire/frame.h"
#include "wire/frame_queue.h"

namespace lastlook {
namespace {

// Not exit(): it would run destructors under the feet of the other thread.
[[noreturn]] void EndNow() {
  _exit(0);
}

// Also true while unread bytes are left, so that a client that is gone is noticed behind them.
bool IsHungUp(int descriptor) {
  pollfd one{descriptor, POLLRDHUP, 0};
  return poll(&one, 1, 0) == 1 && (one.revents & (POLLHUP | POLLRDHUP | POLLERR | POLLNVAL)) != 0;
}

// The only thread that writes, also for frames that were refused: the reading thread must never wait for the client.
[[noreturn]] void AnswerFrames(FrameQueue& queue, FrameWriter& writer, Session& session) {
  for (;;) {
    const Frame frame = queue.Pop();
    const std::string reply = frame.kind == Frame::Kind::kMessage ? session.Answer(frame.bytes)
                                                                  : session.AnswerRefusedFrame(frame.announced_bytes);
    if (!writer.Write(reply)) {
      EndNow();
    }
    session.AfterReply();
  }
}

}  // namespace

void Serve(int in, int out, Session& session) {
  FrameQueue queue;
  FrameWriter writer(out);
  std::thread([&] { AnswerFrames(queue, writer, session); }).detach();
  DescriptorSource source(in);
  FrameReader reader(source);
  for (;;) {
    Frame frame = reader.Next();
    if (frame.kind == Frame::Kind::kEnd || !queue.Push(std::move(frame), [in] { return !IsHungUp(in); })) {
      EndNow();
    }
  }
}

}  // namespace lastlook
