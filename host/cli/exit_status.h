// SPDX-License-Identifier: MPL-2.0
// Exit statuses that scripts rely on: append only, never change or reuse one.
#pragma once

#include "base/error.h"

namespace lastlook {

// What a mail gets (0, 10, 20, 30) is the value of its Disposition; the rest follows sysexits.h where it has a word.
enum ExitStatus : int {
  kExitOk = 0,
  kExitFindings = 1,        // policy lint, policy test, policy diff, decisions verify, doctor …
  kExitWrongUse = 64,       // EX_USAGE
  kExitUnreadable = 65,     // EX_DATAERR
  kExitOurFault = 70,       // EX_SOFTWARE
  kExitStore = 74,          // EX_IOERR: the store cannot be used
  kExitForbidden = 77,      // EX_NOPERM: the policy in force does not allow it
  kExitPolicyRefused = 78,  // EX_CONFIG
};

ExitStatus ExitStatusOf(ErrorCode code);

}  // namespace lastlook
