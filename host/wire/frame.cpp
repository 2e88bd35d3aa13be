// SPDX-License-Identifier: MPL-2.0
#include "wire/frame.h"

#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "wire/limits.h"

namespace lastlook {
namespace {

constexpr std::size_t kBufferBytes = 64U << 10U;  // what a pipe holds on Linux

// Somebody may have made the descriptor non-blocking for a process that shares it.
void WaitUntilReady(int descriptor, short events) {
  pollfd one{descriptor, events, 0};
  poll(&one, 1, -1);
}

}  // namespace

std::size_t DescriptorSource::Read(char* into, std::size_t size) {
  for (;;) {
    const ssize_t count = read(descriptor_, into, size);
    if (count >= 0) {
      return static_cast<std::size_t>(count);
    }
    if (errno == EAGAIN) {
      WaitUntilReady(descriptor_, POLLIN);
    } else if (errno != EINTR) {
      return 0;
    }
  }
}

FrameReader::FrameReader(ByteSource& source) : source_(source), buffer_(kBufferBytes) {
}

bool FrameReader::Refill() {
  begin_ = 0;
  end_ = source_.Read(buffer_.data(), buffer_.size());
  return end_ > 0;
}

bool FrameReader::Take(char* into, std::size_t size) {
  while (size > 0) {
    if (begin_ == end_ && !Refill()) {
      return false;
    }
    const std::size_t part = std::min(size, end_ - begin_);
    std::memcpy(into, buffer_.data() + begin_, part);
    begin_ += part;
    into += part;
    size -= part;
  }
  return true;
}

bool FrameReader::Skip(std::size_t size) {
  while (size > 0) {
    if (begin_ == end_ && !Refill()) {
      return false;
    }
    const std::size_t part = std::min(size, end_ - begin_);
    begin_ += part;
    size -= part;
  }
  return true;
}

Frame FrameReader::Next() {
  std::array<char, sizeof(std::uint32_t)> header{};
  Frame frame;
  if (!Take(header.data(), header.size())) {
    return frame;
  }
  std::memcpy(&frame.announced_bytes, header.data(), header.size());
  if (frame.announced_bytes == 0 || frame.announced_bytes > kMaxFrameUpBytes) {
    frame.kind = Skip(frame.announced_bytes) ? Frame::Kind::kRefused : Frame::Kind::kEnd;
    return frame;
  }
  while (frame.bytes.size() < frame.announced_bytes) {
    const std::size_t have = frame.bytes.size();
    const std::size_t part = std::min<std::size_t>(frame.announced_bytes - have, std::max(kBufferBytes, have));
    frame.bytes.resize(have + part);
    if (!Take(frame.bytes.data() + have, part)) {
      frame.bytes.clear();
      return frame;
    }
  }
  frame.kind = Frame::Kind::kMessage;
  return frame;
}

bool FrameWriter::Write(std::string_view bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  std::array<char, sizeof(size)> header{};
  std::memcpy(header.data(), &size, sizeof(size));
  const std::lock_guard<std::mutex> lock(mutex_);
  std::size_t written = 0;  // of header and bytes together
  while (written < header.size() + bytes.size()) {
    std::array<iovec, 2> pieces{};
    int count = 0;
    if (written < header.size()) {
      pieces[static_cast<std::size_t>(count++)] = {header.data() + written, header.size() - written};
    }
    const std::size_t of_bytes = written > header.size() ? written - header.size() : 0;
    pieces[static_cast<std::size_t>(count++)] = {const_cast<char*>(bytes.data()) + of_bytes, bytes.size() - of_bytes};
    const ssize_t done = writev(descriptor_, pieces.data(), count);
    if (done >= 0) {
      written += static_cast<std::size_t>(done);
    } else if (errno == EAGAIN) {
      WaitUntilReady(descriptor_, POLLOUT);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace lastlook
