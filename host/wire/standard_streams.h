// SPDX-License-Identifier: MPL-2.0
#pragma once

namespace lastlook {

// Keeps standard output for frames alone: returns a private descriptor for it and points descriptor 1 at standard
// error, so that whatever a library prints cannot be read as the length of a frame. Ignores SIGPIPE, so that a client
// that went away is an error of write(). Call before anything else. −1 if there is no standard output.
int TakeStandardOutput();

}  // namespace lastlook
