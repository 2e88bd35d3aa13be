// SPDX-License-Identifier: MPL-2.0
// What a verdict says of each recipient. Private to engine/.
#pragma once

#include <vector>

#include "conditions/mail_view.h"
#include "engine/verdict.h"

namespace lastlook {

// Side, organisation and known; `rules` is left empty. In the draft's order.
std::vector<VerdictRecipient> ReportRecipients(const MailView& mail);

}  // namespace lastlook
