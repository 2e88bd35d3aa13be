// SPDX-License-Identifier: MPL-2.0
#include "base/error.h"

namespace lastlook {

const char* ErrorName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kParseError:
      return "parse_error";
    case ErrorCode::kInvalidRequest:
      return "invalid_request";
    case ErrorCode::kUnknownMethod:
      return "unknown_method";
    case ErrorCode::kInvalidParams:
      return "invalid_params";
    case ErrorCode::kInternalError:
      return "internal_error";
    case ErrorCode::kFrameTooLarge:
      return "frame_too_large";
    case ErrorCode::kProtocolMismatch:
      return "protocol_mismatch";
    case ErrorCode::kHelloFirst:
      return "hello_first";
    case ErrorCode::kDraftInvalid:
      return "draft_invalid";
    case ErrorCode::kContextInvalid:
      return "context_invalid";
    case ErrorCode::kStaleDigest:
      return "stale_digest";
    case ErrorCode::kStalePolicy:
      return "stale_policy";
    case ErrorCode::kUnknownFix:
      return "unknown_fix";
    case ErrorCode::kBlocked:
      return "blocked";
    case ErrorCode::kCannotCarryOut:
      return "cannot_carry_out";
    case ErrorCode::kNotCovered:
      return "not_covered";
    case ErrorCode::kUnknownToken:
      return "unknown_token";
    case ErrorCode::kPartOutOfOrder:
      return "part_out_of_order";
    case ErrorCode::kPartTooLarge:
      return "part_too_large";
    case ErrorCode::kPartDiffers:
      return "part_differs";
    case ErrorCode::kUnknownPart:
      return "unknown_part";
    case ErrorCode::kPartsPending:
      return "parts_pending";
    case ErrorCode::kNotRecorded:
      return "not_recorded";
    case ErrorCode::kSilencingForbidden:
      return "silencing_forbidden";
    case ErrorCode::kUnknownHold:
      return "unknown_hold";
    case ErrorCode::kHoldBusy:
      return "hold_busy";
    case ErrorCode::kHoldNotDue:
      return "hold_not_due";
    case ErrorCode::kHoldMayNotBeCancelled:
      return "hold_may_not_be_cancelled";
    case ErrorCode::kPolicyRefused:
      return "policy_refused";
    case ErrorCode::kUnreadableInput:
      return "unreadable_input";
    case ErrorCode::kWrongUse:
      return "wrong_use";
    case ErrorCode::kStoreUnavailable:
      return "store_unavailable";
  }
  return "internal_error";
}

std::string DescribeError(const Error& error) {
  std::string out;
  if (!error.place.file.empty()) {
    out += error.place.file + ":";
  }
  if (error.place.line > 0) {
    out += std::to_string(error.place.line) + ":" + std::to_string(error.place.column) + ":";
  }
  if (!out.empty()) {
    out += " ";
  }
  out += error.message;
  if (!error.remedy.empty()) {
    out += " (" + error.remedy + ")";
  }
  return out;
}

}  // namespace lastlook
