// SPDX-License-Identifier: MPL-2.0
// What the parts of a mail are to its reader: body, attachment, or picture inside the body. Private to this folder.
#pragma once

#include <gmime/gmime.h>

#include "mail/draft.h"

namespace lastlook {

// Fills body and attachments of `draft`.
void ReadParts(GMimeObject* root, Draft* draft);

}  // namespace lastlook
