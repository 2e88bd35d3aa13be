// SPDX-License-Identifier: MPL-2.0
// Native-messaging frames: a 4-byte length in the machine's byte order, then that many bytes (Chrome and Mozilla native
// messaging). Bytes stay bytes here; only base/json.h looks into them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook {

// Where frames come from: a file descriptor, or memory in tests and fuzzers.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads at most `size` bytes and waits for the first; 0 at the end, and after an error.
  virtual std::size_t Read(char* into, std::size_t size) = 0;
};

class DescriptorSource : public ByteSource {
 public:
  explicit DescriptorSource(int descriptor) : descriptor_(descriptor) {}
  std::size_t Read(char* into, std::size_t size) override;

 private:
  int descriptor_;
};

struct Frame {
  enum class Kind {
    kMessage,
    kRefused,  // its length is 0 or over the bound; it was read away
    kEnd,      // the client closed the port, perhaps in the middle of a frame
  };
  Kind kind = Kind::kEnd;
  std::string bytes;                  // of a message
  std::uint32_t announced_bytes = 0;  // the length that the client wrote
};

class FrameReader {
 public:
  explicit FrameReader(ByteSource& source);

  // Memory grows with the bytes that arrive, not with the length that is announced.
  Frame Next();

 private:
  // Copies exactly `size` bytes, or says false at the end.
  bool Take(char* into, std::size_t size);
  bool Skip(std::size_t size);
  bool Refill();

  ByteSource& source_;
  std::vector<char> buffer_;  // so that a small frame costs one read, not two
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

class FrameWriter {
 public:
  explicit FrameWriter(int descriptor) : descriptor_(descriptor) {}

  // Writes one whole frame; threads take turns. False when nobody reads any more.
  [[nodiscard]] bool Write(std::string_view bytes);

 private:
  std::mutex mutex_;
  int descriptor_;
};

}  // namespace lastlook
