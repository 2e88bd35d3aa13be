// SPDX-License-Identifier: MPL-2.0
#include "wire/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace lastlook {

int TakeStandardOutput() {
  std::signal(SIGPIPE, SIG_IGN);
  // Not dup(): started without a standard error, it would hand out descriptor 2, and the log would become frames.
  const int frames = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (fcntl(STDERR_FILENO, F_GETFD) == -1) {
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0 && nowhere != STDERR_FILENO) {
      dup2(nowhere, STDERR_FILENO);
      close(nowhere);
    }
  }
  dup2(STDERR_FILENO, STDOUT_FILENO);
  return frames;
}

}  // namespace lastlook
