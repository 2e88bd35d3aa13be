// SPDX-License-Identifier: MPL-2.0
#include "inspect_link/frame.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace lastlook {
namespace {

constexpr std::size_t kHeaderBytes = 9;
constexpr std::size_t kStepBytes = std::size_t{1} << 20U;

// Waits for the descriptor; false when the deadline passed.
bool Wait(int descriptor, short event, std::optional<Deadline> deadline) {
  for (;;) {
    int milliseconds = -1;
    if (deadline) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
      milliseconds = static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30));
    }
    pollfd ready{descriptor, event, 0};
    const int count = poll(&ready, 1, milliseconds);
    if (count >= 0 || errno != EINTR) {
      return count > 0;
    }
  }
}

bool ReadExactly(int descriptor, char* to, std::size_t count, std::optional<Deadline> deadline) {
  while (count > 0) {
    if (!Wait(descriptor, POLLIN, deadline)) {
      return false;
    }
    const ssize_t got = read(descriptor, to, count);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
      continue;
    }
    if (got <= 0) {
      return false;
    }
    to += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

bool WriteAll(int descriptor, std::string_view bytes, std::optional<Deadline> deadline) {
  while (!bytes.empty()) {
    if (!Wait(descriptor, POLLOUT, deadline)) {
      return false;
    }
    const ssize_t put = write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && (errno == EINTR || errno == EAGAIN)) {
      continue;
    }
    if (put <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

}  // namespace

std::optional<Frame> ReadFrame(int descriptor, std::optional<Deadline> deadline) {
  std::array<char, kHeaderBytes> header{};
  if (!ReadExactly(descriptor, header.data(), header.size(), deadline)) {
    return std::nullopt;
  }
  std::uint64_t length = 0;
  for (std::size_t i = kHeaderBytes - 1; i > 0; --i) {
    length = (length << 8U) | static_cast<unsigned char>(header[i]);
  }
  const auto kind = static_cast<unsigned char>(header[0]);
  if (kind < 1 || kind > 4 || length > kMostFrameBytes) {
    return std::nullopt;
  }
  Frame frame{static_cast<FrameKind>(kind), {}};
  // Grows with what arrives, not with what is promised.
  while (frame.content.size() < length) {
    const std::size_t at = frame.content.size();
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(length - at, kStepBytes));
    frame.content.resize(at + step);
    if (!ReadExactly(descriptor, frame.content.data() + at, step, deadline)) {
      return std::nullopt;
    }
  }
  return frame;
}

bool WriteFrame(int descriptor, FrameKind kind, std::initializer_list<std::string_view> pieces,
                std::optional<Deadline> deadline) {
  std::uint64_t length = 0;
  for (const std::string_view piece : pieces) {
    length += piece.size();
  }
  std::array<char, kHeaderBytes> header{static_cast<char>(kind)};
  for (std::size_t i = 1; i < kHeaderBytes; ++i) {
    header[i] = static_cast<char>((length >> (8 * (i - 1))) & 0xFFU);
  }
  if (!WriteAll(descriptor, std::string_view(header.data(), header.size()), deadline)) {
    return false;
  }
  return std::all_of(pieces.begin(), pieces.end(),
                     [&](std::string_view piece) { return WriteAll(descriptor, piece, deadline); });
}

}  // namespace lastlook
