// SPDX-License-Identifier: MPL-2.0
// lastlook-key get ID | put ID | remove ID: one secret of this person's in the Secret Service, by libsecret.
#pragma once

#include <string>
#include <vector>

namespace lastlook {

// `get` writes 64 hexadecimal digits to standard output, `put` reads them from standard input. Shows no window: where
// the key store is locked it says so. Gives up after some seconds. Returns the exit status: 0 done, 1 there is no such
// key, 2 locked, 3 no service, 64 wrong use.
int RunKeyProgram(const std::vector<std::string>& arguments);

}  // namespace lastlook
