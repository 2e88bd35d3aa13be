// SPDX-License-Identifier: MPL-2.0
// What a process gives up before it touches a stranger's file. Linux: a system call that is not asked for here ends the
// process at once (seccomp); other systems get the limits of resources alone until they have their own.
#pragma once

namespace lastlook::content {

// For lastlook-inspect: from here on it can compute, and read and write what is open. No file, no network, no program,
// no second process. False when the system refuses; then no file may be read.
bool EnterReadersSandbox();

// For the program that turns PDF into text, which is about to be started in this process and opens its own libraries
// and tables of characters: no network, no writing, no second process, less memory and time. False when refused.
bool EnterConvertersSandbox();

}  // namespace lastlook::content
