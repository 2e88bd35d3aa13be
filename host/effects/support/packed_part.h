// SPDX-License-Identifier: MPL-2.0
// An attachment that is planned and not made yet: the encrypted ZIP of others. Whoever lets the mail leave makes it.
#pragma once

#include <string>

#include "mail/part.h"

namespace lastlook {

// A place for it in the plan, without bytes of its own.
Part ToBePacked(std::string name);

// Whether `part` is such a place. Nothing that a client says can make one.
bool IsToBePacked(const Part& part);

}  // namespace lastlook
