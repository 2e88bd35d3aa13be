// SPDX-License-Identifier: MPL-2.0
// Mails and contexts as the command line is given them.
#pragma once

#include <istream>
#include <string>

#include "base/result.h"
#include "conditions/context.h"
#include "mail/draft.h"

namespace lastlook {

// A mail file (RFC 5322) or draft JSON: by the ending .eml or .json, else by the first character. Attachments with a
// `path` are read, relative to the draft's file (for standard input: to the working directory). Errors:
// kUnreadableInput, kParseError, kDraftInvalid, all with the file and where possible line and column.
Result<Draft> ReadMail(const std::string& path, std::istream& standard_input);

// Context JSON. Errors: kUnreadableInput, kParseError, kContextInvalid, placed as above.
Result<Context> ReadContext(const std::string& path, std::istream& standard_input);

// As ReadContext, or an empty one where `path` is empty; `now` is the clock's where it is not given, as in the host:
// the mail would leave now.
Result<Context> ReadContextOrNow(const std::string& path, std::istream& standard_input);

}  // namespace lastlook
