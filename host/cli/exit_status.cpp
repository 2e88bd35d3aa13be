// SPDX-License-Identifier: MPL-2.0
#include "cli/exit_status.h"

namespace lastlook {

ExitStatus ExitStatusOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kWrongUse:
      return kExitWrongUse;
    case ErrorCode::kPolicyRefused:
      return kExitPolicyRefused;
    case ErrorCode::kStoreUnavailable:
    case ErrorCode::kNotRecorded:
      return kExitStore;
    case ErrorCode::kSilencingForbidden:
    case ErrorCode::kHoldMayNotBeCancelled:
      return kExitForbidden;
    case ErrorCode::kUnreadableInput:
    case ErrorCode::kParseError:
    case ErrorCode::kDraftInvalid:
    case ErrorCode::kContextInvalid:
      return kExitUnreadable;
    default:
      return kExitOurFault;
  }
}

}  // namespace lastlook
