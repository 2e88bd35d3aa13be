// SPDX-License-Identifier: MPL-2.0
#include "base/moment.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>

namespace lastlook {

Moment MomentNow() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  Moment now;
  now.unix_ms = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
#ifdef CLOCK_BOOTTIME
  timespec since_boot{};
  std::string boot;
  // random(4): a new one at each start of the system.
  if (clock_gettime(CLOCK_BOOTTIME, &since_boot) == 0 &&
      std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), boot)) {
    now.boot = boot;
    now.boot_ms = std::int64_t{since_boot.tv_sec} * 1000 + since_boot.tv_nsec / 1'000'000;
  }
#endif
  return now;
}

std::int64_t RemainingMs(const Moment& start, std::int64_t length_ms, const Moment& now) {
  if (!start.boot.empty() && start.boot == now.boot) {
    return length_ms - (now.boot_ms - start.boot_ms);
  }
  return std::min(length_ms, start.unix_ms + length_ms - now.unix_ms);
}

}  // namespace lastlook
