// SPDX-License-Identifier: MPL-2.0
// A program of our own that is asked one thing, and may take as long as it likes without anybody waiting for it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace lastlook {

struct ChildOutcome {
  int status = -1;     // of its exit; −1 when it was ended by a signal
  std::string output;  // its standard output
};

// No shell and no search in PATH; of the descriptors it gets only the three standard ones. Killed with this object.
class ChildProcess {
 public:
  // Null when it cannot be started. `input` is at most what a pipe takes at once (4 KiB).
  static std::optional<ChildProcess> Start(const std::string& program, const std::vector<std::string>& arguments,
                                           const std::string& input = "");
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  // Its outcome, once it has ended; nothing while it has not within `wait`. Output over 64 KiB ends it.
  std::optional<ChildOutcome> Outcome(std::chrono::milliseconds wait);

 private:
  ChildProcess(pid_t child, int output) : child_(child), output_(output) {}
  void End();

  pid_t child_ = -1;
  int output_ = -1;
  std::string read_;
};

}  // namespace lastlook
