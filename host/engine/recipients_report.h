// SPDX-License-Identifier: MPL-2.0
// What a verdict says of each recipient. Private to engine/.
#pragma once

#include <vector>

#include "conditions/mail_view.h"
#include "engine/verdict.h"
#include "policy/organisations.h"

namespace lastlook {

// In the draft's order. `organisations` is of the mail's policy.
std::vector<VerdictRecipient> ReportRecipients(const MailView& mail, const OrganisationNames& organisations);

}  // namespace lastlook
