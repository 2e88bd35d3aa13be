// SPDX-License-Identifier: MPL-2.0
#include "wire/frame.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <thread>

#include "wire/limits.h"

namespace lastlook {
namespace {

// Hands out `bytes` in pieces of at most `piece` and counts what it hands out.
class MemorySource : public ByteSource {
 public:
  MemorySource(std::string bytes, std::size_t piece) : bytes_(std::move(bytes)), piece_(piece) {}
  std::size_t Read(char* into, std::size_t size) override {
    const std::size_t count = std::min({size, piece_, bytes_.size() - at_});
    std::memcpy(into, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

// Zeros without end, as a client that announced a lot would send them.
class EndlessSource : public ByteSource {
 public:
  explicit EndlessSource(std::string begin) : begin_(std::move(begin)) {}
  std::size_t Read(char* into, std::size_t size) override {
    const std::size_t count = std::min(size, std::max<std::size_t>(begin_.size(), 1));
    if (begin_.empty()) {
      std::memset(into, 0, size);
      given_ += size;
      return size;
    }
    std::memcpy(into, begin_.data(), count);
    begin_.erase(0, count);
    return count;
  }
  std::uint64_t given() const { return given_; }

 private:
  std::string begin_;
  std::uint64_t given_ = 0;
};

std::string Header(std::uint32_t size) {
  std::string header(sizeof(size), '\0');
  std::memcpy(header.data(), &size, sizeof(size));
  return header;
}

std::string Framed(const std::string& bytes) {
  return Header(static_cast<std::uint32_t>(bytes.size())) + bytes;
}

TEST(FrameReader, ReadsFramesHoweverTheyArrive) {
  const std::string large(200000, 'x');
  const std::string stream = Framed("{}") + Framed("一") + Framed(large) + Framed("\n\r\n\x1a");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{4096}, std::size_t{1} << 20U}) {
    MemorySource source(stream, piece);
    FrameReader reader(source);
    EXPECT_EQ(reader.Next().bytes, "{}");
    EXPECT_EQ(reader.Next().bytes, "一");
    EXPECT_EQ(reader.Next().bytes, large);
    EXPECT_EQ(reader.Next().bytes, "\n\r\n\x1a");
    EXPECT_EQ(reader.Next().kind, Frame::Kind::kEnd);
  }
}

TEST(FrameReader, RefusesLengthZeroAndGoesOn) {
  MemorySource source(Header(0) + Framed("{}"), 7);
  FrameReader reader(source);
  EXPECT_EQ(reader.Next().kind, Frame::Kind::kRefused);
  EXPECT_EQ(reader.Next().bytes, "{}");
}

TEST(FrameReader, TakesTheLargestFrameAndRefusesOneByteMore) {
  const std::string largest(kMaxFrameUpBytes, 'a');
  MemorySource source(Framed(largest) + Framed(largest + "b") + Framed("{}"), std::size_t{1} << 20U);
  FrameReader reader(source);
  EXPECT_EQ(reader.Next().bytes.size(), kMaxFrameUpBytes);
  const Frame refused = reader.Next();
  EXPECT_EQ(refused.kind, Frame::Kind::kRefused);
  EXPECT_EQ(refused.announced_bytes, kMaxFrameUpBytes + 1);
  EXPECT_TRUE(refused.bytes.empty());
  EXPECT_EQ(reader.Next().bytes, "{}");
}

TEST(FrameReader, ReadsTheLargestLengthAwayWithoutKeepingIt) {
  EndlessSource source(Header(0xFFFFFFFFU));
  FrameReader reader(source);
  EXPECT_EQ(reader.Next().kind, Frame::Kind::kRefused);
  EXPECT_GE(source.given(), 0xFFFFFFFFULL);
}

TEST(FrameReader, EndsQuietlyInsideAFrame) {
  for (const std::string& cut : {std::string("\x05"), Header(5), Header(5) + "abcd", Header(0xFFFFFFFFU) + "abcd"}) {
    MemorySource source(cut, 2);
    FrameReader reader(source);
    const Frame frame = reader.Next();
    EXPECT_EQ(frame.kind, Frame::Kind::kEnd);
    EXPECT_TRUE(frame.bytes.empty());
  }
}

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_), 0); }
  ~Pipe() {
    CloseRead();
    CloseWrite();
  }
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void CloseRead() { Close(&ends_[0]); }
  void CloseWrite() { Close(&ends_[1]); }

 private:
  static void Close(int* end) {
    if (*end >= 0) {
      close(*end);
      *end = -1;
    }
  }
  int ends_[2] = {-1, -1};
};

TEST(FrameWriter, WritesWhatTheReaderReads) {
  Pipe pipe;
  const std::string large(300000, 'y');  // more than a pipe holds
  std::thread writing([&] {
    FrameWriter writer(pipe.write_end());
    EXPECT_TRUE(writer.Write("{}"));
    EXPECT_TRUE(writer.Write(large));
    pipe.CloseWrite();
  });
  DescriptorSource source(pipe.read_end());
  FrameReader reader(source);
  EXPECT_EQ(reader.Next().bytes, "{}");
  EXPECT_EQ(reader.Next().bytes, large);
  EXPECT_EQ(reader.Next().kind, Frame::Kind::kEnd);
  writing.join();
}

TEST(FrameWriter, ThreadsTakeTurns) {
  Pipe pipe;
  FrameWriter writer(pipe.write_end());
  std::vector<std::thread> threads;
  for (const char letter : {'a', 'b', 'c'}) {
    threads.emplace_back([&writer, letter] {
      for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(writer.Write(std::string(20000, letter)));
      }
    });
  }
  DescriptorSource source(pipe.read_end());
  FrameReader reader(source);
  for (int i = 0; i < 150; ++i) {
    const Frame frame = reader.Next();
    ASSERT_EQ(frame.bytes.size(), 20000U);
    EXPECT_EQ(frame.bytes, std::string(20000, frame.bytes[0]));
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

TEST(FrameWriter, SaysWhenNobodyReads) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.CloseRead();
  FrameWriter writer(pipe.write_end());
  EXPECT_FALSE(writer.Write("{}"));
}

}  // namespace
}  // namespace lastlook
