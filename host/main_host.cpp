// SPDX-License-Identifier: MPL-2.0
// lastlook-host: what mail programs start to ask whether a mail may leave (wire/PROTOCOL.md). Composition only.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/log.h"
#include "store/place.h"
#include "wire/caller.h"
#include "wire/serve.h"
#include "wire/standard_streams.h"

namespace {

// sysexits.h
constexpr int kWrongUse = 64;
constexpr int kCallerRefused = 77;

constexpr std::string_view kForPeople =
    "lastlook-host " LASTLOOK_VERSION
    ": the part of Lastlook that mail programs start by themselves (native messaging).\n"
    "It talks with them in frames on its standard input and output, not with people.\n"
    "To check a mail by hand, use: lastlook check MAIL\n";

void Print(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count <= 0) {
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int frames_out = lastlook::TakeStandardOutput();
  lastlook::StartLog(lastlook::LogLevel::kInfo);
  const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);

  if (!arguments.empty() && arguments[0] == "--version") {
    Print(frames_out, "lastlook-host " LASTLOOK_VERSION "\n");
    return 0;
  }
  const lastlook::Result<std::string> caller = lastlook::IdentifyCaller(arguments);
  if (!caller.ok()) {
    lastlook::Log(lastlook::LogLevel::kError, lastlook::DescribeError(caller.error()));
    return arguments[0].substr(0, 1) == "-" ? kWrongUse : kCallerRefused;
  }
  if (isatty(STDIN_FILENO) == 1 || frames_out < 0) {
    Print(STDERR_FILENO, kForPeople);
    return kWrongUse;
  }

  lastlook::KeepLockedMemorySmall();
  lastlook::PolicyInForce policy({LASTLOOK_POLICY_DIRECTORY, LASTLOOK_BUNDLE_DIRECTORY, LASTLOOK_OVERRIDE_FILE,
                                  lastlook::UserPolicyFile(std::getenv("HOME")), lastlook::FileTrust::kRootOwnedOnly},
                                 &lastlook::SystemNow);
  lastlook::Records records(lastlook::PlaceOfThisPerson(), &lastlook::SystemNow);
  lastlook::Session session(policy, &lastlook::SystemNow, *caller, &records, &lastlook::MomentNow,
                            &lastlook::InspectingPartReader);
  lastlook::Serve(STDIN_FILENO, frames_out, session);
}
