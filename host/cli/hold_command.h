// SPDX-License-Identifier: MPL-2.0
// lastlook hold list|cancel: mails that wait to be sent.
#pragma once

#include <string>

#include "cli/check.h"
#include "cli/streams.h"

namespace lastlook {

struct HoldOptions {
  std::string id;  // cancel; its beginning is enough
  std::string language = "en";
  OutputFormat format = OutputFormat::kText;
};

int RunHoldList(const HoldOptions& options, const Streams& streams);
// The mail program notices and does not send it; the draft stays where it is. Returns kExitFindings when no such mail
// is held.
int RunHoldCancel(const HoldOptions& options, const Streams& streams);

}  // namespace lastlook
