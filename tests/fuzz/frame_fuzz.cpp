// SPDX-License-Identifier: MPL-2.0
// Any bytes in any pieces: the reader ends, and what it hands out is what the lengths in front of it said.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "wire/frame.h"
#include "wire/limits.h"

namespace {

class Input : public lastlook::ByteSource {
 public:
  Input(const std::uint8_t* data, std::size_t size, std::size_t piece) : data_(data), size_(size), piece_(piece) {}
  std::size_t Read(char* into, std::size_t size) override {
    const std::size_t count = std::min({size, piece_, size_ - at_});
    std::memcpy(into, data_ + at_, count);
    at_ += count;
    return count;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

void Require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  Input input(data + 1, size - 1, std::size_t{data[0]} + 1);
  lastlook::FrameReader reader(input);
  const std::uint8_t* at = data + 1;
  for (;;) {
    const lastlook::Frame frame = reader.Next();
    if (frame.kind == lastlook::Frame::Kind::kEnd) {
      Require(frame.bytes.empty());
      return 0;
    }
    std::uint32_t length = 0;
    std::memcpy(&length, at, sizeof(length));
    at += sizeof(length);
    Require(frame.announced_bytes == length);
    if (frame.kind == lastlook::Frame::Kind::kMessage) {
      Require(length > 0 && length <= lastlook::kMaxFrameUpBytes && frame.bytes.size() == length);
      Require(std::memcmp(frame.bytes.data(), at, length) == 0);
    }
    at += length;
    Require(at <= data + size);
  }
}
