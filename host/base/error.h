// SPDX-License-Identifier: MPL-2.0
// What went wrong, as data: one error style for the whole host.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lastlook {

// Values leave the process (wire/PROTOCOL.md, exit statuses): append only, never change or reuse one.
enum class ErrorCode : int {
  kParseError = -32700,      // JSON-RPC 2.0 section 5.1
  kInvalidRequest = -32600,  // JSON-RPC 2.0 section 5.1
  kUnknownMethod = -32601,   // JSON-RPC 2.0 section 5.1
  kInvalidParams = -32602,   // JSON-RPC 2.0 section 5.1
  kInternalError = -32603,   // JSON-RPC 2.0 section 5.1
  kFrameTooLarge = 1001,
  kProtocolMismatch = 1010,
  kHelloFirst = 1011,
  kDraftInvalid = 1101,
  kContextInvalid = 1102,
  kStaleDigest = 1201,
  kStalePolicy = 1202,
  kUnknownFix = 1203,
  kBlocked = 1204,
  kCannotCarryOut = 1205,
  kNotCovered = 1206,
  kUnknownToken = 1301,
  kPartOutOfOrder = 1302,
  kPartTooLarge = 1303,
  kPartDiffers = 1304,
  kUnknownPart = 1305,
  kPartsPending = 1306,
  kNotRecorded = 1401,
  kSilencingForbidden = 1402,
  kUnknownHold = 1501,
  kHoldBusy = 1502,
  kHoldNotDue = 1503,
  kHoldMayNotBeCancelled = 1504,
  // From 2000: never on the wire as an answer; the command line maps them to exit statuses.
  kPolicyRefused = 2001,
  kUnreadableInput = 2002,
  kWrongUse = 2003,
  kStoreUnavailable = 2004,
};

// The name of `code` as in wire/PROTOCOL.md, for example "stale_digest".
const char* ErrorName(ErrorCode code);

// A place in a file that a person wrote. Lines and columns count from 1, columns in characters; 0 = not known.
struct SourcePlace {
  std::string file;
  int line = 0;
  int column = 0;
};

struct Error {
  ErrorCode code = ErrorCode::kInternalError;
  std::string message;  // what was wrong, one sentence, English
  std::string remedy;   // what to do about it, one sentence, English
  std::string pointer;  // RFC 6901 JSON pointer to the wrong value, relative to what was being read
  SourcePlace place = {};
  std::vector<std::string> missing = {};  // with kNotCovered: what the person still owes

  // The same error seen from one level further out: `prefix` goes before the pointer.
  [[nodiscard]] Error Under(const std::string& prefix) && {
    pointer.insert(0, prefix);
    return std::move(*this);
  }
};

// "file:line:column: message (remedy)", as far as known.
std::string DescribeError(const Error& error);

}  // namespace lastlook
