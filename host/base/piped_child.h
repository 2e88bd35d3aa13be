// SPDX-License-Identifier: MPL-2.0
// A program of our own that is talked with over its standard input and output.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook {

// As ChildProcess: no shell, no search in PATH, three descriptors and no environment. Killed with this object. Whoever
// writes to one that has ended gets SIGPIPE, which the caller ignores.
class PipedChild {
 public:
  // Null when it cannot be started. Writing to `in` and reading from `out` never block.
  static std::optional<PipedChild> Start(const std::string& program, const std::vector<std::string>& arguments);
  PipedChild(PipedChild&& other) noexcept;
  PipedChild& operator=(PipedChild&& other) noexcept;
  ~PipedChild();

  int in() const { return in_; }
  int out() const { return out_; }
  void CloseIn();
  // The status of its exit, once it has ended by itself within `wait`; −1 when a signal ended it or it has not.
  int ExitStatus(std::chrono::milliseconds wait);

 private:
  PipedChild(pid_t child, int in, int out) : child_(child), in_(in), out_(out) {}
  void End();

  pid_t child_ = -1;
  int in_ = -1;
  int out_ = -1;
};

// Gives all of `input` to a program and takes all that it writes, both at once.
struct Exchanged {
  enum class End { kDone, kNotStarted, kTime, kTooLong };
  End end = End::kNotStarted;
  int status = -1;  // of its exit; −1 when a signal ended it
  std::string output;
};
Exchanged Exchange(const std::string& program, const std::vector<std::string>& arguments, std::string_view input,
                   std::size_t most_output, std::chrono::milliseconds wait);

}  // namespace lastlook
