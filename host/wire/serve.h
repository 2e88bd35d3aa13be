// SPDX-License-Identifier: MPL-2.0
#pragma once

#include "wire/session.h"

namespace lastlook {

// Answers frames from `in` on `out` until the client closes the port or reads no more. Then the process ends at once,
// from whichever thread sees it first and whatever the other is doing: a host that lingers is one of the plagues of
// native messaging.
[[noreturn]] void Serve(int in, int out, Session& session);

}  // namespace lastlook
