// SPDX-License-Identifier: MPL-2.0
#include "base/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace lastlook {
namespace {

constexpr std::size_t kMostInput = 4096;  // what any pipe takes without waiting (POSIX, PIPE_BUF)
constexpr std::size_t kMostOutput = 65'536;

struct Pipe {
  std::array<int, 2> ends = {-1, -1};
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
      ends = {-1, -1};
    }
  }
  ~Pipe() {
    for (const int end : ends) {
      if (end >= 0) {
        close(end);
      }
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int Release(std::size_t end) { return std::exchange(ends[end], -1); }
};

}  // namespace

std::optional<ChildProcess> ChildProcess::Start(const std::string& program, const std::vector<std::string>& arguments,
                                                const std::string& input) {
  Pipe in;
  Pipe out;
  if (in.ends[0] < 0 || out.ends[0] < 0 || input.size() > kMostInput ||
      write(in.ends[1], input.data(), input.size()) != static_cast<ssize_t>(input.size())) {
    return std::nullopt;
  }
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.ends[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  pid_t child = -1;
  const int failed = posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    return std::nullopt;
  }
  return ChildProcess(child, out.Release(0));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : child_(std::exchange(other.child_, -1)),
      output_(std::exchange(other.output_, -1)),
      read_(std::move(other.read_)) {
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  if (this != &other) {
    End();
    child_ = std::exchange(other.child_, -1);
    output_ = std::exchange(other.output_, -1);
    read_ = std::move(other.read_);
  }
  return *this;
}

ChildProcess::~ChildProcess() {
  End();
}

void ChildProcess::End() {
  if (output_ >= 0) {
    close(std::exchange(output_, -1));
  }
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(std::exchange(child_, -1), nullptr, 0);
  }
}

std::optional<ChildOutcome> ChildProcess::Outcome(std::chrono::milliseconds wait) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + wait;
  while (output_ >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd ready{output_, POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count == 0) {
      return std::nullopt;
    }
    std::array<char, 4096> bytes{};
    const ssize_t got = count < 0 ? -1 : read(output_, bytes.data(), bytes.size());
    if (got > 0 && read_.size() + static_cast<std::size_t>(got) <= kMostOutput) {
      read_.append(bytes.data(), static_cast<std::size_t>(got));
      continue;
    }
    close(std::exchange(output_, -1));
    if (got > 0) {
      kill(child_, SIGKILL);
    }
  }
  ChildOutcome outcome;
  outcome.output = std::move(read_);
  if (child_ > 0) {
    // It has closed its output: it is ending, or it is made to.
    int status = 0;
    for (int round = 0; waitpid(child_, &status, WNOHANG) == 0; ++round) {
      if (round == 100) {
        kill(child_, SIGKILL);
      }
      usleep(1000);
    }
    child_ = -1;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  return outcome;
}

}  // namespace lastlook
