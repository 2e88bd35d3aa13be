// SPDX-License-Identifier: MPL-2.0
// Context JSON (design section 7).
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "conditions/context.h"

namespace lastlook {

// {now, identities[], history[], contacts[], lists[], seat, …}. Unknown members are ignored; a wrong type is refused
// with code kContextInvalid and its pointer.
Result<Context> ContextFromJson(const Json& json);

}  // namespace lastlook
