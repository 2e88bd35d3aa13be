// SPDX-License-Identifier: MPL-2.0
// Facts of attachments as context JSON gives them, for tests of policies: "parts": { "名簿.xlsx": { "kind": "xlsx",
// "texts": [ … ], "hidden": [ … ], "entries": [ … ] } }, by the attachment's name.
#pragma once

#include <memory>

#include "base/json.h"
#include "base/result.h"
#include "conditions/context.h"

namespace lastlook {

// Errors: kContextInvalid, with its pointer.
Result<std::shared_ptr<const PartInspection>> PartsFromJson(const Json& json);

}  // namespace lastlook
