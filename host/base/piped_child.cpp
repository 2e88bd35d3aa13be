// SPDX-License-Identifier: MPL-2.0
#include "base/piped_child.h"

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

using Clock = std::chrono::steady_clock;

void Close(int* descriptor) {
  if (*descriptor >= 0) {
    close(std::exchange(*descriptor, -1));
  }
}

int MillisecondsUntil(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30));
}

}  // namespace

std::optional<PipedChild> PipedChild::Start(const std::string& program, const std::vector<std::string>& arguments) {
  std::array<int, 2> in = {-1, -1};
  std::array<int, 2> out = {-1, -1};
  if (pipe2(in.data(), O_CLOEXEC) != 0) {
    return std::nullopt;
  }
  if (pipe2(out.data(), O_CLOEXEC) != 0) {
    Close(&in[0]);
    Close(&in[1]);
    return std::nullopt;
  }
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  std::array<char*, 1> no_environment = {nullptr};
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  pid_t child = -1;
  const int failed = posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), no_environment.data());
  posix_spawn_file_actions_destroy(&actions);
  Close(&in[0]);
  Close(&out[1]);
  if (failed != 0) {
    Close(&in[1]);
    Close(&out[0]);
    return std::nullopt;
  }
  fcntl(in[1], F_SETFL, O_NONBLOCK);
  fcntl(out[0], F_SETFL, O_NONBLOCK);
  return PipedChild(child, in[1], out[0]);
}

PipedChild::PipedChild(PipedChild&& other) noexcept
    : child_(std::exchange(other.child_, -1)), in_(std::exchange(other.in_, -1)), out_(std::exchange(other.out_, -1)) {
}

PipedChild& PipedChild::operator=(PipedChild&& other) noexcept {
  if (this != &other) {
    End();
    child_ = std::exchange(other.child_, -1);
    in_ = std::exchange(other.in_, -1);
    out_ = std::exchange(other.out_, -1);
  }
  return *this;
}

PipedChild::~PipedChild() {
  End();
}

void PipedChild::CloseIn() {
  Close(&in_);
}

void PipedChild::End() {
  Close(&in_);
  Close(&out_);
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(std::exchange(child_, -1), nullptr, 0);
  }
}

int PipedChild::ExitStatus(std::chrono::milliseconds wait) {
  const auto deadline = Clock::now() + wait;
  int status = 0;
  while (child_ > 0) {
    if (waitpid(child_, &status, WNOHANG) == child_) {
      child_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    if (Clock::now() >= deadline) {
      return -1;
    }
    usleep(1000);
  }
  return -1;
}

Exchanged Exchange(const std::string& program, const std::vector<std::string>& arguments, std::string_view input,
                   std::size_t most_output, std::chrono::milliseconds wait) {
  Exchanged exchanged;
  std::optional<PipedChild> child = PipedChild::Start(program, arguments);
  if (!child) {
    return exchanged;
  }
  const auto deadline = Clock::now() + wait;
  std::array<char, 65'536> bytes{};
  for (;;) {
    if (input.empty()) {
      child->CloseIn();
    }
    std::array<pollfd, 2> ready = {pollfd{child->out(), POLLIN, 0}, pollfd{child->in(), POLLOUT, 0}};
    const int count = poll(ready.data(), input.empty() ? 1 : 2, MillisecondsUntil(deadline));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      exchanged.end = Exchanged::End::kTime;
      return exchanged;
    }
    if (!input.empty() && ready[1].revents != 0) {
      const ssize_t put = write(child->in(), input.data(), std::min<std::size_t>(input.size(), bytes.size()));
      // One that reads no further has seen enough.
      input.remove_prefix(put > 0                             ? static_cast<std::size_t>(put)
                          : errno == EAGAIN || errno == EINTR ? 0
                                                              : input.size());
    }
    if (ready[0].revents == 0) {
      continue;
    }
    const ssize_t got = read(child->out(), bytes.data(), bytes.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    exchanged.output.append(bytes.data(), static_cast<std::size_t>(got));
    if (exchanged.output.size() > most_output) {
      exchanged.end = Exchanged::End::kTooLong;
      return exchanged;
    }
  }
  exchanged.status = child->ExitStatus(std::chrono::milliseconds(MillisecondsUntil(deadline)));
  exchanged.end = Exchanged::End::kDone;
  return exchanged;
}

}  // namespace lastlook
