// SPDX-License-Identifier: MPL-2.0
// Plays the browser for one host process and times it: a driver in a scripting language would measure itself.
//   bench_pipe_driver HELLO REQUEST COUNT WANT COMMAND…
// Starts COMMAND, sends the file HELLO as one frame, waits for the reply, lets the host settle, then sends the file
// REQUEST COUNT times, each after the reply to the one before. WANT must stand in each reply. A deferred result is
// pulled to its end. Prints one line of JSON.
#include <dirent.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

extern char** environ;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kSettle{60};  // as long as a browser needs to draw anything at all

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

std::int64_t NanosecondsSince(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    Fail("cannot read " + path);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Host {
  pid_t pid = -1;
  int to = -1;
  int from = -1;
};

Host Start(char** command) {
  int to_host[2];
  int from_host[2];
  if (pipe(to_host) != 0 || pipe(from_host) != 0) {
    Fail("no pipes");
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to_host[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from_host[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
  for (const int fd : {to_host[0], to_host[1], from_host[0], from_host[1]}) {
    posix_spawn_file_actions_addclose(&actions, fd);
  }
  Host host;
  if (posix_spawnp(&host.pid, command[0], &actions, nullptr, command, environ) != 0) {
    Fail(std::string("cannot start ") + command[0]);
  }
  posix_spawn_file_actions_destroy(&actions);
  close(to_host[0]);
  close(from_host[1]);
  host.to = to_host[1];
  host.from = from_host[0];
  return host;
}

void Write(const Host& host, const std::string& frame) {
  std::size_t at = 0;
  while (at < frame.size()) {
    const ssize_t count = write(host.to, frame.data() + at, frame.size() - at);
    if (count <= 0) {
      Fail("the host reads no more");
    }
    at += static_cast<std::size_t>(count);
  }
}

void Read(const Host& host, char* into, std::size_t size) {
  while (size > 0) {
    const ssize_t count = read(host.from, into, size);
    if (count <= 0) {
      Fail("the host writes no more");
    }
    into += count;
    size -= static_cast<std::size_t>(count);
  }
}

std::string Framed(const std::string& body) {
  const auto size = static_cast<std::uint32_t>(body.size());
  std::string frame(sizeof(size), '\0');
  std::memcpy(frame.data(), &size, sizeof(size));
  return frame + body;
}

std::string Reply(const Host& host) {
  std::uint32_t size = 0;
  Read(host, reinterpret_cast<char*>(&size), sizeof(size));
  std::string body(size, '\0');
  Read(host, body.data(), size);
  return body;
}

// The number or string behind `"key":`.
std::string Member(const std::string& json, const std::string& key) {
  const std::size_t at = json.find("\"" + key + "\":");
  if (at == std::string::npos) {
    Fail("no " + key + " in " + json.substr(0, 200));
  }
  std::size_t begin = at + key.size() + 3;
  begin += json[begin] == '"' ? 1 : 0;
  return json.substr(begin, json.find_first_of("\",}", begin) - begin);
}

// One request with all that belongs to its answer.
std::size_t Ask(const Host& host, const std::string& frame, const std::string& want) {
  Write(host, frame);
  const std::string reply = Reply(host);
  if (reply.find("\"result\":{\"deferred\":") == std::string::npos) {
    if (reply.find(want) == std::string::npos) {
      Fail("the reply is not the expected one: " + reply.substr(0, 400));
    }
    return reply.size();
  }
  const std::string token = Member(reply, "token");
  const std::size_t size = std::stoul(Member(reply, "size_bytes"));
  constexpr std::size_t kChunk = 524288;  // wire/PROTOCOL.md
  for (std::size_t offset = 0; offset < size; offset += kChunk) {
    Write(host, Framed(R"({"jsonrpc":"2.0","id":2,"method":"part.get","params":{"token":")" + token + R"(","offset":)" +
                       std::to_string(offset) + "}}"));
    if (Reply(host).find("\"data\":\"") == std::string::npos) {
      Fail("a deferred result could not be pulled");
    }
  }
  return size;
}

// What all threads of the process have run so far; finer than the ticks of getrusage().
std::int64_t CpuNanoseconds(pid_t pid) {
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  std::int64_t sum = 0;
  DIR* directory = opendir(tasks.c_str());
  while (const dirent* entry = directory == nullptr ? nullptr : readdir(directory)) {
    if (entry->d_name[0] != '.') {
      std::ifstream file(tasks + "/" + entry->d_name + "/schedstat");
      std::int64_t ran = 0;
      file >> ran;
      sum += ran;
    }
  }
  if (directory != nullptr) {
    closedir(directory);
  }
  return sum;
}

long Kilobytes(pid_t pid, std::string_view field) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.substr(0, field.size()) == field) {
      return std::stol(line.substr(line.find_first_of("0123456789")));
    }
  }
  return 0;
}

std::int64_t Percentile(const std::vector<std::int64_t>& sorted, double share) {
  if (sorted.empty()) {
    return 0;
  }
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    Fail("usage: bench_pipe_driver HELLO REQUEST COUNT WANT COMMAND…");
  }
  const std::string hello = Framed(ReadFile(argv[1]));
  const std::string request = Framed(ReadFile(argv[2]));
  const int count = std::atoi(argv[3]);
  const std::string want = argv[4];

  const Clock::time_point start = Clock::now();
  const Host host = Start(argv + 5);
  Write(host, hello);
  const std::string welcome = Reply(host);
  const std::int64_t start_ns = NanosecondsSince(start);
  const std::int64_t start_cpu_ns = CpuNanoseconds(host.pid);
  if (welcome.find("\"error\":") != std::string::npos) {
    Fail("hello was refused: " + welcome.substr(0, 400));
  }
  std::this_thread::sleep_for(kSettle);
  const long idle_kb = Kilobytes(host.pid, "VmRSS");
  const long idle_own_kb = Kilobytes(host.pid, "RssAnon");
  const std::int64_t settled_cpu_ns = CpuNanoseconds(host.pid);

  std::vector<std::int64_t> times;
  std::size_t reply_bytes = 0;
  const Clock::time_point series = Clock::now();
  for (int i = 0; i < count; ++i) {
    const Clock::time_point one = Clock::now();
    reply_bytes = Ask(host, request, want);
    times.push_back(NanosecondsSince(one));
  }
  const std::int64_t series_ns = NanosecondsSince(series);
  const std::int64_t series_cpu_ns = CpuNanoseconds(host.pid) - settled_cpu_ns;
  const long peak_kb = Kilobytes(host.pid, "VmHWM");
  const std::int64_t first_ns = times.empty() ? 0 : times.front();
  std::sort(times.begin(), times.end());

  close(host.to);
  int status = 0;
  rusage usage{};
  if (wait4(host.pid, &status, 0, &usage) != host.pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    Fail("the host did not end well");
  }
  const auto microseconds = [](const timeval& time) { return time.tv_sec * 1000000LL + time.tv_usec; };
  std::printf(
      "{\"start_ns\":%lld,\"start_cpu_ns\":%lld,\"warm_cpu_ns\":%lld,\"idle_kb\":%ld,\"idle_own_kb\":%ld,\"first_ns\":%"
      "lld,\"median_ns\":%"
      "lld,"
      "\"p99_ns\":%lld,\"series_ns\":%lld,\"series_cpu_ns\":%lld,\"peak_kb\":%ld,\"whole_cpu_us\":%lld,"
      "\"reply_bytes\":%zu}\n",
      static_cast<long long>(start_ns), static_cast<long long>(start_cpu_ns),
      static_cast<long long>(settled_cpu_ns - start_cpu_ns), idle_kb, idle_own_kb, static_cast<long long>(first_ns),
      static_cast<long long>(Percentile(times, 0.5)), static_cast<long long>(Percentile(times, 0.99)),
      static_cast<long long>(series_ns), static_cast<long long>(series_cpu_ns), peak_kb,
      static_cast<long long>(microseconds(usage.ru_utime) + microseconds(usage.ru_stime)), reply_bytes);
  return 0;
}
