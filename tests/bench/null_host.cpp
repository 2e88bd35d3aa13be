// SPDX-License-Identifier: MPL-2.0
// The floor: a static program that sends each frame back unread. What it costs is pipes and process, nothing of ours.
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace {

bool Transfer(ssize_t (*call)(int, void*, std::size_t), int descriptor, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t count = call(descriptor, data, size);
    if (count <= 0) {
      return false;
    }
    data += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

ssize_t Read(int descriptor, void* data, std::size_t size) {
  return read(descriptor, data, size);
}
ssize_t Write(int descriptor, void* data, std::size_t size) {
  return write(descriptor, data, size);
}

}  // namespace

int main() {
  std::vector<char> frame;
  std::uint32_t size = 0;
  for (;;) {
    frame.resize(sizeof(size));
    if (!Transfer(&Read, STDIN_FILENO, frame.data(), sizeof(size))) {
      return 0;
    }
    std::memcpy(&size, frame.data(), sizeof(size));
    frame.resize(sizeof(size) + size);
    if (!Transfer(&Read, STDIN_FILENO, frame.data() + sizeof(size), size) ||
        !Transfer(&Write, STDOUT_FILENO, frame.data(), frame.size())) {
      return 0;
    }
  }
}
